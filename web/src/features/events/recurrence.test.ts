import { expect, test } from 'vitest'

import { fromRule, isLastOf, nthOf, ONCE, toRule, weekdayOf, type Repeat } from './recurrence'

const TUESDAY = '2026-11-24'
const repeat = (change: Partial<Repeat>): Repeat => ({ ...ONCE, ...change })

test('what happens once has no rule', () => {
  expect(toRule(ONCE, TUESDAY)).toBeNull()
})

test('a week without days means the day of the first date', () => {
  expect(toRule(repeat({ every: 'WEEKLY' }), TUESDAY)).toBe('FREQ=WEEKLY;BYDAY=TU')
})

test('days stand in the order of the week, however they were pressed', () => {
  const rule = toRule(repeat({ every: 'WEEKLY', days: ['TH', 'TU'], interval: 2 }), TUESDAY)
  expect(rule).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH')
})

test('a month knows the day, the fourth Tuesday and the last one', () => {
  const monthly = (kind: Repeat['monthly']) => toRule(repeat({ every: 'MONTHLY', monthly: kind }), TUESDAY)
  expect(monthly('day')).toBe('FREQ=MONTHLY;BYMONTHDAY=24')
  expect(monthly('nth')).toBe('FREQ=MONTHLY;BYDAY=4TU')
  expect(monthly('last')).toBe('FREQ=MONTHLY;BYDAY=-1TU')
})

test('the last day is counted in', () => {
  const rule = toRule(repeat({ every: 'DAILY', ends: 'on', until: '2027-01-31' }), TUESDAY)
  expect(rule).toBe('FREQ=DAILY;UNTIL=20270131T235959')
})

test('a number of times ends it', () => {
  expect(toRule(repeat({ every: 'YEARLY', ends: 'after', count: 3 }), TUESDAY)).toBe('FREQ=YEARLY;COUNT=3')
})

test('an own rule goes as it was written', () => {
  const own = 'FREQ=MONTHLY;BYDAY=1SA,3SA'
  expect(toRule(repeat({ every: 'own', own: ` ${own} ` }), TUESDAY)).toBe(own)
})

test.each([
  'FREQ=DAILY',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH',
  'FREQ=WEEKLY;BYDAY=TU;COUNT=12',
  'FREQ=MONTHLY;BYMONTHDAY=24',
  'FREQ=MONTHLY;BYDAY=4TU',
  'FREQ=MONTHLY;BYDAY=-1TU',
  'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630T235959',
])('%s is read and written the same', (rule) => {
  const read = fromRule(rule, TUESDAY)
  expect(read.every).not.toBe('own')
  expect(toRule(read, TUESDAY)).toBe(rule)
})

test.each([
  'FREQ=MONTHLY;BYDAY=1SA,3SA',
  'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1',
  'FREQ=MONTHLY;BYMONTHDAY=3',
])('%s says more than the form has fields for, and is kept whole', (rule) => {
  const read = fromRule(rule, TUESDAY)
  expect(read.every).toBe('own')
  expect(toRule(read, TUESDAY)).toBe(rule)
})

test('a date knows its place in the month', () => {
  expect(weekdayOf('2026-11-22')).toBe('SU')
  expect([nthOf('2026-11-07'), nthOf('2026-11-08')]).toEqual([1, 2])
  expect([isLastOf('2026-11-24'), isLastOf('2026-11-23'), isLastOf('2026-02-21')]).toEqual([
    true,
    false,
    false,
  ])
  expect(isLastOf('2026-12-31')).toBe(true)
})
