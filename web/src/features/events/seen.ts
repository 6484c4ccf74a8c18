import { dayAndTime } from '@/lib/format'

import type { EventPage } from './queries'

type Readable = Pick<EventPage, 'id' | 'version' | 'starts_at' | 'tzid' | 'place' | 'title'>

export type Detail = 'time' | 'place' | 'title'
export type Remembered = { version: number } & Record<Detail, string>

export interface Difference {
  detail: Detail
  before: string
  now: string
}

/** What a member remembers of an event: the words she read, not the data behind them. */
export function remembered(page: Readable): Remembered {
  const time = dayAndTime(page.starts_at, page.tzid)
  return { version: page.version, time, place: page.place, title: page.title }
}

/** What is different from what she last saw here. Nothing on a first visit. */
export function differences(before: Remembered | undefined, page: Readable): Difference[] {
  if (!before || before.version === page.version) return []
  const now = remembered(page)
  return (['title', 'time', 'place'] as const)
    .filter((detail) => before[detail] !== now[detail])
    .map((detail) => ({ detail, before: before[detail], now: now[detail] }))
}

const KEY = 'events-seen'
const KEPT = 100

type Shelf = [id: string, seen: Remembered][]

function shelf(storage: Storage): Shelf {
  try {
    const held: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
    return Array.isArray(held) ? (held as Shelf) : []
  } catch {
    return []
  }
}

export const recall = (id: string, storage: Storage = localStorage) =>
  shelf(storage).find(([key]) => key === id)?.[1]

export function remember(page: Readable, storage: Storage = localStorage) {
  const others = shelf(storage).filter(([key]) => key !== page.id)
  const next: Shelf = [[page.id, remembered(page)], ...others.slice(0, KEPT - 1)]
  try {
    storage.setItem(KEY, JSON.stringify(next))
  } catch {
    // A full storage only means that the next visit shows no differences.
  }
}
