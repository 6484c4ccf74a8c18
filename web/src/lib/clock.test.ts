import { expect, test } from 'vitest'

import { createServerClock } from './clock'

const at = (time: number) => createServerClock(() => time)

test('without a reading the device is believed', () => {
  expect(at(1000).now()).toBe(1000)
})

test('a reading is placed in the middle of its round trip', () => {
  const clock = at(10_000)
  clock.observe(20_100, 9_900, 10_100)
  expect(clock.now()).toBe(20_100)
})

test('a tighter reading replaces a wider one, and not the other way round', () => {
  const clock = at(10_000)
  clock.observe(10_500, 9_990, 10_010)
  clock.observe(19_999, 9_000, 10_100)
  expect(clock.now()).toBe(10_500)
})

test('an old reading gives way to a wider fresh one', () => {
  const clock = at(100_000)
  clock.observe(10_500, 9_990, 10_010)
  clock.observe(105_000, 99_000, 100_000)
  expect(clock.now()).toBe(105_500)
})

test('a header within its own second changes nothing', () => {
  const clock = at(1_000_400)
  clock.observeHeader(new Date(1_000_000).toUTCString(), 1_000_350, 1_000_450)
  expect(clock.now()).toBe(1_000_400)
})

test('a header corrects a device that is an hour slow', () => {
  const clock = at(1_000_000)
  clock.observeHeader(new Date(4_600_000).toUTCString(), 999_950, 1_000_050)
  expect(clock.now()).toBe(4_600_500)
})

test('a header that is not a date is passed over', () => {
  const clock = at(5)
  clock.observeHeader('soon', 0, 1)
  clock.observeHeader(null, 0, 1)
  expect(clock.now()).toBe(5)
})
