import type { Wire } from '@/lib/api'

const HOUR = 3_600_000

/** So many hours from now, as the hub writes it. */
export const soon = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()

/** An event of Mara's club that begins in so many hours and takes an hour and a half; nobody has asked her. */
export const eventCard = (
  id: string,
  title: string,
  hours: number,
  change: Partial<Wire<'EventCard'>> = {},
): Wire<'EventCard'> => ({
  id,
  series_id: 's',
  club: { id: 'c1', slug: 'riverside-fc', name: 'Riverside FC', hue: 152 },
  title,
  starts_at: soon(hours),
  ends_at: soon(hours + 1.5),
  starts_local: soon(hours).slice(0, 19),
  tzid: 'UTC',
  place: 'Pitch 4',
  lat: null,
  lon: null,
  capacity: 20,
  going: 4,
  maybe: 0,
  waiting: 0,
  guests_allowed: false,
  answers_close_at: soon(hours),
  status: 'scheduled',
  repeats: false,
  visibility: 'club',
  my_answer: null,
  created_at: soon(-99),
  version: 1,
  ...change,
})

/** What the hub answers who says yes while there is room. */
export const GOING: Wire<'MyAnswer'> = {
  answer: 'yes',
  standing: 'going',
  guests: 0,
  note: '',
  answered_at: soon(-1),
}
