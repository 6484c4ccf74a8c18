import { clockTime, dateParts, daysBetween, deviceZone, type Instant } from '@/lib/format'

/** "19:00–20:30"; with the day of the end when that is another one. */
export function hours(from: Instant, to: Instant, zone: string): string {
  const end = clockTime(to, zone)
  const isNextDay = daysBetween(from, to, zone) !== 0
  return `${clockTime(from, zone)}–${isNextDay ? `${dateParts(to, zone).weekday} ${end}` : end}`
}

export interface When {
  /** "Thursday 26 November" at the venue. */
  day: string
  hours: string
  zone: string
  /** The same on the member's own clock, when that shows something else. */
  mine: { day: string | undefined; hours: string; zone: string } | undefined
}

/** When it happens, at the venue and on the member's clock. */
export function whenIs(from: Instant, to: Instant, zone: string, own = deviceZone()): When {
  const day = (in_: string) => dateParts(from, in_).full
  const there = { day: day(zone), hours: hours(from, to, zone), zone }
  const here = { day: day(own), hours: hours(from, to, own), zone: own }
  const isSame = there.day === here.day && there.hours === here.hours
  return {
    ...there,
    mine: isSame ? undefined : { ...here, day: here.day === there.day ? undefined : here.day },
  }
}

/** "Europe/New_York" → "New York". */
export const zoneName = (zone: string) => zone.split('/').pop()?.replaceAll('_', ' ') ?? zone

/** "November 2026". */
export const monthOf = (at: Instant, zone: string) =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: zone }).format(new Date(at))
