import { queryOptions, type QueryClient } from '@tanstack/react-query'

import { api, take } from '@/lib/api'
import { timelineKey } from '@/lib/chat/sync'
import { extended, opened, PAGE, type Timeline } from '@/lib/chat/timeline'
import { socket } from '@/lib/socket'

const page = (roomId: string, before?: number) =>
  take(
    api.GET('/api/v1/rooms/{room_id}/messages', {
      params: { path: { room_id: roomId }, query: { before, limit: PAGE } },
    }),
  )

/** The newest page; from then on the wire writes into it, so it is never old by itself. */
export const timeline = (roomId: string) =>
  queryOptions({
    queryKey: timelineKey(roomId),
    queryFn: async (): Promise<Timeline> => opened(await page(roomId)),
    staleTime: Infinity,
    gcTime: 30 * 60_000,
  })

export async function loadOlder(cache: QueryClient, roomId: string) {
  const before = cache.getQueryData<Timeline>(timelineKey(roomId))
  const first = before?.messages[0]?.seq
  if (!first || !before.hasOlder) return
  const older = await page(roomId, first)
  cache.setQueryData<Timeline>(timelineKey(roomId), (now) => now && extended(now, older))
}

/** Who of a room is connected. */
export const here = (roomId: string) =>
  queryOptions({
    queryKey: ['here', roomId],
    queryFn: async () => {
      const { members } = await socket.ask<{ members: string[] }>('presence.here', { room: roomId })
      return members
    },
    staleTime: 60_000,
    retry: false,
  })

export const peopleNamed = (text: string) =>
  queryOptions({
    queryKey: ['people-named', text],
    queryFn: async () => {
      const query = { q: text, kinds: ['person' as const] }
      const { data } = await take(api.GET('/api/v1/search', { params: { query } }))
      return data
    },
    enabled: text.trim().length > 1,
    staleTime: 30_000,
  })
