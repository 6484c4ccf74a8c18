import { useCallback, useEffect, useRef, useState } from 'react'

import type { RoomEvent } from '@/lib/chat/wire'
import { socket, useSocketEvent } from '@/lib/socket'

const SHOWN_MS = 4000
const TOLD_EVERY_MS = 2000

interface Typing {
  room: string
  member_id: string
  name: string
  on?: boolean
}

/** First names of those who write in the room now. Each is forgotten a few seconds after the last sign. */
export function useTyping(roomId: string): string[] {
  const [writers, setWriters] = useState<Record<string, { name: string; until: number }>>({})
  const heard = useCallback(
    (typing: Typing) => {
      if (typing.room !== roomId) return
      const name = typing.name.split(' ')[0] ?? typing.name
      const until = typing.on === false ? 0 : Date.now() + SHOWN_MS
      setWriters((before) => ({ ...before, [typing.member_id]: { name, until } }))
    },
    [roomId],
  )
  const said = useCallback(
    ({ room, by, kind }: RoomEvent) => {
      if (room !== roomId || by === null || kind !== 'message') return
      setWriters(({ [by]: _, ...others }) => others)
    },
    [roomId],
  )
  useSocketEvent('room.typing', heard)
  useSocketEvent('room.event', said)
  useEffect(() => {
    const timer = setInterval(() => {
      setWriters((before) => {
        const left = Object.entries(before).filter(([, { until }]) => until > Date.now())
        return left.length === Object.keys(before).length ? before : Object.fromEntries(left)
      })
    }, 1000)
    return () => clearInterval(timer)
  }, [])
  return Object.values(writers)
    .filter(({ until }) => until > 0)
    .map(({ name }) => name)
}

/** Tells the room that I write, not oftener than every two seconds, and that I stopped. */
export function useTellTyping(roomId: string): (isWriting: boolean) => void {
  const last = useRef(0)
  return useCallback(
    (isWriting) => {
      const now = Date.now()
      const isKnown = now - last.current < TOLD_EVERY_MS
      if (isWriting ? isKnown : last.current === 0) return
      last.current = isWriting ? now : 0
      socket.tell('typing', { room: roomId, on: isWriting })
    },
    [roomId],
  )
}
