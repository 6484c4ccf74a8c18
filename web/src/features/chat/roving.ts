import { useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react'
import type { VListHandle } from 'virtua'

import { isWriting } from '@/lib/hooks/hotkeys'

import type { RowView } from './rows'

const isStop = ({ kind }: RowView) => kind === 'message'

/** One message is reached by Tab, the others from it by arrow keys, Home and End. `place`: where it is, to be kept drawn. */
export function useRoving(list: RefObject<VListHandle | null>, rows: readonly RowView[]) {
  const [chosen, setChosen] = useState<string>()
  const known = rows.findIndex(({ key }) => key === chosen)
  const place = known >= 0 ? known : rows.findLastIndex(isStop)
  const reached = rows[place]?.key

  const go = (frame: HTMLElement, to: number) => {
    const row = rows[to]
    if (!row) return
    setChosen(row.key)
    list.current?.scrollToIndex(to, { align: 'nearest' })
    focusSoon(frame, row.key)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement
    if (isWriting(target) || target.closest('[role=menu],[role=dialog]')) return
    const next = stepOf(event.key, rows, place)
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    go(event.currentTarget, next)
  }
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const key = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset.row
    if (key) setChosen(key)
  }
  return { reached, place, choose: setChosen, wiring: { onKeyDown, onFocus } }
}

function stepOf(key: string, rows: readonly RowView[], place: number): number | undefined {
  const found = (at: number) => (at >= 0 ? at : undefined)
  if (key === 'ArrowUp' || key === 'k') return found(rows.slice(0, place).findLastIndex(isStop))
  if (key === 'ArrowDown' || key === 'j') {
    const next = rows.findIndex((row, at) => at > place && isStop(row))
    return found(next)
  }
  if (key === 'Home') return found(rows.findIndex(isStop))
  return key === 'End' ? found(rows.findLastIndex(isStop)) : undefined
}

/** A row that was far away is drawn a moment after it was scrolled to, and takes no focus before it was measured. */
function focusSoon(frame: HTMLElement, key: string, tries = 20) {
  const row = frame.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)
  row?.focus({ preventScroll: true })
  if (document.activeElement !== row && tries > 0)
    requestAnimationFrame(() => focusSoon(frame, key, tries - 1))
}
