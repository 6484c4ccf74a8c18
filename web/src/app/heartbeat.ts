import type { QueryClient } from '@tanstack/react-query'

import { cursorsOf, headsHeard } from '@/lib/chat/sync'
import { rooms } from '@/lib/queries/rooms'
import { socket } from '@/lib/socket'

const EVERY_MS = 25_000

/** Keeps the member present and compares head seqs, so that even a lost last message is noticed. */
export function followHeads(cache: QueryClient): () => void {
  const beat = async () => {
    if (socket.status.get() !== 'live') return
    const known = cache.getQueryData(rooms.queryKey) ?? []
    const ids = [...new Set([...Object.keys(cursorsOf(cache)), ...known.map(({ id }) => id)])].slice(0, 200)
    const { heads } = await socket.ask<{ heads: Record<string, number> }>('heartbeat', { rooms: ids })
    headsHeard(cache, socket, heads)
    if (known.some((room) => (heads[room.id] ?? 0) > room.head))
      void cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true })
  }
  const timer = setInterval(() => void beat().catch(() => undefined), EVERY_MS)
  return () => clearInterval(timer)
}
