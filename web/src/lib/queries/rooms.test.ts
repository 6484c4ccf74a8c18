import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'

import type { Wire } from '@/lib/api'

import { me, notificationsCounted } from './me'
import { roomHeard, roomRead, rooms, type Room } from './rooms'

const room = (id: string, rest: Partial<Room> = {}): Room => ({
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
  last: null,
  ...rest,
})

const message = (rest: Partial<Wire<'MessageOut'>> = {}): Wire<'MessageOut'> => ({
  id: 'x',
  room: 'b',
  seq: 11,
  client_id: 'c',
  author_id: 'jonas',
  author_name: 'Jonas',
  body: 'Mara can.',
  reply_to: null,
  at: '2026-11-21T14:01:00Z',
  ...rest,
})

function stage() {
  const cache = new QueryClient()
  cache.setQueryData(rooms.queryKey, [room('a'), room('b')])
  return { cache, now: () => cache.getQueryData(rooms.queryKey) ?? [] }
}

test('a room that is spoken in moves to the top with one more unread', () => {
  const { cache, now } = stage()
  roomHeard(cache, message(), 'mara')
  expect(now().map(({ id, unread }) => [id, unread])).toEqual([
    ['b', 1],
    ['a', 0],
  ])
  expect(now()[0]?.last?.preview).toBe('Mara can.')
})

test('my own words are read', () => {
  const { cache, now } = stage()
  roomHeard(cache, message(), 'jonas')
  expect(now()[0]).toMatchObject({ id: 'b', unread: 0, read_seq: 11 })
})

test('a message heard twice counts once', () => {
  const { cache, now } = stage()
  roomHeard(cache, message(), 'mara')
  roomHeard(cache, message(), 'mara')
  expect(now()[0]?.unread).toBe(1)
})

test('a gap counts what is behind it too', () => {
  const { cache, now } = stage()
  roomHeard(cache, message({ seq: 14 }), 'mara')
  expect(now()[0]?.unread).toBe(4)
})

test('a room nobody knew is looked up', () => {
  const { cache } = stage()
  const look = vi.spyOn(cache, 'invalidateQueries')
  roomHeard(cache, message({ room: 'new' }), 'mara')
  expect(look).toHaveBeenCalledOnce()
})

test('before the list is there, nothing is made up', () => {
  const cache = new QueryClient()
  roomHeard(cache, message(), 'mara')
  expect(cache.getQueryData(rooms.queryKey)).toBeUndefined()
})

test('a read pointer moves on and never back', () => {
  const { cache, now } = stage()
  roomHeard(cache, message({ seq: 14 }), 'mara')
  roomRead(cache, { room: 'b', read_seq: 13, unread: 1 })
  expect(now()[0]).toMatchObject({ unread: 1, read_seq: 13 })
  roomRead(cache, { room: 'b', read_seq: 11, unread: 3 })
  expect(now()[0]).toMatchObject({ unread: 1, read_seq: 13 })
})

test('the bell counts what the wire says', () => {
  const cache = new QueryClient()
  cache.setQueryData(me.queryKey, { unread_notifications: 1 } as never)
  notificationsCounted(cache, { unread: 4 })
  expect(cache.getQueryData(me.queryKey)?.unread_notifications).toBe(4)
})
