import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'

import { announce } from '@/lib/announce'
import { socket, useSocketEvent } from '@/lib/socket'

import { resultsCameIn } from './queries'
import { useT } from './t'

interface Settled {
  home: string
  away: string
  score: { home: number; away: number } | null
}

/** Results come over the wire while the board is open; a line that was lost asks for them again. */
export function useResults() {
  const t = useT()
  const cache = useQueryClient()
  useEffect(() => {
    const follow = () => socket.tell('fixtures.follow', {})
    follow()
    const leave = socket.onLive(() => {
      follow()
      resultsCameIn(cache)
    })
    return () => {
      leave()
      socket.tell('fixtures.unfollow', {})
    }
  }, [cache])
  useSocketEvent<Settled>(
    'fixture.settled',
    useCallback(
      ({ home, away, score }) => {
        resultsCameIn(cache)
        if (score) announce(t('settled.plain', { home, away, score: `${score.home}–${score.away}` }))
      },
      [cache, t],
    ),
  )
}
