import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { api, take, type Wire } from '@/lib/api'
import type { Head, MessageEvent, RoomEvent } from '@/lib/chat/wire'

export type Room = Wire<'RoomOut'>
export interface Counts {
  read_seq: number
  unread: number
  mentions: number
}

/** My rooms, the one last written in first. The rail counts on it, so it is fetched with the shell. */
export const rooms = queryOptions({
  queryKey: ['rooms'],
  queryFn: async (): Promise<Room[]> => (await take(api.GET('/api/v1/rooms'))).data,
  staleTime: 60_000,
})

const PREVIEW = 120

const lookAgain = (cache: QueryClient) =>
  void cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true })

/** Something happened in a room: its line in the list follows. What cannot be told from the event alone is looked up. */
export function roomHeard(cache: QueryClient, event: RoomEvent, myId: string | undefined) {
  const known = cache.getQueryData(rooms.queryKey)
  if (!known) return
  const room = known.find(({ id }) => id === event.room)
  if (!room) return lookAgain(cache)
  if (event.seq <= room.head) return
  if (event.seq > room.head + 1 || isUnclear(event, room)) lookAgain(cache)
  const after = { ...room, head: event.seq }
  if (event.kind === 'edited' && room.last?.seq === event.target_seq)
    after.last = { ...room.last, preview: event.body.slice(0, PREVIEW) }
  if (event.kind !== 'message') return put(cache, known, after)
  const others = known.filter(({ id }) => id !== room.id)
  cache.setQueryData(rooms.queryKey, [{ ...after, ...spokenIn(room, event, myId) }, ...others])
}

/** Only the hub knows what was deleted from what I had not read, and what a notice changed. */
const isUnclear = (event: RoomEvent, room: Room) =>
  event.kind === 'notice' ||
  (event.kind === 'deleted' && (event.target_seq > room.read_seq || event.target_seq === room.last?.seq))

const put = (cache: QueryClient, known: Room[], after: Room) =>
  void cache.setQueryData(
    rooms.queryKey,
    known.map((room) => (room.id === after.id ? after : room)),
  )

function spokenIn(room: Room, { message }: MessageEvent, myId: string | undefined) {
  const { seq, author_name, at, body, attachments } = message
  const preview = body.slice(0, PREVIEW) || (attachments[0]?.name ?? '')
  const last = { seq, author_id: message.author_id, author_name, at, preview } as Room['last']
  if (message.author_id !== null && message.author_id === myId) return { last }
  // Who hears of it live is here, so @here calls her.
  const named = message.mentions.some(({ kind, id }) => kind !== 'member' || id === myId)
  return { last, unread: room.unread + 1, mentions: (room.mentions ?? 0) + (named ? 1 : 0) }
}

/** The read pointer moved, here or on another device. It never moves back. */
export function roomRead(cache: QueryClient, pointer: Counts & { room: string }) {
  countsHeard(cache, { [pointer.room]: pointer })
}

/** Exact counts, as the hub has them. */
export function countsHeard(cache: QueryClient, counts: Record<string, Partial<Counts>>) {
  cache.setQueryData(rooms.queryKey, (before) =>
    before?.map((room) => {
      const now = counts[room.id]
      if (!now || (now.read_seq ?? 0) < room.read_seq) return room
      return {
        ...room,
        read_seq: now.read_seq ?? room.read_seq,
        unread: now.unread ?? room.unread,
        mentions: now.mentions ?? room.mentions,
      }
    }),
  )
}

/** Heads from a heartbeat: a room that went on without us is looked up. */
export function roomHeadsHeard(cache: QueryClient, heads: Record<string, Head>) {
  const known = cache.getQueryData(rooms.queryKey) ?? []
  if (known.some((room) => (heads[room.id]?.seq ?? 0) > room.head)) lookAgain(cache)
}

/** Opens (or finds) the talk with a member, puts it into the list and goes there. */
export function useDirectTalk() {
  const cache = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (memberId: string) =>
      take(api.POST('/api/v1/rooms/direct', { body: { member_id: memberId } })),
    onSuccess: async (room) => {
      cache.setQueryData(rooms.queryKey, (before) =>
        before && !before.some(({ id }) => id === room.id) ? [room, ...before] : before,
      )
      await navigate({ to: '/chat/$roomId', params: { roomId: room.id } })
    },
  })
}
