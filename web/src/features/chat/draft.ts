import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

import { rooms, type Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import { keepDraft } from './queries'

const KEPT_AFTER_MS = 1200

/**
 * What she began to write in a room. This device keeps it with each key; the hub a moment after the last one, so that it
 * waits on her other devices too. What this device could not give to the hub yet goes before what the hub has.
 */
export function useDraft(room: Room, thread?: string) {
  const me = useMember()
  const cache = useQueryClient()
  const key = `draft:${me.id}:${room.id}${thread ? `:${thread}` : ''}`
  const [text, setText] = useState(() => localStorage.getItem(key) ?? (thread ? '' : (room.draft ?? '')))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const synced = useRef(room.draft ?? '')

  const sync = (next: string) => {
    clearTimeout(timer.current)
    if (thread) return
    if (next === synced.current) return localStorage.removeItem(key)
    synced.current = next
    cache.setQueryData(rooms.queryKey, (before) =>
      before?.map((one) => (one.id === room.id ? { ...one, draft: next } : one)),
    )
    keepDraft(room.id, next)
      .then(() => localStorage.getItem(key) === next && localStorage.removeItem(key))
      .catch(() => undefined)
  }
  const change = (next: string) => {
    setText(next)
    if (next === '' && thread) localStorage.removeItem(key)
    else localStorage.setItem(key, next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => sync(next), next === '' ? 0 : KEPT_AFTER_MS)
  }
  const leave = useEffectEvent(() => {
    const last = localStorage.getItem(key)
    if (last !== null) sync(last)
  })
  useEffect(() => () => leave(), [])
  return [text, change] as const
}
