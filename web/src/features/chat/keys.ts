import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'

import { outbox } from '@/lib/chat/outbox'
import { overlaid } from '@/lib/chat/overlay'
import { timelineKey } from '@/lib/chat/sync'
import type { Timeline } from '@/lib/chat/timeline'
import type { Message } from '@/lib/chat/wire'
import { isWriting, useHotkeys } from '@/lib/hooks/hotkeys'
import { rooms, type Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import type { PlaceInRoom } from './OpenRoom'
import { isMine, togglePin, useMay, type Acts } from './scene'

/** The keys of a room. The sheet behind "?" (KeysSheet) says them all. */
export function useRoomKeys(room: Room, place: PlaceInRoom, acts: Acts) {
  const cache = useQueryClient()
  const navigate = useNavigate()
  const turn = (step: number) => {
    const all = cache.getQueryData(rooms.queryKey) ?? []
    const next = all[all.findIndex(({ id }) => id === room.id) + step]
    if (next) void navigate({ to: '/chat/$roomId', params: { roomId: next.id } })
  }
  useHotkeys({
    'mod+f': () => place.open('search'),
    '?': () => place.open('keys'),
    c: () => document.querySelector<HTMLElement>('[data-room] textarea')?.focus(),
    m: () => document.querySelector<HTMLElement>('[data-room] [data-row][tabindex="0"]')?.focus(),
    '[': () => turn(-1),
    ']': () => turn(1),
  })
  useEscape(place)
  useMessageKeys(room, acts)
}

/** Escape closes what stands beside the talk, unless something nearer took it. */
function useEscape(place: PlaceInRoom) {
  const close = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !place.panel) return
    if (document.querySelector('[role=menu],[role=dialog]')) return
    place.close()
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => close(event)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** One letter does something with the message that has the focus. */
function useMessageKeys(room: Room, acts: Acts) {
  const cache = useQueryClient()
  const me = useMember()
  const may = useMay(room)
  const act = useEffectEvent((event: KeyboardEvent) => {
    const row = event.target
    if (!(row instanceof HTMLElement) || event.defaultPrevented || isWriting(row)) return
    if (event.ctrlKey || event.metaKey || event.altKey || !row.matches('[data-message]')) return
    const held = cache.getQueryData<Timeline>(timelineKey(room.id))
    const message = held && shownAs(held, row.dataset.message, me.id)
    if (!message || message.deleted_at || !may.write) return
    const mine = isMine(message, me)
    const run = deed(event.key, message, { acts, row, mine, mayDelete: mine || may.moderate })
    if (!run) return
    event.preventDefault()
    run()
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => act(event)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** The message as she sees it: what is on its way counts, so that a second P takes the pin off again. */
function shownAs({ messages, seq }: Timeline, messageId: string | undefined, myId: string) {
  const one = messages.filter(({ id }) => id === messageId)
  return overlaid(one, outbox.entries.get(), seq, myId)[0]?.message
}

interface Around {
  acts: Acts
  row: HTMLElement
  mine: boolean
  mayDelete: boolean
}

function deed(
  key: string,
  message: Message,
  { acts, row, mine, mayDelete }: Around,
): (() => void) | undefined {
  switch (key) {
    case 'r':
      return () => acts.reply(message)
    case 't':
      return () => acts.thread(message.thread ?? message.id)
    case 'a':
      return () => row.querySelector<HTMLElement>('[aria-haspopup=dialog]')?.click()
    case 'e':
      return mine && message.source === 'member' ? () => acts.edit(message) : undefined
    case 'p':
      return () => void togglePin(message)
    case 'Delete':
    case 'Backspace':
      return mayDelete ? () => acts.remove(message) : undefined
    default:
      return undefined
  }
}
