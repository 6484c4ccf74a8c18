import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'

import type { Room } from '@/lib/queries/rooms'
import { socket, useSocketEvent } from '@/lib/socket'

import { here } from './queries'

interface PresenceChanged {
  room: string
  came: readonly string[]
  went: readonly string[]
  /** More changed than is told. */
  ask: boolean
}

/** Who of the room is here now. Asking makes this window one that has the room open: only such are told of changes. */
export function useHere(room: Room): readonly string[] | undefined {
  const cache = useQueryClient()
  const { queryKey } = here(room.id)
  const query = useQuery({ ...here(room.id), enabled: socket.status.get() === 'live' })
  const { refetch } = query
  useEffect(() => {
    if (socket.status.get() === 'live') void refetch()
    // A new line is another window to the hub: it asks again.
    return socket.onLive(() => void refetch())
  }, [refetch])
  const changed = useCallback(
    ({ room: roomId, came, went, ask }: PresenceChanged) => {
      if (roomId !== room.id) return
      if (ask) return void refetch()
      cache.setQueryData(
        queryKey,
        (before) => before && [...new Set([...before.filter((id) => !went.includes(id)), ...came])],
      )
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key is as stable as the room's id
    [cache, room.id, refetch],
  )
  useSocketEvent('presence.changed', changed)
  return query.data
}
