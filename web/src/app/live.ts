import type { QueryClient } from '@tanstack/react-query'

import { api } from '@/lib/api'
import { followOutbox } from '@/lib/chat/outbox'
import { cursorsOf } from '@/lib/chat/sync'
import { session } from '@/lib/session'
import { socket } from '@/lib/socket'

import { createCache } from './cache'
import { events, REFETCHED } from './events'
import { followHeads } from './heartbeat'

/** The browser's pass for files of her rooms goes with her. */
const dropFilePass = () => api.DELETE('/api/v1/chat/pass').catch(() => undefined)

/** Where she wants to be told, the browser's subscription is kept alive, and known to this session. */
function keepPush(memberId: string) {
  if (localStorage.getItem('push') === memberId)
    void import('@/lib/push').then(({ keep }) => keep()).catch(() => undefined)
}

/** One cache and one socket for the signed-in member: both begin and end with the session. */
export function followSession(): QueryClient {
  const cache = createCache()
  let memberId: string | undefined
  let end: (() => void) | undefined

  const follow = () => {
    const state = session.state.get()
    const now = state.status === 'member' ? state.member.id : undefined
    if (now === memberId) return
    end?.()
    end = undefined
    // What one member saw is never shown to the next.
    if (memberId) {
      cache.clear()
      void dropFilePass()
    }
    memberId = now
    if (!now) return socket.stop()
    const endEvents = events.connect(cache, REFETCHED)
    const endHeads = followHeads(cache)
    const endOutbox = followOutbox(cache, now)
    end = () => [endEvents, endHeads, endOutbox].forEach((done) => done())
    socket.cursors(() => ({ cursors: cursorsOf(cache) }))
    void socket.start()
    keepPush(now)
  }

  session.state.subscribe(follow)
  addEventListener('online', () => void (session.state.get().status === 'member' && socket.start()))
  follow()
  return cache
}
