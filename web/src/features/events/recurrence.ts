/** Rules as a form knows them, and RFC 5545 RRULEs as the hub does. Days are wall dates, "2026-11-24". */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof WEEKDAYS)[number]
export type Every = 'never' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY' | 'own'

export interface Repeat {
  every: Every
  interval: number
  /** Weekly: on these days. */
  days: readonly Weekday[]
  /** Monthly: "the 17th", "the 3rd Tuesday" or "the last Tuesday", all read from the first date. */
  monthly: 'day' | 'nth' | 'last'
  ends: 'never' | 'on' | 'after'
  until: string
  count: number
  /** A rule that the form has no fields for, as it is written. */
  own: string
}

export const ONCE: Repeat = {
  every: 'never',
  interval: 1,
  days: [],
  monthly: 'day',
  ends: 'never',
  until: '',
  count: 10,
  own: '',
}

const utc = (day: string) => new Date(`${day}T00:00:00Z`)

/** The weekday of a wall date. */
export function weekdayOf(day: string): Weekday {
  return WEEKDAYS[(utc(day).getUTCDay() + 6) % 7] ?? 'MO'
}

/** Which of its kind a date is in its month: 3 for the third Tuesday. */
export const nthOf = (day: string) => Math.ceil(utc(day).getUTCDate() / 7)

/** Whether no other of its weekday follows in the month. */
export const isLastOf = (day: string) =>
  utc(day).getUTCDate() + 7 >
  new Date(Date.UTC(utc(day).getUTCFullYear(), utc(day).getUTCMonth() + 1, 0)).getUTCDate()

/** The RRULE of what was chosen, for a first date. Null: it happens once. */
export function toRule(repeat: Repeat, first: string): string | null {
  if (repeat.every === 'never') return null
  if (repeat.every === 'own') return repeat.own.trim() || null
  const parts = [`FREQ=${repeat.every}`]
  if (repeat.interval > 1) parts.push(`INTERVAL=${repeat.interval}`)
  if (repeat.every === 'WEEKLY') {
    const days = repeat.days.length > 0 ? repeat.days : [weekdayOf(first)]
    parts.push(`BYDAY=${WEEKDAYS.filter((day) => days.includes(day)).join(',')}`)
  }
  if (repeat.every === 'MONTHLY') parts.push(monthly(repeat.monthly, first))
  if (repeat.ends === 'after') parts.push(`COUNT=${repeat.count}`)
  if (repeat.ends === 'on' && repeat.until) parts.push(`UNTIL=${repeat.until.replaceAll('-', '')}T235959`)
  return parts.join(';')
}

function monthly(kind: Repeat['monthly'], first: string): string {
  if (kind === 'day') return `BYMONTHDAY=${utc(first).getUTCDate()}`
  return `BYDAY=${kind === 'last' ? -1 : nthOf(first)}${weekdayOf(first)}`
}

const FORM_PARTS = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL', 'WKST'])

/** The fields of a form for a stored rule; what it has no fields for is kept as it is written. */
export function fromRule(rule: string | null, first: string): Repeat {
  if (!rule) return { ...ONCE, days: [weekdayOf(first)] }
  const given = new Map(rule.split(';').map((part) => part.split('=', 2) as [string, string]))
  const every = given.get('FREQ') as Every
  const until = /^(\d{4})(\d{2})(\d{2})/.exec(given.get('UNTIL') ?? '')
  const repeat: Repeat = {
    every,
    interval: Number(given.get('INTERVAL') ?? 1),
    days: every === 'WEEKLY' ? ((given.get('BYDAY')?.split(',') ?? [weekdayOf(first)]) as Weekday[]) : [],
    monthly: monthlyKind(given.get('BYDAY')),
    ends: given.has('COUNT') ? 'after' : until ? 'on' : 'never',
    until: until ? until.slice(1).join('-') : '',
    count: Number(given.get('COUNT') ?? ONCE.count),
    own: rule,
  }
  const isKnown = [...given.keys()].every((name) => FORM_PARTS.has(name)) && says(repeat, first, given)
  return isKnown ? repeat : { ...repeat, every: 'own' }
}

function monthlyKind(days: string | undefined): Repeat['monthly'] {
  if (!days) return 'day'
  return days.startsWith('-') ? 'last' : 'nth'
}

/** Whether the form would write the same days again. */
function says(repeat: Repeat, first: string, given: ReadonlyMap<string, string>): boolean {
  const written = new Map(
    (toRule(repeat, first) ?? '').split(';').map((part) => part.split('=', 2) as [string, string]),
  )
  return ['BYDAY', 'BYMONTHDAY'].every((name) => !given.has(name) || given.get(name) === written.get(name))
}
