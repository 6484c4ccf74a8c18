import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'

import { change, said } from '@/lib/chat/testing'
import type { Message } from '@/lib/chat/wire'

import { me, notificationsCounted } from './me'
import { countsHeard, roomHeadsHeard, roomHeard, roomRead, rooms, type Room } from './rooms'

const room = (id: string, rest: Partial<Room> = {}): Room =>
  ({
    id,
    kind: 'club',
    title: id,
    hue: 152,
    club_id: null,
    others: [],
    members: 3,
    head: 10,
    read_seq: 10,
    unread: 0,
    mentions: 0,
    last: null,
    ...rest,
  }) as Room

const message = (seq: number, rest: Partial<Message> = {}) =>
  said(seq, { room: 'b', author_id: 'jonas', author_name: 'Jonas', body: 'Mara can.', ...rest })

function stage() {
  const cache = new QueryClient()
  cache.setQueryData(rooms.queryKey, [room('a'), room('b')])
  const look = vi.spyOn(cache, 'invalidateQueries')
  return { cache, look, now: () => cache.getQueryData(rooms.queryKey) ?? [] }
}

test('a room that is spoken in moves to the top with one more unread', () => {
  const { cache, now, look } = stage()
  roomHeard(cache, message(11), 'mara')
  expect(now().map(({ id, unread }) => [id, unread])).toEqual([
    ['b', 1],
    ['a', 0],
  ])
  expect(now()[0]?.last?.preview).toBe('Mara can.')
  expect(look).not.toHaveBeenCalled()
})

test('my own words are not unread', () => {
  const { cache, now } = stage()
  roomHeard(cache, message(11), 'jonas')
  expect(now()[0]).toMatchObject({ id: 'b', unread: 0, head: 11 })
})

test('who is named, or everybody, has one more mention', () => {
  const { cache, now } = stage()
  roomHeard(cache, message(11, { mentions: [{ kind: 'member', id: 'mara', name: 'Mara' }] }), 'mara')
  roomHeard(cache, message(12, { mentions: [{ kind: 'room', id: null, name: 'room' }] }), 'mara')
  roomHeard(cache, message(13, { mentions: [{ kind: 'member', id: 'ben', name: 'Ben' }] }), 'mara')
  expect(now()[0]).toMatchObject({ unread: 3, mentions: 2 })
})

test('a message heard twice counts once', () => {
  const { cache, now } = stage()
  roomHeard(cache, message(11), 'mara')
  roomHeard(cache, message(11), 'mara')
  expect(now()[0]?.unread).toBe(1)
})

test('what cannot be told from one event is looked up: a gap, a deletion of the unread, a notice', () => {
  for (const event of [
    message(14),
    { ...change(11, 11, { kind: 'deleted', moderated: false }), room: 'b' },
    { ...message(11), kind: 'notice' as const, what: 'renamed', subject: {} },
  ]) {
    const { cache, look } = stage()
    roomHeard(cache, event, 'mara')
    expect(look).toHaveBeenCalledOnce()
  }
})

test('an edit of the last words is seen in the list, and moves nothing', () => {
  const { cache, now } = stage()
  roomHeard(cache, message(11), 'mara')
  roomHeard(cache, message(11, { room: 'a' }), 'mara')
  roomHeard(cache, { ...change(12, 11, { kind: 'edited', body: 'Ben can.' }), room: 'b' }, 'mara')
  expect(now().map(({ id, last }) => [id, last?.preview])).toEqual([
    ['a', 'Mara can.'],
    ['b', 'Ben can.'],
  ])
})

test('a room nobody knew is looked up', () => {
  const { cache, look } = stage()
  roomHeard(cache, message(11, { room: 'new' }), 'mara')
  expect(look).toHaveBeenCalledOnce()
})

test('before the list is there, nothing is made up', () => {
  const cache = new QueryClient()
  roomHeard(cache, message(11), 'mara')
  expect(cache.getQueryData(rooms.queryKey)).toBeUndefined()
})

test('a read pointer moves on and never back', () => {
  const { cache, now } = stage()
  roomHeard(cache, message(11), 'mara')
  roomRead(cache, { room: 'b', read_seq: 13, unread: 1, mentions: 0 })
  expect(now()[0]).toMatchObject({ unread: 1, read_seq: 13 })
  roomRead(cache, { room: 'b', read_seq: 11, unread: 3, mentions: 0 })
  expect(now()[0]).toMatchObject({ unread: 1, read_seq: 13 })
})

test('a heartbeat puts right what was counted wrong, and finds what was missed', () => {
  const { cache, now, look } = stage()
  countsHeard(cache, { b: { read_seq: 10, unread: 4, mentions: 1 } })
  expect(now()[1]).toMatchObject({ unread: 4, mentions: 1 })
  roomHeadsHeard(cache, { a: { epoch: 1, seq: 10, nth: 10 } })
  expect(look).not.toHaveBeenCalled()
  roomHeadsHeard(cache, { a: { epoch: 1, seq: 11, nth: 10 } })
  expect(look).toHaveBeenCalledOnce()
})

test('the bell counts what the wire says', () => {
  const cache = new QueryClient()
  cache.setQueryData(me.queryKey, { unread_notifications: 1 } as never)
  notificationsCounted(cache, { unread: 4 })
  expect(cache.getQueryData(me.queryKey)?.unread_notifications).toBe(4)
})
