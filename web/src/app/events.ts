import { caughtUp, eventHeard, headsHeard, resync } from '@/lib/chat/sync'
import type { Head, RoomEvent, Stretch } from '@/lib/chat/wire'
import { me, notificationsCounted } from '@/lib/queries/me'
import { rankingMoved, somethingPosted } from '@/lib/queries/news'
import { roomHeadsHeard, roomHeard, roomRead, rooms, type Counts } from '@/lib/queries/rooms'
import { session } from '@/lib/session'
import { createDispatcher, socket } from '@/lib/socket'

/** Queries that may have missed pushes while the line was down. */
export const REFETCHED = [me.queryKey, rooms.queryKey, ['notifications']] as const

const myId = () => {
  const state = session.state.get()
  return state.status === 'member' ? state.member.id : undefined
}

/** Events that concern the whole app. A screen's own events are tied in its feature with `useSocketEvent`. */
export const events = createDispatcher(socket)
  .when<{ unread: number }>('notification.new', notificationsCounted)
  .when<{ unread: number }>('notification.count', notificationsCounted)
  .when<RoomEvent>('room.event', (cache, event) => {
    roomHeard(cache, event, myId())
    eventHeard(cache, socket, event)
  })
  .when<{ stretches: readonly Stretch[] }>('chat.sync', (cache, { stretches }) =>
    caughtUp(cache, socket, stretches),
  )
  .when<{ heads: Record<string, Head> }>('room.heads', (cache, { heads }) => {
    headsHeard(cache, socket, heads)
    roomHeadsHeard(cache, heads)
  })
  .when<{ within_ms?: number }>('resync', (cache, { within_ms = 0 }) => {
    // Everybody is told at once; that not everybody asks at once, each waits for a while by chance.
    setTimeout(() => {
      resync(cache, socket)
      void cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true })
    }, Math.random() * within_ms)
  })
  .when<{ room: string; here: boolean }>('room.changed', (cache, { room }) => {
    void cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true })
    void cache.invalidateQueries({ queryKey: ['roommates', room] })
  })
  .when<{ room: string; body: string }>('room.draft', (cache, { room, body }) =>
    cache.setQueryData(rooms.queryKey, (before) =>
      before?.map((one) => (one.id === room ? { ...one, draft: body } : one)),
    ),
  )
  .when<Counts & { room: string }>('room.read', roomRead)
  .when('feed.changed', rankingMoved)
  .when('feed.new', somethingPosted)
