import { useEffect, useRef, useState } from 'react'

import type { Timeline } from '@/lib/chat/timeline'
import type { Room } from '@/lib/queries/rooms'
import { socket } from '@/lib/socket'

/**
 * What is in view at the end counts as read, while the window is looked at. Answers how many messages have come since
 * the end was last in view.
 */
export function useReadPointer(room: Room, held: Timeline, isAtEnd: boolean): number {
  const told = useRef(0)
  const { seq, nth } = held
  const roomId = room.id
  const unread = room.unread > 0 || room.read_seq < seq
  useEffect(() => {
    const tell = () => {
      if (!isAtEnd || !unread || seq <= told.current || document.visibilityState !== 'visible') return
      told.current = seq
      socket.ask('room.read', { room: roomId, seq }).catch(() => (told.current = 0))
    }
    const timer = setTimeout(tell, 300)
    document.addEventListener('visibilitychange', tell)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', tell)
    }
  }, [roomId, seq, isAtEnd, unread])

  const [seen, setSeen] = useState(nth)
  if (isAtEnd && seen !== nth) setSeen(nth)
  return Math.max(0, nth - seen)
}
