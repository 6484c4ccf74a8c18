import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { once } from '@/lib/api'
import { serverClock } from '@/lib/clock'
import { rooms, type Room } from '@/lib/queries/rooms'
import { uuidv7 } from '@/lib/uuid'

import { call } from './call'
import { roommates } from './queries'

export type Quiet = 'no' | 'hour' | 'day' | 'ever'
const MINUTES: Record<Quiet, number> = { no: 0, hour: 60, day: 1440, ever: 525_600 }

const patch = (cache: QueryClient, roomId: string, change: Partial<Room>) =>
  cache.setQueryData(rooms.queryKey, (before) =>
    before?.map((room) => (room.id === roomId ? { ...room, ...change } : room)),
  )

const lookAgain = (cache: QueryClient) => cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true })

/** What I am told of, and for how long of nothing. */
export function useSetLevel(room: Room) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ level, quiet }: { level?: Room['level']; quiet?: Quiet }) => {
      const left = room.quiet_until ? Math.max(0, Date.parse(room.quiet_until) - serverClock.now()) : 0
      const minutes = quiet ? MINUTES[quiet] : Math.ceil(left / 60_000)
      return call<{ level: Room['level']; quiet_until: string | null }>('PUT', `/rooms/${room.id}/level`, {
        body: { level: level ?? room.level ?? null, quiet_minutes: Math.min(minutes, MINUTES.ever) },
      })
    },
    onMutate: ({ level }) => void (level && patch(cache, room.id, { level })),
    onSuccess: ({ level, quiet_until }) => void patch(cache, room.id, { level, quiet_until }),
    onError: () => void lookAgain(cache),
  })
}

export interface RoomWish {
  title?: string
  topic?: string
  archived?: boolean
}

export function useChangeRoom(room: Room) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (wish: RoomWish) => call('PATCH', `/rooms/${room.id}`, { body: wish }),
    onSuccess: (_answer, { title, topic }) => {
      patch(cache, room.id, { ...(title !== undefined && { title }), ...(topic !== undefined && { topic }) })
      return lookAgain(cache)
    },
  })
}

export function useLeaveRoom(room: Room) {
  const cache = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => call('POST', `/rooms/${room.id}/leave`),
    onSuccess: async () => {
      await navigate({ to: '/chat' })
      cache.setQueryData(rooms.queryKey, (before) => before?.filter(({ id }) => id !== room.id))
      return lookAgain(cache)
    },
  })
}

/** Comes into an open room, and shows it. */
export function useJoinRoom() {
  const cache = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (roomId: string) => call('POST', `/rooms/${roomId}/join`),
    onSuccess: async (_answer, roomId) => {
      await lookAgain(cache)
      await navigate({ to: '/chat/$roomId', params: { roomId } })
    },
  })
}

export interface NewRoom {
  kind: 'public' | 'private' | 'group'
  club_id?: string
  title?: string
  topic?: string
  members?: readonly string[]
}

export function useMakeRoom() {
  const cache = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (wish: NewRoom) => call<Room>('POST', '/rooms', { body: wish, headers: once(uuidv7()) }),
    onSuccess: async (room) => {
      cache.setQueryData(
        rooms.queryKey,
        (before) => before && [room, ...before.filter(({ id }) => id !== room.id)],
      )
      await navigate({ to: '/chat/$roomId', params: { roomId: room.id } })
    },
  })
}

/** Who is in a room, and what each is there. */
export function useMembership(room: Room) {
  const cache = useQueryClient()
  const done = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: roommates(room.id).queryKey }),
      cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true }),
    ])
  const invite = useMutation({
    mutationFn: (members: readonly string[]) =>
      call('POST', `/rooms/${room.id}/members`, { body: { members } }),
    onSuccess: done,
  })
  const remove = useMutation({
    mutationFn: (memberId: string) => call('DELETE', `/rooms/${room.id}/members/${memberId}`),
    onSuccess: done,
  })
  const setRole = useMutation({
    mutationFn: ({ memberId, role }: { memberId: string; role: 'moderator' | 'member' }) =>
      call('PUT', `/rooms/${room.id}/members/${memberId}/role`, { body: { role } }),
    onSuccess: done,
  })
  return { invite, remove, setRole }
}
