import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'

import { AvatarStack } from '@/components/Avatar'
import type { Wire } from '@/lib/api'
import type { Timeline } from '@/lib/chat/timeline'
import { serverClock, useNow } from '@/lib/clock'
import { someNames } from '@/lib/format'
import type { Room } from '@/lib/queries/rooms'
import { useConnectionStatus, useSocketEvent } from '@/lib/socket'

import { receipts } from './queries'
import { useScene } from './scene'
import { useT } from './t'
import { useTyping } from './typing'
import { isForEver, whenOver } from './until'

const SMALL = 12

/** Between the talk and the field: who writes, who has seen the last of mine, what the room asks for. */
export function Footing({ room, timeline }: { room: Room; timeline: Timeline }) {
  const t = useT()
  const writers = useTyping(room.id)
  return (
    <>
      <div className="flex h-6 shrink-0 items-center justify-between gap-3 px-4 text-xs text-ink-3 md:px-7">
        <p className="min-w-0 truncate" aria-live="polite">
          {writers.length > 0 && t('room.typing', { n: writers.length, name: writers[0] ?? '' })}
        </p>
        {room.members <= SMALL && <Seen room={room} timeline={timeline} />}
      </div>
      <Rules room={room} />
    </>
  )
}

/** Who has read my last message: in talks and small rooms. */
function Seen({ room, timeline }: { room: Room; timeline: Timeline }) {
  const t = useT()
  const { me, faces } = useScene()
  const isLive = useConnectionStatus() === 'live'
  const last = timeline.messages.findLast(({ thread }) => thread === null)
  const isMine = last?.author_id === me.id && !timeline.hasNewer
  const query = useQuery({ ...receipts(room.id), enabled: isMine && isLive })
  const seq = last?.seq ?? 0
  useSeen(room.id)
  if (!isMine || !query.data) return null
  const who = query.data.filter(({ member_id, read_seq }) => member_id !== me.id && read_seq >= seq)
  if (who.length === 0) return null
  if (room.kind === 'direct') return <p className="shrink-0">{t('room.seen')}</p>
  const people = who.map(({ member_id }) => faces.get(member_id) ?? { id: member_id, name: '' })
  const names = people.map(({ name }) => name).filter(Boolean)
  return (
    <p className="flex shrink-0 items-center gap-1.5" title={t('room.seenBy', { names: names.join(', ') })}>
      <span className="sr-only">{t('room.seenBy', { names: someNames(names, who.length, 5) })}</span>
      <AvatarStack people={people} size={18} max={5} />
    </p>
  )
}

/** Others read on while we look. */
function useSeen(roomId: string) {
  const cache = useQueryClient()
  const heard = useCallback(
    (seen: Wire<'Seen'>) => {
      if (seen.room !== roomId) return
      const { member_id, read_seq } = seen
      cache.setQueryData(
        receipts(roomId).queryKey,
        (before) =>
          before && [...before.filter((one) => one.member_id !== member_id), { member_id, read_seq }],
      )
    },
    [cache, roomId],
  )
  useSocketEvent('room.seen', heard)
}

/** What holds in the room now: closed, silenced, slow. */
function Rules({ room }: { room: Room }) {
  const t = useT()
  useNow(15_000)
  const now = serverClock.now()
  const silenced =
    room.silenced_until && Date.parse(room.silenced_until) > now ? room.silenced_until : undefined
  const words = room.archived_at
    ? t('room.archived')
    : silenced
      ? isForEver(silenced)
        ? t('room.silenced.ever')
        : t('room.silenced', { when: whenOver(silenced) })
      : room.slow_seconds
        ? t('room.slow', { n: room.slow_seconds })
        : undefined
  return words ? <p className="px-4 pb-2 text-sm text-ink-2 md:px-7">{words}</p> : null
}
