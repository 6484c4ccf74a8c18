import { beforeEach, expect, test } from 'vitest'

import { replied } from './answering'
import { page } from './example'
import { differences, recall, remember, remembered } from './seen'
import { whenIs, zoneName } from './when'

const NOW = '2026-11-21T12:00:00Z'

test('a yes with two guests takes three places', () => {
  const after = replied(page(), { answer: 'yes', guests: 2, note: '' }, NOW)
  expect(after).toMatchObject({ going: 17, my_answer: { standing: 'going', guests: 2 } })
})

test('one guest more is one place more, not three', () => {
  const first = replied(page(), { answer: 'yes', guests: 1, note: '' }, NOW)
  expect(replied(first, { answer: 'yes', guests: 2, note: '' }, NOW).going).toBe(17)
})

test('who stands in line takes no place, nor do her guests', () => {
  const after = replied(page({ going: 20 }), { answer: 'yes', guests: 2, note: '' }, NOW)
  expect(after).toMatchObject({ going: 20, waiting: 1, my_answer: { standing: 'waiting', guests: 0 } })
})

test('a note stays with the answer', () => {
  const after = replied(page(), { answer: 'maybe', guests: 0, note: 'If the train comes' }, NOW)
  expect(after.my_answer).toMatchObject({ note: 'If the train comes', standing: 'maybe' })
})

beforeEach(() => localStorage.clear())

test('on a first visit nothing has changed', () => {
  expect(differences(undefined, page())).toEqual([])
})

test('what was moved is told in the words of before and now', () => {
  const before = remembered(page())
  const moved = page({ version: 4, starts_at: '2026-11-26T18:30:00Z', place: 'The other steps' })
  expect(differences(before, moved)).toEqual([
    { detail: 'time', before: 'Thu 26 Nov, 19:00', now: 'Thu 26 Nov, 19:30' },
    { detail: 'place', before: 'Old Harbour steps', now: 'The other steps' },
  ])
})

test('a change of what is not remembered is no news', () => {
  expect(differences(remembered(page()), page({ version: 9, capacity: 30 }))).toEqual([])
})

test('what was seen is found again, and the oldest gives way', () => {
  remember(page())
  expect(recall('e1')?.version).toBe(3)
  for (let n = 0; n < 100; n++) remember(page({ id: `other-${n}` }))
  expect(recall('e1')).toBeUndefined()
  expect(recall('other-0')).toBeDefined()
})

test('a broken memory is an empty one', () => {
  localStorage.setItem('events-seen', '{"no')
  expect(recall('e1')).toBeUndefined()
})

test('times are told at the place, and on my clock where it differs', () => {
  const there = ['2026-11-26T18:00:00Z', '2026-11-26T19:30:00Z', 'Europe/Stockholm'] as const
  expect(whenIs(...there, 'Europe/Berlin').mine).toBeUndefined()
  expect(whenIs(...there, 'Europe/Lisbon').mine).toMatchObject({ hours: '18:00–19:30', day: undefined })
  expect(whenIs(...there, 'Pacific/Auckland').mine?.day).toContain('Friday')
})

test('what ends after midnight names the day of its end', () => {
  expect(whenIs('2026-11-26T21:00:00Z', '2026-11-27T01:00:00Z', 'UTC', 'UTC').hours).toBe('21:00–Fri 01:00')
})

test('names of zones for people', () => {
  expect(zoneName('America/New_York')).toBe('New York')
})
