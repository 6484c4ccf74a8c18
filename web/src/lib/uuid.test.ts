import { expect, test } from 'vitest'

import { uuidv7 } from './uuid'

test('an id is a version 7 UUID of the right variant', () => {
  expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('an id begins with its time', () => {
  expect(uuidv7(0x0192_3456_789a).startsWith('01923456-789a-7')).toBe(true)
})

test('later ids sort after earlier ones', () => {
  expect(uuidv7(1_700_000_000_000) < uuidv7(1_700_000_000_001)).toBe(true)
})

test('two ids of the same moment differ', () => {
  expect(uuidv7(1)).not.toBe(uuidv7(1))
})
