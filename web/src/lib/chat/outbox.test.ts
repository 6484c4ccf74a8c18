import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'

import { table } from '@/lib/idb'
import { socket } from '@/lib/socket'

import { followOutbox, outbox, payloadOf, waiting } from './outbox'
import type { Attached, Pending, Write } from './overlay'

const entry = (body: Write, rest: Partial<Pending> = {}): Pending => ({
  client_id: 'c1',
  lane: 'r1',
  owner: 'mara',
  body,
  ...rest,
})
const quote = { id: 'm7', seq: 7, author_name: 'Jonas', preview: 'Who?' }

test('a message carries what the hub needs, and nothing of what is only shown meanwhile', () => {
  const attachments: readonly Attached[] = [
    { id: 'a1', name: 'pitch.jpg', kind: 'image', alt: 'The pitch under snow' },
    { id: 'a2', name: 'plan.pdf', kind: 'file', alt: '' },
  ]
  const body = 'Me.'
  const write: Write = { kind: 'send', body, at: 'now', reply_to: quote, thread: 'm3', attachments }
  expect(payloadOf(entry(write))).toEqual({
    room: 'r1',
    client_id: 'c1',
    body,
    reply_to: 'm7',
    thread: 'm3',
    attachments: ['a1', 'a2'],
    alts: { a1: 'The pitch under snow' },
  })
  expect(payloadOf(entry({ kind: 'send', body, at: 'now' }))).toEqual({ room: 'r1', client_id: 'c1', body })
})

test('a change names its message', () => {
  expect(payloadOf(entry({ kind: 'react', target: 'm7', emoji: '👍', on: false }))).toEqual({
    room: 'r1',
    client_id: 'c1',
    target: 'm7',
    emoji: '👍',
    on: false,
  })
})

test('what is refused or acknowledged does not wait', () => {
  const write: Write = { kind: 'pin', target: 'm7', on: true }
  expect(waiting([entry(write), entry(write, { refused: 'No.' }), entry(write, { settled: 4 })])).toBe(1)
})

test('what another tab left behind is found when the line is back, and when she looks here again', async () => {
  let live: () => void = () => undefined
  vi.spyOn(socket, 'onLive').mockImplementation((listener) => {
    live = listener
    return () => undefined
  })
  const end = followOutbox(new QueryClient(), 'mara')
  await vi.waitFor(async () => expect(await table('outbox').all()).toEqual([]))
  const left = (client_id: string) =>
    table<Pending>('outbox').put({ ...entry({ kind: 'send', body: 'Me.', at: 'now' }), client_id })
  const ids = () => outbox.entries.get().map(({ client_id }) => client_id)
  await left('c1')
  live()
  await vi.waitFor(() => expect(ids()).toEqual(['c1']))
  await left('c2')
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(ids()).toEqual(['c1', 'c2']))
  end()
  expect(ids()).toEqual([])
})
