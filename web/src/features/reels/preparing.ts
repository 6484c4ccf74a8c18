import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import { useSocketEvent } from '@/lib/socket'

import { reel, reelFeed, type ReelPage } from './queries'

type Progress = Pick<ReelPage, 'state' | 'progress' | 'stage' | 'failure'> & { reel_id: string }

const ASK_AGAIN_MS = 2000

const isUnderWay = ({ state }: Pick<ReelPage, 'state'>) => state === 'waiting' || state === 'preparing'

/** How far the hub is with a clip: told by the wire, and asked for now and then in case the wire is down. */
export function usePreparing(id: string) {
  const cache = useQueryClient()
  useSocketEvent(
    'reel.progress',
    useCallback(
      ({ reel_id, ...told }: Progress) => {
        if (reel_id !== id) return
        cache.setQueryData(reel(id).queryKey, (before) => before && { ...before, ...told })
        if (told.state === 'ready') {
          void cache.invalidateQueries({ queryKey: reel(id).queryKey })
          void cache.invalidateQueries({ queryKey: reelFeed.queryKey })
        }
      },
      [cache, id],
    ),
  )
  return useQuery({
    ...reel(id),
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : ASK_AGAIN_MS),
  })
}
