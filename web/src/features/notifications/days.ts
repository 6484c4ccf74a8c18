import { daysBetween } from '@/lib/format'

import type { Notification } from './queries'

export type Day = 'today' | 'yesterday' | 'week' | 'earlier'

function dayOf(at: string, now: number, zone?: string): Day {
  const ago = daysBetween(at, now, zone)
  if (ago <= 0) return 'today'
  if (ago === 1) return 'yesterday'
  return ago < 7 ? 'week' : 'earlier'
}

/** Neighbours of the same stretch of time together; they come newest first and stay so. */
export function byStretch(list: readonly Notification[], now: number, zone?: string) {
  const stretches: { day: Day; list: Notification[] }[] = []
  for (const each of list) {
    const day = dayOf(each.at, now, zone)
    const last = stretches.at(-1)
    if (last?.day === day) last.list.push(each)
    else stretches.push({ day, list: [each] })
  }
  return stretches
}

const ABOUT_EVENTS: ReadonlySet<Notification['kind']> = new Set([
  'event_scheduled',
  'event_changed',
  'event_cancelled',
  'event_reminder',
  'seat',
])

const FRESH_MS = 7 * 86_400_000

/** Whether the event itself stands under it, to be answered on the spot: not for a news of weeks ago. */
export function showsEvent({ kind, at, read }: Notification, now: number): boolean {
  return ABOUT_EVENTS.has(kind) && (!read || now - Date.parse(at) < FRESH_MS)
}
