import type { QueryClient } from '@tanstack/react-query'

import { cursorsOf, headsHeard } from '@/lib/chat/sync'
import type { Head } from '@/lib/chat/wire'
import { countsHeard, roomHeadsHeard, rooms, type Counts, type Room } from '@/lib/queries/rooms'
import { socket } from '@/lib/socket'

const EVERY_MS = 25_000
const MOST = 200

interface Beat {
  heads: Record<string, Head>
  /** Only of rooms where the hub counts otherwise than we do. */
  counts?: Record<string, Counts>
}

const countsOf = (known: readonly Room[]): Record<string, Counts> =>
  Object.fromEntries(
    known
      .slice(0, MOST)
      .map(({ id, read_seq, unread, mentions = 0 }) => [id, { read_seq, unread, mentions }]),
  )

/** Keeps the member present and compares head seqs, so that even a lost last message is noticed. */
export function followHeads(cache: QueryClient): () => void {
  const beat = async () => {
    if (socket.status.get() !== 'live') return
    const known = cache.getQueryData(rooms.queryKey) ?? []
    const ids = [...new Set([...Object.keys(cursorsOf(cache)), ...known.map(({ id }) => id)])].slice(0, MOST)
    const { heads, counts } = await socket.ask<Beat>('heartbeat', { rooms: ids, counts: countsOf(known) })
    headsHeard(cache, socket, heads)
    roomHeadsHeard(cache, heads)
    countsHeard(cache, counts ?? {})
  }
  const timer = setInterval(() => void beat().catch(() => undefined), EVERY_MS)
  return () => clearInterval(timer)
}
