import { createStore } from './store'

/** What a screen reader is told. `count` makes the same words heard twice. */
export const announced = createStore({ words: '', count: 0 })

/** Says words politely, after what is being read. */
export function announce(words: string) {
  announced.set(({ count }) => ({ words, count: count + 1 }))
}

export interface Toast {
  id: number
  words: string
  tone: 'plain' | 'bad'
  action?: { label: string; run: () => void }
}

export const toasts = createStore<readonly Toast[]>([])

const STAYS_MS = 6000
let lastId = 0

export function dismissToast(id: number) {
  toasts.set((before) => before.filter((toast) => toast.id !== id))
}

/** A short note at the edge of the screen; it leaves by itself unless it offers something to do. Answers its id. */
export function toast(words: string, rest: Partial<Pick<Toast, 'tone' | 'action'>> = {}): number {
  const id = ++lastId
  toasts.set((before) => [...before.slice(-2), { id, words, tone: 'plain', ...rest }])
  setTimeout(() => dismissToast(id), rest.action ? STAYS_MS * 2 : STAYS_MS)
  return id
}
