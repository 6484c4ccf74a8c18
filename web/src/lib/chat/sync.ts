import type { QueryClient } from '@tanstack/react-query'

import type { Connection } from '@/lib/socket/connection'

import { filled, heard, isBehind, lastOf, type Message, type Stretch, type Timeline } from './timeline'

export const timelineKey = (roomId: string) => ['timeline', roomId] as const

type Ask = Pick<Connection, 'ask'>

const held = (cache: QueryClient) =>
  cache
    .getQueriesData<Timeline>({ queryKey: ['timeline'] })
    .flatMap(([key, timeline]) => (timeline ? [[String(key[1]), timeline] as const] : []))

/** What goes into the CONNECT: how far we are in each room we hold. */
export function cursorsOf(cache: QueryClient): Record<string, number> {
  return Object.fromEntries(held(cache).map(([roomId, timeline]) => [roomId, lastOf(timeline)]))
}

export function messageHeard(cache: QueryClient, connection: Ask, message: Message) {
  change(cache, connection, message.room, (timeline) => heard(timeline, message))
}

/** The answer to our cursors: what was missed, or the word that it was too much. */
export function caughtUp(cache: QueryClient, connection: Ask, stretches: readonly Stretch[]) {
  for (const stretch of stretches) {
    if (stretch.reset) void cache.invalidateQueries({ queryKey: timelineKey(stretch.room) })
    else change(cache, connection, stretch.room, (timeline) => filled(timeline, stretch))
  }
}

/** Head seqs from a heartbeat: a lost last message is noticed here. */
export function headsHeard(cache: QueryClient, connection: Ask, heads: Record<string, number>) {
  for (const [roomId, head] of Object.entries(heads)) {
    change(cache, connection, roomId, (timeline) => (head > timeline.head ? { ...timeline, head } : timeline))
  }
}

function change(cache: QueryClient, connection: Ask, roomId: string, step: (timeline: Timeline) => Timeline) {
  const after = cache.setQueryData<Timeline>(timelineKey(roomId), (before) => before && step(before))
  if (after && isBehind(after)) void fillGap(cache, connection, roomId)
}

const filling = new Set<string>()

/** Asks for what is missing until nothing is. One at a time per room; a failure is mended by the next heartbeat. */
async function fillGap(cache: QueryClient, connection: Ask, roomId: string) {
  if (filling.has(roomId)) return
  filling.add(roomId)
  try {
    for (;;) {
      const before = cache.getQueryData<Timeline>(timelineKey(roomId))
      if (!before || !isBehind(before)) return
      const gap = { room: roomId, after: lastOf(before), limit: 200 }
      const stretch = await connection.ask<Stretch>('room.gap', gap)
      cache.setQueryData<Timeline>(timelineKey(roomId), (now) => now && filled(now, stretch))
      if (stretch.messages.length === 0) return
    }
  } catch {
    // Offline, or the line broke: the reconnect brings cursors and heads again.
  } finally {
    filling.delete(roomId)
  }
}
