import { useEffect, useRef, useState } from 'react'

import { asProblem } from '@/lib/api'
import type { Timeline } from '@/lib/chat/timeline'
import type { Room } from '@/lib/queries/rooms'
import { socket } from '@/lib/socket'

const AGAIN_S = 5

/**
 * What is in view at the end counts as read, while the window is looked at. The hub is told, once more if that failed, and
 * again when the line is back. Answers how many messages have come since the end was last in view.
 */
export function useReadPointer(room: Room, held: Timeline, isAtEnd: boolean): number {
  const told = useRef(0)
  const { seq, nth } = held
  const roomId = room.id
  const unread = room.unread > 0 || room.read_seq < seq
  useEffect(() => {
    if (!isAtEnd || !unread) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const tell = (tries: number) => {
      if (isOver || seq <= told.current || document.visibilityState !== 'visible') return
      clearTimeout(timer)
      told.current = seq
      socket.ask('room.read', { room: roomId, seq }).catch((reason: unknown) => {
        if (told.current === seq) told.current = 0
        if (tries > 1) tellIn(asProblem(reason).retryAfter ?? AGAIN_S, tries - 1)
      })
    }
    const tellIn = (seconds: number, tries: number) => {
      timer = setTimeout(() => tell(tries), seconds * 1000)
    }
    const tellNow = () => tell(2)
    tellIn(0.3, 2)
    const unfollow = socket.onLive(tellNow)
    document.addEventListener('visibilitychange', tellNow)
    return () => {
      isOver = true
      clearTimeout(timer)
      unfollow()
      document.removeEventListener('visibilitychange', tellNow)
    }
  }, [roomId, seq, isAtEnd, unread])

  const [seen, setSeen] = useState(nth)
  if (isAtEnd && seen !== nth) setSeen(nth)
  return Math.max(0, nth - seen)
}
