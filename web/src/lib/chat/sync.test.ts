import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'

import {
  acknowledged,
  caughtUp,
  cursorsOf,
  eventHeard,
  headsHeard,
  jumpInto,
  openRoom,
  readOn,
  resync,
  timelineKey,
} from './sync'
import { message, page, run, said, stretch } from './testing'
import { opened, type Timeline } from './timeline'

const seqsOf = (timeline: Timeline | undefined) => timeline?.messages.map(({ seq }) => seq)
const upTo = (last: number) => run(1, last).map(({ seq }) => seq)

/** A server that holds 1…`head` and a cache that holds 1…`known`. */
function stage(known: number, head: number) {
  const cache = new QueryClient()
  cache.setQueryData(timelineKey('r'), opened(page(run(1, known))))
  const ask = vi.fn((_event: string, gap: unknown) => {
    const { after, limit } = gap as { after: number; limit: number }
    const events = run(after + 1, Math.min(head, after + limit)).map(({ seq }) => said(seq))
    return Promise.resolve(stretch(events, { head, nth: head }))
  })
  const connection = { ask: ask as never }
  const held = () => seqsOf(cache.getQueryData<Timeline>(timelineKey('r')))
  return { cache, connection, ask, held }
}

test('a gap is asked for once and closed', async () => {
  const { cache, connection, ask, held } = stage(3, 6)
  eventHeard(cache, connection, said(6))
  eventHeard(cache, connection, said(5))
  await vi.waitFor(() => expect(held()).toEqual(upTo(6)))
  expect(ask).toHaveBeenCalledOnce()
  expect(ask.mock.calls[0]).toEqual(['room.gap', { room: 'r', epoch: 1, after: 3, limit: 500 }])
})

test('who changed places on the way is put right without asking', async () => {
  vi.useFakeTimers()
  try {
    const { cache, connection, ask, held } = stage(3, 6)
    for (const seq of [6, 5, 5, 4]) eventHeard(cache, connection, said(seq))
    expect(held()).toEqual(upTo(6))
    await vi.runAllTimersAsync()
    expect(ask).not.toHaveBeenCalled()
  } finally {
    vi.useRealTimers()
  }
})

test('what came too early joins what is fetched', async () => {
  const { cache, connection, ask, held } = stage(3, 4)
  eventHeard(cache, connection, said(5))
  eventHeard(cache, connection, said(6))
  await vi.waitFor(() => expect(held()).toEqual(upTo(6)))
  expect(ask).toHaveBeenCalledOnce()
})

test('a heartbeat notices what was lost last', async () => {
  const { cache, connection, held } = stage(3, 4)
  headsHeard(cache, connection, { r: { epoch: 1, seq: 4, nth: 4 } })
  await vi.waitFor(() => expect(held()).toEqual(upTo(4)))
})

test('so does the acknowledgement of an own write', async () => {
  const { cache, connection, held } = stage(3, 4)
  acknowledged(cache, connection, 'r', 4)
  await vi.waitFor(() => expect(held()).toEqual(upTo(4)))
})

test('told to look again, it asks although nothing is known to be missing', async () => {
  const { cache, connection, held } = stage(3, 5)
  resync(cache, connection)
  await vi.waitFor(() => expect(held()).toEqual(upTo(5)))
})

test('cursors tell how far we are, and their answer is applied', () => {
  const { cache, connection, held } = stage(3, 5)
  expect(cursorsOf(cache)).toEqual({ r: { epoch: 1, seq: 3 } })
  caughtUp(cache, connection, [stretch([said(4), said(5)])])
  expect(held()).toEqual(upTo(5))
})

test('a reset starts the room anew', () => {
  const { cache, connection } = stage(3, 900)
  caughtUp(cache, connection, [stretch([], { head: 900, nth: 900, epoch: 2, reset: true })])
  expect(cache.getQueryState(timelineKey('r'))?.isInvalidated).toBe(true)
  expect(cursorsOf(cache)).toEqual({})
})

test('a room that is not open is left alone', () => {
  const { cache, connection, ask } = stage(3, 3)
  eventHeard(cache, connection, said(9, { room: 'other' }))
  expect(ask).not.toHaveBeenCalled()
  expect(cache.getQueryData(timelineKey('other'))).toBeUndefined()
})

test('a broken line leaves the gap for the next heartbeat', async () => {
  const { cache, connection, ask, held } = stage(3, 6)
  ask.mockRejectedValueOnce(new Error('offline'))
  eventHeard(cache, connection, said(6))
  await vi.waitFor(() => expect(ask).toHaveBeenCalledOnce())
  await new Promise((done) => setTimeout(done))
  expect(held()).toEqual([1, 2, 3])
  headsHeard(cache, connection, { r: { epoch: 1, seq: 6, nth: 6 } })
  await vi.waitFor(() => expect(held()).toEqual(upTo(6)))
})

test('what was pushed while the first page was on its way is not lost', async () => {
  const { cache, connection, held } = stage(0, 5)
  cache.removeQueries()
  const timeline = await openRoom(cache, connection, 'r', () => {
    eventHeard(cache, connection, said(5))
    return Promise.resolve(page(run(1, 4)))
  })
  cache.setQueryData(timelineKey('r'), timeline)
  await vi.waitFor(() => expect(held()).toEqual(upTo(5)))
})

test('an older page that knows more than we do joins once we have heard it too', async () => {
  const { cache, connection, held } = stage(0, 62)
  cache.setQueryData(timelineKey('r'), opened(page(run(51, 60))))
  await readOn(cache, connection, 'r', 'older', () =>
    Promise.resolve(page(run(1, 50), { head: 62, nth: 62 })),
  )
  expect(held()).toEqual(upTo(62))
})

test('a jump shows the place as it is now', async () => {
  const { cache, connection, held } = stage(60, 60)
  const there = [message(7), message(8), message(9)]
  await jumpInto(cache, connection, 'r', () =>
    Promise.resolve(page(there, { head: 60, nth: 60, has_older: true, has_newer: true })),
  )
  expect(held()).toEqual([7, 8, 9])
  expect(cursorsOf(cache)).toEqual({ r: { epoch: 1, seq: 60 } })
})
