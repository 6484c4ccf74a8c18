import { expect, test } from 'vitest'

import {
  clipLength,
  clockTime,
  compact,
  countdown,
  dateParts,
  dayAndTime,
  dayName,
  daysBetween,
  initials,
  listTime,
  relativeTime,
  someNames,
} from './format'

const now = '2026-11-21T13:00:00Z'
const minutes = (count: number) => Date.parse(now) + count * 60_000

test('the date block speaks the zone of the venue', () => {
  expect(dateParts('2026-11-26T23:30:00Z', 'Europe/Stockholm')).toEqual({
    weekday: 'Fri',
    day: '27',
    month: 'Nov',
    full: 'Friday, 27 November 2026',
  })
})

test('a time is told in the zone that was asked for, across the summer switch', () => {
  expect(clockTime('2026-10-24T17:00:00Z', 'Europe/Berlin')).toBe('19:00')
  expect(clockTime('2026-10-25T17:00:00Z', 'Europe/Berlin')).toBe('18:00')
  expect(dayAndTime('2026-11-26T18:00:00Z', 'Europe/Berlin')).toBe('Thu 26 Nov, 19:00')
})

test('September is three letters like the others', () => {
  expect(dateParts('2026-09-10T12:00:00Z', 'UTC').month).toBe('Sep')
})

test('days are counted on the calendar of the zone', () => {
  expect(daysBetween('2026-11-21T22:30:00Z', '2026-11-21T23:30:00Z', 'Europe/Stockholm')).toBe(1)
  expect(daysBetween('2026-11-21T22:30:00Z', '2026-11-21T23:30:00Z', 'UTC')).toBe(0)
})

test.each([
  [0, 'Today'],
  [-24 * 60, 'Yesterday'],
  [-3 * 24 * 60, 'Wednesday'],
  [-30 * 24 * 60, '22 Oct'],
  [-400 * 24 * 60, '17 Oct 2025'],
])('a divider %i minutes away reads %s', (offset, expected) => {
  expect(dayName(minutes(offset), now, 'UTC')).toBe(expected)
})

test.each([
  [0, 'now'],
  [-40, '40 min ago'],
  [-130, '2 hr ago'],
  [90, 'in 1 hr'],
  [-24 * 60, 'yesterday'],
  [-10 * 24 * 60, '11 Nov'],
])('%i minutes away is %s', (offset, expected) => {
  expect(relativeTime(minutes(offset), now, 'UTC')).toBe(expected)
})

test('a room shows the time today, the day this week, the date before', () => {
  expect(listTime(minutes(-5), now, 'UTC')).toBe('12:55')
  expect(listTime(minutes(-2 * 24 * 60), now, 'UTC')).toBe('Thu')
  expect(listTime(minutes(-20 * 24 * 60), now, 'UTC')).toBe('1 Nov')
})

test.each([
  [3 * 86_400_000 + 4 * 3_600_000, '3 d 4 h'],
  [86_400_000, '1 d'],
  [2 * 3_600_000 + 14 * 60_000, '2 h 14'],
  [3_600_000, '1 h'],
  [14 * 60_000, '14 min'],
  [44_100, '45 s'],
  [-5, '0 s'],
])('%i ms left is %s', (left, expected) => {
  expect(countdown(left)).toBe(expected)
})

test('a clip is told in minutes and seconds', () => {
  expect([clipLength(21.4), clipLength(64), clipLength(0)]).toEqual(['0:21', '1:04', '0:00'])
})

test('large numbers are short', () => {
  expect([compact(38), compact(1240)]).toEqual(['38', '1.2k'])
})

test('some names, then how many more', () => {
  expect(someNames(['Jonas Lind', 'Priya Shah', 'Tom Ek', 'Ida'], 14)).toBe('Jonas, Priya, Tom + 11')
  expect(someNames(['Jonas Lind'], 1)).toBe('Jonas')
})

test('initials come from the first two words, or the first two letters', () => {
  expect(['Riverside FC', 'mara', 'Örebro løpere', ''].map(initials)).toEqual(['RF', 'MA', 'ÖL', '?'])
})
