import { expect, test } from 'vitest'

import type { Wire } from '@/lib/api'

import { eventView } from './event-view'

const event: Wire<'EventCard'> = {
  id: 'e1',
  series_id: 's1',
  club: { id: 'c1', slug: 'night-runners', name: 'Night Runners', hue: 262 },
  title: 'Frost Loop',
  starts_at: '2026-11-26T18:00:00Z',
  ends_at: '2026-11-26T19:30:00Z',
  starts_local: '2026-11-26T19:00:00',
  tzid: 'Europe/Stockholm',
  place: 'Old Harbour steps',
  lat: null,
  lon: null,
  capacity: 20,
  going: 14,
  maybe: 2,
  waiting: 0,
  guests_allowed: false,
  answers_close_at: '2026-11-26T18:00:00Z',
  status: 'scheduled',
  repeats: true,
  visibility: 'club',
  my_answer: null,
  created_at: '2026-11-01T10:00:00Z',
  version: 1,
}

const at = (time: string) => Date.parse(`2026-11-26T${time}Z`)

test.each([
  ['17:59:59', 'scheduled'],
  ['18:00:00', 'live'],
  ['19:29:59', 'live'],
  ['19:30:00', 'over'],
])('at %s it is %s', (time, state) => {
  expect(eventView(event, at(time)).state).toBe(state)
})

test('what was called off stays called off', () => {
  expect(eventView({ ...event, status: 'cancelled' }, at('18:30:00')).state).toBe('cancelled')
})

test('an answer is shown, and the place in line only while waiting', () => {
  const mine = { answer: 'yes', guests: 0, note: '', answered_at: '2026-11-20T10:00:00Z' } as const
  const waiting = eventView({ ...event, my_answer: { ...mine, standing: 'waiting', position: 3 } }, 0)
  expect(waiting).toMatchObject({ answer: 'yes', waitlist_position: 3 })
  const seated = eventView({ ...event, my_answer: { ...mine, standing: 'going', position: 3 } }, 0)
  expect(seated).toMatchObject({ answer: 'yes', waitlist_position: null })
})

test('the zone is the venue’s', () => {
  expect(eventView(event, 0).zone).toBe('Europe/Stockholm')
})
