import { createStore, useStore } from '@/lib/store'

const KEY = 'reels-sound'

interface Sound {
  /** What she chose, kept for the next time. */
  wanted: boolean
  /** The browser lets no film begin with sound before a first press. */
  blocked: boolean
}

const read = () => {
  try {
    return localStorage.getItem(KEY) === 'on'
  } catch {
    return false
  }
}

export const sound = createStore<Sound>({ wanted: read(), blocked: false })

export function toggleSound() {
  sound.set(({ wanted, blocked }) => ({ wanted: blocked || !wanted, blocked: false }))
  try {
    localStorage.setItem(KEY, sound.get().wanted ? 'on' : 'off')
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export const soundBlocked = () => sound.set((before) => ({ ...before, blocked: true }))

export function useMuted(): boolean {
  const { wanted, blocked } = useStore(sound)
  return !wanted || blocked
}
