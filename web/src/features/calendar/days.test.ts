import { expect, test } from 'vitest'

import { byDay, clashes, dayAt, dayKey, hoursOf, sheetOf, turned } from './days'
import { answeredLike, type CalendarEvent } from './queries'

const at = (text: string) => new Date(text).getTime()
const event = (id: string, from: string, to: string, rest: Partial<CalendarEvent> = {}) =>
  ({
    id,
    starts_at: new Date(from).toISOString(),
    ends_at: new Date(to).toISOString(),
    answers_close_at: new Date(from).toISOString(),
    status: 'scheduled',
    my_answer: null,
    ...rest,
  }) as CalendarEvent
const yes = { my_answer: { answer: 'yes' } as CalendarEvent['my_answer'] }

test('a month shows whole weeks from Monday to Sunday', () => {
  const { from, to } = sheetOf('month', at('2026-11-21T12:00'))
  expect([dayKey(from), dayKey(to - 1)]).toEqual(['2026-10-26', '2026-12-06'])
})

test('a week begins on Monday, also on a Sunday', () => {
  expect(dayKey(sheetOf('week', at('2026-11-22T12:00')).from)).toBe('2026-11-16')
})

test('three days begin with the day itself', () => {
  const { from, to } = sheetOf('days', at('2026-11-22T12:00'))
  expect([dayKey(from), dayKey(to - 1)]).toEqual(['2026-11-22', '2026-11-24'])
})

test('a page of the calendar is turned by its own length', () => {
  const day = at('2026-12-31T00:00')
  expect(dayKey(turned('month', day, 1))).toBe('2027-01-01')
  expect(dayKey(turned('week', day, -1))).toBe('2026-12-24')
  expect(dayKey(turned('days', day, 1))).toBe('2027-01-03')
})

test('an address without a day, or with none that is one, means today', () => {
  const now = at('2026-11-21T15:00')
  expect(dayKey(dayAt(undefined, now))).toBe('2026-11-21')
  expect(dayKey(dayAt('soon', now))).toBe('2026-11-21')
  expect(dayKey(dayAt('2026-12-24', now))).toBe('2026-12-24')
})

test('events stand under the day they begin, what began before under the first', () => {
  const from = at('2026-11-21T00:00')
  const days = byDay(
    [
      event('camp', '2026-11-20T09:00', '2026-11-22T12:00'),
      event('late', '2026-11-21T23:00', '2026-11-22T01:00'),
      event('next', '2026-11-23T10:00', '2026-11-23T11:00'),
    ],
    from,
  )
  expect(days.map(({ key, events }) => [key, events.map(({ id }) => id)])).toEqual([
    ['2026-11-21', ['camp', 'late']],
    ['2026-11-23', ['next']],
  ])
})

test('two that I said yes to and that overlap are marked, others are not', () => {
  const found = clashes([
    event('a', '2026-11-21T10:00', '2026-11-21T12:00', yes),
    event('b', '2026-11-21T11:00', '2026-11-21T13:00', yes),
    event('c', '2026-11-21T13:00', '2026-11-21T14:00', yes),
    event('d', '2026-11-21T10:30', '2026-11-21T11:00'),
    event('e', '2026-11-21T10:30', '2026-11-21T11:00', { ...yes, status: 'cancelled' }),
  ])
  expect([...found].sort()).toEqual(['a', 'b'])
})

test('a long one clashes with what comes after a short one', () => {
  const found = clashes([
    event('day', '2026-11-21T09:00', '2026-11-21T18:00', yes),
    event('call', '2026-11-21T10:00', '2026-11-21T10:15', yes),
    event('run', '2026-11-21T17:00', '2026-11-21T18:30', yes),
  ])
  expect([...found].sort()).toEqual(['call', 'day', 'run'])
})

test('the hours shown make room for the early and the late', () => {
  expect(hoursOf([])).toEqual({ first: 8, last: 22 })
  expect(hoursOf([event('swim', '2026-11-21T05:30', '2026-11-21T06:30')]).first).toBe(5)
  expect(hoursOf([event('party', '2026-11-21T21:00', '2026-11-22T03:00')]).last).toBe(24)
})

test('what waits for my word is open, not mine, and neither over nor off', () => {
  const now = at('2026-11-21T12:00')
  const like = (wish: 'mine' | 'open', rest: Partial<CalendarEvent>) =>
    answeredLike(wish, now)(event('a', '2026-11-22T10:00', '2026-11-22T11:00', rest))
  expect(like('open', {})).toBe(true)
  expect(like('open', yes)).toBe(false)
  expect(like('open', { status: 'cancelled' })).toBe(false)
  expect(like('open', { answers_close_at: '2026-11-21T10:00:00Z' })).toBe(false)
  expect(like('mine', yes)).toBe(true)
  expect(like('mine', { my_answer: { answer: 'no' } as CalendarEvent['my_answer'] })).toBe(false)
})
