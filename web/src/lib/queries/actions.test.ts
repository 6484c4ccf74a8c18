import { expect, test } from 'vitest'

import type { Wire } from '@/lib/api'

import { answered, reacted } from './actions'

const event = (over: Partial<Wire<'EventCard'>> = {}) =>
  ({ id: 'e', capacity: 2, going: 1, maybe: 0, waiting: 0, my_answer: null, ...over }) as Wire<'EventCard'>
const NOW = '2026-03-14T12:00:00Z'

test('a yes takes a free seat', () => {
  expect(answered(event(), 'yes', NOW)).toMatchObject({ going: 2, my_answer: { standing: 'going' } })
})

test('a yes to a full event stands in line and takes no seat', () => {
  const full = answered(event({ going: 2 }), 'yes', NOW)
  expect(full).toMatchObject({ going: 2, waiting: 1, my_answer: { standing: 'waiting' } })
})

test('a yes once more is still one seat', () => {
  const once = answered(event(), 'yes', NOW)
  expect(answered(once, 'yes', NOW)).toMatchObject({ going: 2, my_answer: { standing: 'going' } })
})

test('a no gives the seats of her guests back too', () => {
  const mine = { answer: 'yes', standing: 'going', guests: 1, note: '', answered_at: NOW } as const
  expect(answered(event({ going: 2, my_answer: mine }), 'no', NOW)).toMatchObject({ going: 0 })
})

test('a reaction moves from one kind to another and leaves no zero behind', () => {
  const post = { my_reaction: 'like', reactions: { like: 1, cheer: 2 } } as unknown as Wire<'PostCard'>
  expect(reacted(post, 'cheer').reactions).toEqual({ cheer: 3 })
  expect(reacted(post, null)).toMatchObject({ my_reaction: null, reactions: { cheer: 2 } })
})
