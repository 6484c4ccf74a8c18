import { expect, test } from 'vitest'

import type { Message } from '@/lib/chat/timeline'

import { rowsOf } from './rows'

const NOW = '2026-03-14T18:00:00Z'
const message = (seq: number, author: string, at: string): Message => ({
  id: `m${seq}`,
  room: 'r',
  seq,
  client_id: `c${seq}`,
  author_id: author,
  author_name: author,
  body: `${seq}`,
  reply_to: null,
  at,
})
const said = [
  message(1, 'anna', '2026-03-13T12:00:00Z'),
  message(2, 'anna', '2026-03-14T12:00:00Z'),
  message(3, 'anna', '2026-03-14T12:02:00Z'),
  message(4, 'ben', '2026-03-14T12:03:00Z'),
  message(5, 'ben', '2026-03-14T12:30:00Z'),
]
const rows = (over: Partial<Parameters<typeof rowsOf>[0]> = {}) =>
  rowsOf({ messages: said, drafts: [], readSeq: 5, myId: 'mara', now: NOW, ...over })
const shape = (all: ReturnType<typeof rowsOf>) =>
  all.map((row) =>
    row.kind === 'message' || row.kind === 'draft' ? `${row.key}${row.begins ? '*' : ''}` : row.kind,
  )

test('a day divider stands before the first message of each day, a name where somebody begins', () => {
  expect(shape(rows())).toEqual(['day', 'c1*', 'day', 'c2*', 'c3', 'c4*', 'c5*'])
})

test('the unread line stands once, before the first message by somebody else that was not read', () => {
  expect(shape(rows({ readSeq: 3 }))).toEqual(['day', 'c1*', 'day', 'c2*', 'c3', 'unread', 'c4*', 'c5*'])
})

test('own messages never make a line', () => {
  expect(shape(rows({ readSeq: 3, myId: 'ben' }))).not.toContain('unread')
})

test('what is on its way stands last, and not twice once its push has come', () => {
  const entry = (client_id: string) => ({ client_id, lane: 'r', body: { body: 'x', at: NOW } })
  expect(shape(rows({ drafts: [entry('c5'), entry('new')] })).slice(-2)).toEqual(['c5*', 'new*'])
})
