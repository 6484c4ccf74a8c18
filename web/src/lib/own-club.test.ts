import { expect, test } from 'vitest'

import { ownClub } from './own-club'

const club = (id: string, role: 'owner' | 'admin' | 'member', since: string) => ({
  id,
  slug: id,
  name: id,
  hue: 30,
  role,
  since,
})
const climbing = club('climbing', 'member', '2026-02-28T10:00:00Z')
const football = club('football', 'member', '2026-01-23T10:00:00Z')
const chess = club('chess', 'admin', '2026-10-01T10:00:00Z')

test('of clubs she is only in, the one she is in longest is her own', () => {
  expect(ownClub([climbing, football], null)).toBe(football)
})

test('a club she runs comes before one she is in longer', () => {
  expect(ownClub([climbing, football, chess], null)).toBe(chess)
})

test('what she chose stands above all', () => {
  expect(ownClub([climbing, football, chess], 'climbing')).toBe(climbing)
})

test('a club she has left is chosen no more', () => {
  expect(ownClub([climbing, football], 'chess')).toBe(football)
})

test('who is in no club has none', () => {
  expect(ownClub([], 'chess')).toBeUndefined()
})
