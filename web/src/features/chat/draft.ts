import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

import { rooms, type Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import { keepDraft } from './queries'

const KEPT_AFTER_MS = 1200

/**
 * What she began to write in a room. This device keeps it with each key; the hub a moment after the last one, so that it
 * waits on her other devices too. What this device could not give to the hub yet goes before what the hub has; a field
 * that holds just what the hub had follows it. What is begun in a thread stays on this device.
 */
export function useDraft(room: Room, thread?: string) {
  const me = useMember()
  const cache = useQueryClient()
  const key = `draft:${me.id}:${room.id}${thread ? `:${thread}` : ''}`
  const hubs = thread ? '' : (room.draft ?? '')
  const [text, setText] = useState(() => localStorage.getItem(key) ?? hubs)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** What the hub has, as far as we know; undefined when it could not be told. */
  const synced = useRef<string | undefined>(hubs)

  const [heard, setHeard] = useState(hubs)
  if (heard !== hubs) {
    setHeard(hubs)
    if (text === heard && (localStorage.getItem(key) ?? hubs) === hubs) setText(hubs)
  }
  useEffect(() => void (synced.current = hubs), [hubs])

  const sync = (words: string) => {
    clearTimeout(timer.current)
    if (thread) return
    // The hub keeps no blanks alone.
    const next = words.trim() === '' ? '' : words
    if (next === synced.current) return localStorage.removeItem(key)
    synced.current = next
    show(cache, room.id, next)
    keepDraft(room.id, next)
      .then(() => {
        if (localStorage.getItem(key) === words) localStorage.removeItem(key)
        askAnew(cache)
      })
      .catch(() => {
        if (synced.current === next) synced.current = undefined
      })
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

const show = (cache: QueryClient, roomId: string, draft: string) =>
  cache.setQueryData(rooms.queryKey, (before) =>
    before?.map((one) => (one.id === roomId ? { ...one, draft } : one)),
  )

/** A list of rooms that was asked for before the hub had the draft would take it back. */
function askAnew(cache: QueryClient) {
  const list = { queryKey: rooms.queryKey, exact: true }
  if (cache.isFetching(list)) void cache.invalidateQueries(list)
}
