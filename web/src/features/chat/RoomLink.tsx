import { Link } from '@tanstack/react-router'

import { Avatar, AvatarStack } from '@/components/Avatar'
import { CountBadge } from '@/components/Badge'
import { Crest } from '@/components/Crest'
import { Hue } from '@/components/Hue'
import { HashIcon, MutedIcon } from '@/components/icons-more'
import { serverClock, useNow } from '@/lib/clock'
import { cx } from '@/lib/cx'
import { listTime } from '@/lib/format'
import type { Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import { useT } from './t'

/** A room in the list: who spoke last, what is unread, and whether it calls her. */
export function RoomLink({ room, isOpen }: { room: Room; isOpen: boolean }) {
  const t = useT()
  const now = useNow(60_000)
  const isQuiet = Boolean(room.quiet_until && Date.parse(room.quiet_until) > serverClock.now())
  const isMuted = isQuiet || room.level === 'none'
  return (
    <Hue value={room.hue}>
      <Link
        to="/chat/$roomId"
        params={{ roomId: room.id }}
        aria-current={isOpen ? 'page' : undefined}
        className={cx(
          'flex items-center gap-3 rounded-control border border-transparent px-2 py-2.5 transition-colors',
          isOpen ? 'border-line! bg-surface' : 'hover:bg-sunken',
          room.archived_at && 'opacity-60',
        )}
      >
        <Sign room={room} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline justify-between gap-2">
            <span className="truncate text-md font-semibold">{room.title}</span>
            {room.last && (
              <span className="num shrink-0 text-xs text-ink-3">{listTime(room.last.at, now)}</span>
            )}
          </span>
          <span className="flex items-center justify-between gap-2">
            <LastWords room={room} isOpen={isOpen} />
            {isMuted && (
              <span className="shrink-0 text-ink-3" title={t('chat.muted')}>
                <MutedIcon size={14} />
                <span className="sr-only">{t('chat.muted')}</span>
              </span>
            )}
            {room.mentions > 0 && (
              <span className="num inline-grid size-5 shrink-0 place-items-center rounded-pill bg-live text-xs font-bold text-paper">
                <span aria-hidden="true">@</span>
                <span className="sr-only">{t('chat.mentions', { n: room.mentions })}</span>
              </span>
            )}
            <CountBadge
              count={room.unread}
              label={t('chat.unread', { n: room.unread })}
              className={isMuted ? 'opacity-60' : undefined}
            />
          </span>
        </span>
      </Link>
    </Hue>
  )
}

function Sign({ room }: { room: Room }) {
  const [other] = room.others
  if (room.kind === 'direct' && other) return <Avatar person={other} size={40} />
  if (room.kind === 'group' && other)
    return (
      <span className="grid size-10 shrink-0 place-items-center">
        <AvatarStack people={room.others} size={24} max={2} />
      </span>
    )
  if (room.kind === 'club') return <Crest name={room.title} hue={room.hue} size={40} />
  return (
    <span className="grid size-10 shrink-0 place-items-center rounded-control bg-accent-soft text-accent-text">
      <HashIcon size={20} />
    </span>
  )
}

function LastWords({ room, isOpen }: { room: Room; isOpen: boolean }) {
  const t = useT()
  const me = useMember()
  const { last } = room
  if (room.draft && !isOpen)
    return <span className="truncate text-sm text-accent-text">{t('chat.draft', { words: room.draft })}</span>
  const words = last && (last.is_deleted ? t('message.deleted.quote') : last.preview || t('chat.card'))
  const who = last && (last.author_id === me.id ? t('chat.you') : last.author_name.split(' ')[0])
  return (
    <span className="min-w-0 flex-1 truncate text-sm text-ink-2">
      {last ? (room.kind === 'direct' ? words : `${who ?? ''}: ${words ?? ''}`) : t('room.empty')}
    </span>
  )
}
