/** Dates, numbers and lists in the member's language and zone. All times come in as ISO 8601 UTC or milliseconds. */
export type Instant = string | number

const ms = (instant: Instant) => (typeof instant === 'number' ? instant : Date.parse(instant))

/** The device's own IANA zone. */
export const deviceZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

const cache = new Map<string, Intl.DateTimeFormat>()

function dates(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  const known = cache.get(key) ?? new Intl.DateTimeFormat(locale, options)
  cache.set(key, known)
  return known
}

export interface DateParts {
  weekday: string
  day: string
  month: string
  /** "Thursday, 26 November 2026", for a title or a screen reader. */
  full: string
}

/** What the date block shows. */
export function dateParts(at: Instant, zone?: string, locale = 'en-GB'): DateParts {
  const part = (options: Intl.DateTimeFormatOptions) =>
    dates(locale, { ...options, timeZone: zone }).format(ms(at))
  return {
    weekday: part({ weekday: 'short' }),
    day: part({ day: 'numeric' }),
    month: part({ month: 'short' }).slice(0, 3),
    full: part({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  }
}

/** "19:00". */
export function clockTime(at: Instant, zone?: string, locale = 'en-GB'): string {
  return dates(locale, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(ms(at))
}

/** "Thu 26 Nov, 19:00". */
export function dayAndTime(at: Instant, zone?: string, locale = 'en-GB'): string {
  const { weekday, day, month } = dateParts(at, zone, locale)
  return `${weekday} ${day} ${month}, ${clockTime(at, zone, locale)}`
}

/** Whole calendar days from `now` to `at` in the zone: 0 today, 1 tomorrow, -1 yesterday. */
export function daysBetween(now: Instant, at: Instant, zone?: string): number {
  const dayNumber = (instant: Instant) => {
    const [year = 0, month = 1, day = 1] = dates('en-CA', { timeZone: zone })
      .format(ms(instant))
      .split('-')
      .map(Number)
    return Date.UTC(year, month - 1, day) / 86_400_000
  }
  return dayNumber(at) - dayNumber(now)
}

/** A day divider: "Today", "Yesterday", "Thursday", "26 Nov", "26 Nov 2024". */
export function dayName(at: Instant, now: Instant, zone?: string, locale = 'en-GB'): string {
  const days = daysBetween(now, at, zone)
  if (Math.abs(days) <= 1) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1)
  }
  if (Math.abs(days) < 7) return dates(locale, { weekday: 'long', timeZone: zone }).format(ms(at))
  const isThisYear = new Date(ms(at)).getUTCFullYear() === new Date(ms(now)).getUTCFullYear()
  const year = isThisYear ? undefined : ('numeric' as const)
  return dates(locale, { day: 'numeric', month: 'short', year, timeZone: zone }).format(ms(at))
}

const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** "just now", "40 min ago", "in 2 hr"; beyond six days the date. */
export function relativeTime(at: Instant, now: Instant, zone?: string, locale = 'en-GB'): string {
  const seconds = Math.round((ms(at) - ms(now)) / 1000)
  if (Math.abs(seconds) > 6 * 86_400) return dayName(at, now, zone, locale)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 0]
  return format.format(size === 0 ? 0 : Math.trunc(seconds / size), unit).replace('.', '')
}

/** What a list of rooms shows beside each: "14:02", "Thu", "26 Nov". */
export function listTime(at: Instant, now: Instant, zone?: string, locale = 'en-GB'): string {
  const days = daysBetween(now, at, zone)
  if (days === 0) return clockTime(at, zone, locale)
  return days > -7 && days < 0 ? dateParts(at, zone, locale).weekday : dayName(at, now, zone, locale)
}

/** Time left: "3 d 4 h", "2 h 14", "14 min", "45 s"; "0 s" when it is over. */
export function countdown(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000))
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`
  if (hours > 0) return minutes > 0 ? `${hours} h ${String(minutes).padStart(2, '0')}` : `${hours} h`
  return minutes > 0 ? `${minutes} min` : `${seconds} s`
}

/** A clip's length: "0:21", "1:04". */
export function clipLength(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** "1.2k"; whole below a thousand. */
export function compact(value: number, locale = 'en-GB'): string {
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)
}

/** "Jonas, Priya, Tom + 11": the first names that fit, then how many more. */
export function someNames(names: readonly string[], total: number, show = 3): string {
  const shown = names.slice(0, show).map((name) => name.split(' ')[0])
  const rest = total - shown.length
  return shown.join(', ') + (rest > 0 ? ` + ${rest}` : '')
}

/** Up to two letters for a crest or an avatar: "Riverside FC" → "RF", "mara" → "MA". */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s\-_.]+/)
    .filter(Boolean)
  const [first = '?', second] = words
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2)
  return letters.join('').toLocaleUpperCase()
}

/** A post's text comes as it was written: its asterisks are for the page, not for one line of a list. */
export const plainWords = (text: string) => text.replace(/[*_`#>]+/g, '')
