/** Days of the calendar as keys, "2026-11-22", without a clock or a zone: what a form asks for and sends. */
export type DayKey = string

const DAY = 86_400_000
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const ms = (key: DayKey) => Date.parse(`${key}T00:00:00Z`)
const keyOf = (at: number): DayKey => new Date(at).toISOString().slice(0, 10)

export const isDay = (key: string): key is DayKey => /^\d{4}-\d\d-\d\d$/.test(key) && !Number.isNaN(ms(key))

/** Today where the device is. */
export function todayAt(now: number): DayKey {
  return new Intl.DateTimeFormat('en-CA').format(now)
}

export const moved = (key: DayKey, days: number): DayKey => keyOf(ms(key) + days * DAY)

/** The same day some months on; the last one where that month is shorter. */
export function movedMonths(key: DayKey, months: number): DayKey {
  const at = new Date(ms(key))
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth() + months]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return keyOf(Date.UTC(year, month, Math.min(at.getUTCDate(), last)))
}

/** Monday is 0. */
export const weekdayOf = (key: DayKey): number => (new Date(ms(key)).getUTCDay() + 6) % 7

/** The whole weeks, Monday first, in which a month lies. */
export function weeksOf(key: DayKey): DayKey[][] {
  const first = `${key.slice(0, 8)}01`
  const next = movedMonths(first, 1)
  const weeks: DayKey[][] = []
  for (let monday = moved(first, -weekdayOf(first)); monday < next; monday = moved(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, place) => moved(monday, place)))
  return weeks
}

/** "Sun 22 Nov 2026", as the rest of the app writes a day. */
export function dayWords(key: DayKey, options: Intl.DateTimeFormatOptions = SHORT): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(ms(key)).replace(',', '')
}

const SHORT = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
export const LONG = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const

/** A day as somebody writes it: "22 Nov", "22.11.2026", "Sunday 22 November", "2026-11-22". Without a year the next one
 *  from `today` on is meant. Undefined where it is none. */
export function readDay(text: string, today: DayKey): DayKey | undefined {
  const words = text.trim().toLowerCase()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words)
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const parts =
    /^(?:[a-z]+,? +)?(\d{1,2})(?:st|nd|rd|th)?[ ./-]+(\d{1,2}|[a-z]+)[ ./,-]*(\d{4}|\d{2})?\.?$/.exec(words)
  if (!parts) return undefined
  const [, day, named = '', year] = parts
  const month = /^\d/.test(named) ? Number(named) : MONTHS.indexOf(named.slice(0, 3)) + 1
  if (year) return real(Number(year) + (year.length === 2 ? 2000 : 0), month, Number(day))
  const soon = real(Number(today.slice(0, 4)), month, Number(day))
  return soon && soon < today ? real(Number(today.slice(0, 4)) + 1, month, Number(day)) : soon
}

function real(year: number, month: number, day: number): DayKey | undefined {
  const two = (n: number) => String(n).padStart(2, '0')
  const key = `${year}-${two(month)}-${two(day)}`
  return isDay(key) && keyOf(ms(key)) === key ? key : undefined
}

/** A time as somebody writes it, as "19:00": "19", "1900", "19.30", "7 pm". Undefined where it is none. */
export function readTime(text: string): string | undefined {
  const parts = /^(\d{1,2})(?:[:.h ]?(\d\d))?\s*(am|pm)?$/.exec(text.trim().toLowerCase())
  if (!parts) return undefined
  const [, written, minutes = '00', half] = parts
  const hour = half ? (Number(written) % 12) + (half === 'pm' ? 12 : 0) : Number(written)
  const isTime =
    hour < 24 && Number(minutes) < 60 && !(half && (Number(written) > 12 || Number(written) === 0))
  return isTime ? `${String(hour).padStart(2, '0')}:${minutes}` : undefined
}

/** A time some minutes on, over midnight if need be. */
export function movedTime(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const at = (((hour * 60 + minute + minutes) % 1440) + 1440) % 1440
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
}
