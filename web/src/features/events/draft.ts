import type { Wire } from '@/lib/api'
import { deviceZone } from '@/lib/format'

import type { EventPage, Timing } from './queries'
import { fromRule, ONCE, toRule, weekdayOf, type Repeat } from './recurrence'

/** What the form holds. Dates and times are those on the wall at the venue. */
export interface Draft {
  clubId: string
  title: string
  text: string
  day: string
  time: string
  zone: string
  minutes: number
  repeat: Repeat
  /** Dates of the rule that were taken out, as wall times. */
  left: readonly string[]
  place: string
  /** Empty: as many as come. */
  capacity: string
  guests: boolean
  deadline: number
  visibility: 'club' | 'public'
  reminders: readonly number[]
}

/** An empty form: tomorrow evening, in the device's zone, with a reminder the day before. */
export function blank(clubId: string, now: number, zone = deviceZone()): Draft {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(now + 86_400_000)
  return {
    clubId,
    title: '',
    text: '',
    day,
    time: '19:00',
    zone,
    minutes: 90,
    repeat: { ...ONCE, days: [weekdayOf(day)] },
    left: [],
    place: '',
    capacity: '',
    guests: false,
    deadline: 0,
    visibility: 'club',
    reminders: [1440],
  }
}

/** The form for an event that is there already. */
export function draftOf(page: EventPage): Draft {
  const [day = '', time = ''] = page.starts_local.split('T')
  const minutes = Math.round((Date.parse(page.ends_at) - Date.parse(page.starts_at)) / 60_000)
  return {
    clubId: page.club.id,
    title: page.title,
    text: page.text,
    day,
    time: time.slice(0, 5),
    zone: page.tzid,
    minutes,
    repeat: fromRule(page.series.rrule, day),
    left: page.series.exdates,
    place: page.place,
    capacity: page.capacity === null ? '' : String(page.capacity),
    guests: page.guests_allowed,
    deadline: page.series.rsvp_deadline_minutes,
    visibility: page.visibility,
    reminders: page.series.reminders,
  }
}

export const startsLocal = ({ day, time }: Draft) => `${day}T${time}:00`

export function timingOf(draft: Draft): Timing {
  return {
    starts_local: startsLocal(draft),
    duration_minutes: draft.minutes,
    tzid: draft.zone,
    rrule: toRule(draft.repeat, draft.day),
    exdates: draft.repeat.every === 'never' ? [] : [...draft.left],
  }
}

export const isTimed = ({ day, time, zone }: Draft) =>
  /^\d{4}-\d\d-\d\d$/.test(day) && /^\d\d:\d\d$/.test(time) && zone !== ''

export function wishOf(draft: Draft): Wire<'NewEvent'> {
  return {
    ...timingOf(draft),
    title: draft.title.trim(),
    text: draft.text.trim(),
    place: draft.place.trim(),
    capacity: draft.capacity === '' ? null : Number(draft.capacity),
    guests_allowed: draft.guests,
    rsvp_deadline_minutes: draft.deadline,
    visibility: draft.visibility,
    reminders: [...draft.reminders],
  }
}

export type Patch = Partial<Wire<'NewEvent'>>

/** Only what was changed: an edit must not write over what somebody else changed meanwhile. */
export function changesOf(before: Draft, after: Draft): Patch {
  const was = wishOf(before)
  const changed = Object.entries(wishOf(after)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name as keyof typeof was]),
  )
  const patch = Object.fromEntries(changed) as Patch
  // The weekly days and the start belong together: the hub checks the one by the other.
  if ('rrule' in patch && after.day !== before.day) patch.starts_local = startsLocal(after)
  return patch
}

/** These belong to the whole series; one date alone cannot have its own. */
export const isOfSeries = (patch: Patch) => ['tzid', 'rrule', 'exdates'].some((name) => name in patch)
