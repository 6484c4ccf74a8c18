import { expect, test } from 'vitest'

import { createIds, uuidv7 } from './uuid'

/** Ids made at these moments, one after another. */
const at = (...moments: number[]) => {
  const left = moments.values()
  const make = createIds(() => left.next().value ?? 0)
  return moments.map(() => make())
}

const START = 1_700_000_000_000

test('an id is a version 7 UUID of the right variant', () => {
  expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('an id begins with its time', () => {
  expect(at(0x0192_3456_789a)[0]?.startsWith('01923456-789a-7')).toBe(true)
})

test('later ids sort after earlier ones', () => {
  const ids = at(START, START + 1, START + 900)
  expect(ids.toSorted()).toEqual(ids)
})

test('ids of one moment differ and sort as they were made, more of them than a counter holds', () => {
  const ids = at(...Array<number>(10_000).fill(START))
  expect(new Set(ids).size).toBe(10_000)
  expect(ids.toSorted()).toEqual(ids)
})

test('ids go on when the clock goes back', () => {
  const ids = at(START, START - 3_600_000, START - 3_599_000, START + 1)
  expect(ids.toSorted()).toEqual(ids)
  expect(ids[2]?.slice(0, 13)).toBe(ids[0]?.slice(0, 13))
})

test('the ids of this tab sort as they were made', () => {
  const ids = Array.from({ length: 500 }, () => uuidv7())
  expect(ids.toSorted()).toEqual(ids)
})
