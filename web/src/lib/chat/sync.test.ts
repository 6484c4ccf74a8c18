import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'

import { caughtUp, cursorsOf, headsHeard, messageHeard, timelineKey } from './sync'
import { opened, type Message, type Timeline } from './timeline'

const message = (seq: number, room = 'r'): Message => ({
  id: `m${seq}`,
  room,
  seq,
  client_id: `c${seq}`,
  author_id: 'a',
  author_name: 'Anna',
  body: `${seq}`,
  reply_to: null,
  at: '2026-03-14T12:00:00Z',
})
const run = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => message(from + index))

/** A server that holds 1…`head` and a cache that holds 1…`known`. */
function stage(known: number, head: number) {
  const cache = new QueryClient()
  cache.setQueryData(
    timelineKey('r'),
    opened({ room: 'r', messages: run(1, known), head: known, reset: false }),
  )
  const ask = vi.fn((_event: string, gap: unknown) => {
    const { after, limit } = gap as { after: number; limit: number }
    return Promise.resolve({ room: 'r', messages: run(after + 1, Math.min(head, after + limit)), head })
  })
  const connection = { ask: ask as never }
  const held = () => cache.getQueryData<Timeline>(timelineKey('r'))?.messages.map(({ seq }) => seq)
  return { cache, connection, ask, held }
}

test('a gap is asked for once and closed', async () => {
  const { cache, connection, ask, held } = stage(3, 6)
  messageHeard(cache, connection, message(6))
  messageHeard(cache, connection, message(5))
  await vi.waitFor(() => expect(held()).toEqual([1, 2, 3, 4, 5, 6]))
  expect(ask).toHaveBeenCalledOnce()
})

test('a heartbeat notices a lost last message', async () => {
  const { cache, connection, held } = stage(3, 4)
  headsHeard(cache, connection, { r: 4 })
  await vi.waitFor(() => expect(held()).toEqual([1, 2, 3, 4]))
})

test('cursors tell how far we are, and their answer is applied', () => {
  const { cache, connection, held } = stage(3, 5)
  expect(cursorsOf(cache)).toEqual({ r: 3 })
  caughtUp(cache, connection, [{ room: 'r', messages: run(4, 5), head: 5, reset: false }])
  expect(held()).toEqual([1, 2, 3, 4, 5])
})

test('a reset starts the room anew', () => {
  const { cache, connection } = stage(3, 900)
  caughtUp(cache, connection, [{ room: 'r', messages: [], head: 900, reset: true }])
  expect(cache.getQueryState(timelineKey('r'))?.isInvalidated).toBe(true)
})

test('a room that is not open is left alone', () => {
  const { cache, connection, ask } = stage(3, 3)
  messageHeard(cache, connection, message(9, 'other'))
  expect(ask).not.toHaveBeenCalled()
  expect(cache.getQueryData(timelineKey('other'))).toBeUndefined()
})

test('a broken line leaves the gap for the next heartbeat', async () => {
  const { cache, connection, ask, held } = stage(3, 6)
  ask.mockRejectedValueOnce(new Error('offline'))
  messageHeard(cache, connection, message(6))
  await vi.waitFor(() => expect(ask).toHaveBeenCalledOnce())
  expect(held()).toEqual([1, 2, 3])
  headsHeard(cache, connection, { r: 6 })
  await vi.waitFor(() => expect(held()).toEqual([1, 2, 3, 4, 5, 6]))
})
