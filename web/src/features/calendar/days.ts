import type { CalendarEvent, Range } from './queries'

const DAY = 86_400_000

/** Midnight on the device's clock, `days` from now. */
export function midnight(now: number, days = 0): number {
  const at = new Date(now)
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime()
}

/** "2026-11-21" on the device's clock. */
export function dayKey(at: number): string {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The start of a day by its key; of today when the key is none. */
export function dayAt(key: string | undefined, now: number): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(key ?? '') ?? []
  return year ? new Date(Number(year), Number(month) - 1, Number(day)).getTime() : midnight(now)
}

/** `days`: three of them, where a week would not fit. */
export type GridView = 'month' | 'week' | 'days'

const THREE = 3

const monday = (at: number) => midnight(at, -((new Date(at).getDay() + 6) % 7))

/** What a sheet shows: a month and a week in whole weeks from Monday on. */
export function sheetOf(view: GridView, on: number): Range {
  if (view === 'days') return { from: midnight(on), to: midnight(on, THREE) }
  if (view === 'week') return { from: monday(on), to: midnight(monday(on), 7) }
  const date = new Date(on)
  const first = new Date(date.getFullYear(), date.getMonth(), 1).getTime()
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getTime()
  return { from: monday(first), to: midnight(monday(last), 7) }
}

/** The same place in the next or the one before; a month's is its first day. */
export function turned(view: GridView, on: number, step: 1 | -1): number {
  if (view !== 'month') return midnight(on, step * (view === 'days' ? THREE : 7))
  const date = new Date(on)
  return new Date(date.getFullYear(), date.getMonth() + step, 1).getTime()
}

export interface Day {
  key: string
  at: number
  events: CalendarEvent[]
}

/** Events by the day they start on the device's clock; one that began before the range stands on its first day. */
export function byDay(events: readonly CalendarEvent[], from: number): Day[] {
  const days = new Map<string, Day>()
  for (const event of events) {
    const at = midnight(Math.max(Date.parse(event.starts_at), from))
    const key = dayKey(at)
    const day = days.get(key) ?? { key, at, events: [] }
    day.events.push(event)
    days.set(key, day)
  }
  return [...days.values()].sort((one, other) => one.at - other.at)
}

/** Two that I said yes to and that overlap: their ids. */
export function clashes(events: readonly CalendarEvent[]): ReadonlySet<string> {
  const mine = events
    .filter(({ my_answer, status }) => my_answer?.answer === 'yes' && status === 'scheduled')
    .sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at))
  const found = new Set<string>()
  let last: CalendarEvent | undefined
  for (const event of mine) {
    if (last && Date.parse(event.starts_at) < Date.parse(last.ends_at)) found.add(last.id).add(event.id)
    if (!last || Date.parse(event.ends_at) > Date.parse(last.ends_at)) last = event
  }
  return found
}

/** The hours that a week shows: the usual ones, and whatever happens outside of them. */
export function hoursOf(events: readonly CalendarEvent[]): { first: number; last: number } {
  const starts = events.map(({ starts_at }) => new Date(starts_at).getHours())
  const ends = events.map(({ starts_at, ends_at }) => {
    const [from, to] = [new Date(starts_at), new Date(ends_at)]
    return to.getDate() === from.getDate() ? to.getHours() + 1 : 24
  })
  return { first: Math.min(8, ...starts), last: Math.min(24, Math.max(22, ...ends)) }
}

export const AHEAD = 42 * DAY
