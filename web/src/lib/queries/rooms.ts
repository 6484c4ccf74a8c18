import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { api, take, type Wire } from '@/lib/api'

export type Room = Wire<'RoomOut'>

/** My rooms, the one last written in first. The rail counts on it, so it is fetched with the shell. */
export const rooms = queryOptions({
  queryKey: ['rooms'],
  queryFn: async () => (await take(api.GET('/api/v1/rooms'))).data,
  staleTime: 60_000,
})

const PREVIEW = 120

/** A message came over the wire: its room moves to the top with one more unread, unless it is my own. */
export function roomHeard(cache: QueryClient, message: Wire<'MessageOut'>, myId: string | undefined) {
  const known = cache.getQueryData(rooms.queryKey)
  if (!known) return
  const room = known.find(({ id }) => id === message.room)
  if (!room) return void cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true })
  if (message.seq <= room.head) return
  const isMine = message.author_id === myId
  const { seq, author_id, author_name, at } = message
  const last = { seq, author_id, author_name, at, preview: message.body.slice(0, PREVIEW) }
  const readSeq = isMine ? seq : room.read_seq
  const heard = { ...room, last, head: seq, read_seq: readSeq, unread: seq - readSeq }
  cache.setQueryData(rooms.queryKey, [heard, ...known.filter(({ id }) => id !== room.id)])
}

/** The read pointer moved, here or on another device. It never moves back. */
export function roomRead(cache: QueryClient, pointer: Wire<'ReadPointer'>) {
  cache.setQueryData(rooms.queryKey, (before) =>
    before?.map((room) => {
      if (room.id !== pointer.room || pointer.read_seq <= room.read_seq) return room
      return { ...room, read_seq: pointer.read_seq, unread: Math.max(0, room.head - pointer.read_seq) }
    }),
  )
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
