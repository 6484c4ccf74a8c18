import { serverClock } from '@/lib/clock'
import { clockTime, dayAndTime } from '@/lib/format'

const TEN_YEARS_MS = 10 * 365 * 86_400_000

/** What has no end is over a lifetime from now on the wire. */
export const isForEver = (until: string) => Date.parse(until) - serverClock.now() > TEN_YEARS_MS

/** "19:00" today, "Thu 26 Nov, 19:00" on another day. */
export function whenOver(until: string): string {
  const today = new Date(serverClock.now()).toISOString().slice(0, 10)
  return until.slice(0, 10) === today ? clockTime(until) : dayAndTime(until)
}
