import { expect, test } from 'vitest'

import { change, message, page, said } from '@/lib/chat/testing'

import { threadNow } from './thread-now'

const root = message(2, { thread_count: 1 })
const read = { root, answers: page([message(5, { thread: 'm2' })], { head: 6, nth: 6 }) }

test('a thread is as it was read, with what the room has heard since', () => {
  const now = threadNow(read, [
    said(6, { thread: 'm2' }),
    said(7, { thread: 'm2' }),
    said(8),
    said(9, { thread: 'm1' }),
    change(10, 5, { kind: 'edited', body: 'better', edits: 1, mentions: [] }),
    change(11, 7, { kind: 'reacted', emoji: '👍', on: true }),
  ])
  expect(now.map(({ seq }) => seq)).toEqual([2, 5, 7])
  expect(now[0]?.thread_count).toBe(2)
  expect(now[1]?.body).toBe('better')
  expect(now[2]?.reactions).toHaveLength(1)
})

test('an answer to a deleted one no longer says what it answered', () => {
  const quote = { id: 'm5', seq: 5, author_name: 'Anna', preview: 'secret' }
  const now = threadNow(read, [
    said(7, { thread: 'm2', reply_to: quote }),
    change(8, 5, { kind: 'deleted', moderated: false }),
  ])
  expect(now[1]).toMatchObject({ body: '' })
  expect(now[2]?.reply_to?.preview).toBe('')
})
