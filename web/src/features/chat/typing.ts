import { useCallback, useEffect, useRef, useState } from 'react'

import { socket, useSocketEvent } from '@/lib/socket'

const SHOWN_MS = 4000
const TOLD_EVERY_MS = 2000

interface Typing {
  room: string
  member_id: string
  name: string
}

/** First names of those who write in the room now. Each is forgotten a few seconds after the last sign. */
export function useTyping(roomId: string): string[] {
  const [writers, setWriters] = useState<Record<string, { name: string; until: number }>>({})
  const heard = useCallback(
    (typing: Typing) => {
      if (typing.room !== roomId) return
      const name = typing.name.split(' ')[0] ?? typing.name
      setWriters((before) => ({ ...before, [typing.member_id]: { name, until: Date.now() + SHOWN_MS } }))
    },
    [roomId],
  )
  const said = useCallback(
    ({ room, author_id }: { room: string; author_id: string }) => {
      if (room !== roomId) return
      setWriters(({ [author_id]: _, ...others }) => others)
    },
    [roomId],
  )
  useSocketEvent('room.typing', heard)
  useSocketEvent('message.new', said)
  useEffect(() => {
    const timer = setInterval(() => {
      setWriters((before) => {
        const left = Object.entries(before).filter(([, { until }]) => until > Date.now())
        return left.length === Object.keys(before).length ? before : Object.fromEntries(left)
      })
    }, 1000)
    return () => clearInterval(timer)
  }, [])
  return Object.values(writers).map(({ name }) => name)
}

/** Tells the room that I write, not oftener than every two seconds. */
export function useTellTyping(roomId: string): () => void {
  const last = useRef(0)
  return useCallback(() => {
    const now = Date.now()
    if (now - last.current < TOLD_EVERY_MS) return
    last.current = now
    socket.tell('typing', { room: roomId })
  }, [roomId])
}
