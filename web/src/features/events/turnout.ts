import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import { useSocketEvent } from '@/lib/socket'

import { event } from './queries'

interface Turnout {
  event_id: string
  going: number
  waiting: number
  capacity: number | null
}

/** Seats are taken while one looks: the count moves at once, the faces and my place in line follow. */
export function useTurnout(eventId: string) {
  const cache = useQueryClient()
  useSocketEvent(
    'event.answers',
    useCallback(
      ({ event_id, going, waiting, capacity }: Turnout) => {
        if (event_id !== eventId) return
        const { queryKey } = event(eventId)
        cache.setQueryData(queryKey, (page) => page && { ...page, going, waiting, capacity })
        void cache.invalidateQueries({ queryKey })
      },
      [cache, eventId],
    ),
  )
}
