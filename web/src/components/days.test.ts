import { expect, test } from 'vitest'

import { dayWords, isDay, moved, movedMonths, movedTime, readDay, readTime, weekdayOf, weeksOf } from './days'

const TODAY = '2026-11-21'

test.each([
  ['22 Nov 2026', '2026-11-22'],
  ['22 November', '2026-11-22'],
  ['Sun 22 Nov 2026', '2026-11-22'],
  ['Sunday, 22nd nov', '2026-11-22'],
  ['22.11.2026', '2026-11-22'],
  ['22/11/26', '2026-11-22'],
  ['22.11.', '2026-11-22'],
  ['2026-11-22', '2026-11-22'],
])('"%s" is a day', (text, key) => {
  expect(readDay(text, TODAY)).toBe(key)
})

test('a day without a year that is over this year is one of the next', () => {
  expect(readDay('3 Feb', TODAY)).toBe('2027-02-03')
  expect(readDay('21 Nov', TODAY)).toBe(TODAY)
})

test.each(['', 'soon', '31 Feb', '32 Nov', '22', '22 Foo', '11/22/2026', '2026-13-01'])(
  '"%s" is none',
  (text) => {
    expect(readDay(text, TODAY)).toBeUndefined()
  },
)

test('what is shown is read again as the same day', () => {
  expect(readDay(dayWords('2028-02-29'), TODAY)).toBe('2028-02-29')
})

test.each([
  ['19', '19:00'],
  ['1930', '19:30'],
  ['19.30', '19:30'],
  ['9:05', '09:05'],
  ['7 pm', '19:00'],
  ['12am', '00:00'],
  ['12:15 pm', '12:15'],
])('"%s" is a time', (text, time) => {
  expect(readTime(text)).toBe(time)
})

test.each(['', '25', '19:60', '13 pm', '0 am', 'noon', '1:2'])('"%s" is no time', (text) => {
  expect(readTime(text)).toBeUndefined()
})

test('a time is moved over midnight', () => {
  expect(movedTime('23:50', 15)).toBe('00:05')
  expect(movedTime('00:05', -15)).toBe('23:50')
})

test('a month is shown in whole weeks from Monday on', () => {
  const weeks = weeksOf('2026-11-21')
  expect(weeks[0]?.[0]).toBe('2026-10-26')
  expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06')
  expect(weeks.every(([first]) => first !== undefined && weekdayOf(first) === 0)).toBe(true)
})

test('days and months are turned over their ends', () => {
  expect(moved('2026-12-31', 1)).toBe('2027-01-01')
  expect(movedMonths('2026-01-31', 1)).toBe('2026-02-28')
  expect(movedMonths('2026-01-15', -1)).toBe('2025-12-15')
})

test('only a whole key is a day', () => {
  expect(isDay('2026-11-22')).toBe(true)
  expect(isDay('2026-11')).toBe(false)
  expect(isDay('2026-99-99')).toBe(false)
})
