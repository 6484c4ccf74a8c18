import { expect, test } from 'vitest'

import { blank, changesOf, draftOf, isOfSeries, isTimed, timingOf, wishOf } from './draft'
import { page } from './example'
import { createKeyring } from './saving'

const NOW = Date.parse('2026-11-21T23:30:00Z')

test('a new event is tomorrow evening on the wall of the place', () => {
  expect(blank('c', NOW, 'Europe/Stockholm')).toMatchObject({ day: '2026-11-23', time: '19:00' })
  expect(blank('c', NOW, 'America/Chicago')).toMatchObject({ day: '2026-11-22' })
})

test('no places means as many as come', () => {
  expect(wishOf({ ...blank('c', NOW), capacity: '' }).capacity).toBeNull()
  expect(wishOf({ ...blank('c', NOW), capacity: '20' }).capacity).toBe(20)
})

test('words are sent without the spaces around them', () => {
  expect(wishOf({ ...blank('c', NOW), title: '  Frost Loop ', place: ' Steps ' })).toMatchObject({
    title: 'Frost Loop',
    place: 'Steps',
  })
})

test('what happens once leaves no dates out', () => {
  const draft = { ...blank('c', NOW), left: ['2026-12-01T19:00:00'] }
  expect(timingOf(draft).exdates).toEqual([])
})

test('a form that was only opened changes nothing', () => {
  const before = draftOf(page({ series: { ...page().series, rrule: 'FREQ=WEEKLY;BYDAY=TH' } }))
  expect(changesOf(before, { ...before })).toEqual({})
})

test('an edit sends only what was changed', () => {
  const before = draftOf(page())
  expect(changesOf(before, { ...before, title: 'Fog Loop', capacity: '' })).toEqual({
    title: 'Fog Loop',
    capacity: null,
  })
})

test('another rule belongs to the series, another place does not', () => {
  expect(isOfSeries({ rrule: 'FREQ=DAILY' })).toBe(true)
  expect(isOfSeries({ tzid: 'UTC' })).toBe(true)
  expect(isOfSeries({ place: 'Steps', starts_local: '2026-11-26T19:00:00' })).toBe(false)
})

test('half a date is not asked about', () => {
  const draft = blank('c', NOW)
  expect(isTimed(draft)).toBe(true)
  expect(isTimed({ ...draft, time: '' })).toBe(false)
  expect(isTimed({ ...draft, day: '' })).toBe(false)
})

test('the same wish keeps its key, another wish gets another', () => {
  let made = 0
  const key = createKeyring(() => `key-${++made}`)
  expect([key({ title: 'a' }), key({ title: 'a' }), key({ title: 'b' })]).toEqual(['key-1', 'key-1', 'key-2'])
})
