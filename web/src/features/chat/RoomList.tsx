import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { CountBadge } from '@/components/Badge'
import { IconButton } from '@/components/Button'
import { Crest } from '@/components/Crest'
import { EmptyState } from '@/components/EmptyState'
import { Hue } from '@/components/Hue'
import { PlusIcon, SearchIcon } from '@/components/icons'
import { Loaded } from '@/components/Loaded'
import { RowsSkeleton } from '@/components/Skeleton'
import { useNow } from '@/lib/clock'
import { cx } from '@/lib/cx'
import { listTime } from '@/lib/format'
import { rooms, type Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import { NewTalk } from './NewTalk'
import { useT } from './t'

/** My rooms, the one last written in first, with a field that narrows them. */
export function RoomList({ openId }: { openId?: string }) {
  const t = useT()
  const query = useQuery(rooms)
  const [text, setText] = useState('')
  const [isAsking, setAsking] = useState(false)
  const wanted = text.trim().toLocaleLowerCase()
  return (
    <>
      <header className="flex items-center justify-between px-5 pt-5 pb-3.5">
        <h1 className="text-xl">{t('chat.title')}</h1>
        <IconButton label={t('talk.new')} icon={PlusIcon} onClick={() => setAsking(true)} />
      </header>
      <label className="relative mx-3 mb-3 block">
        <SearchIcon size={18} className="absolute top-1/2 left-3.5 -translate-y-1/2 text-ink-3" />
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t('chat.find')}
          placeholder={t('chat.find')}
          className="h-11 w-full rounded-control border border-line bg-surface pr-3 pl-10 text-md outline-none placeholder:text-ink-3 focus:border-ink-3"
        />
      </label>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-4">
        <Loaded
          query={query}
          skeleton={<RowsSkeleton rows={6} />}
          empty={<EmptyState drawing="chat" title={t('chat.empty')} words={t('chat.empty.words')} />}
        >
          {(all) => {
            const shown = all.filter(({ title }) => title.toLocaleLowerCase().includes(wanted))
            return (
              <nav aria-label={t('chat.rooms')}>
                {shown.length === 0 && <p className="px-2 py-6 text-sm text-ink-2">{t('chat.find.none')}</p>}
                {shown.map((room) => (
                  <RoomLink key={room.id} room={room} isOpen={room.id === openId} />
                ))}
              </nav>
            )
          }}
        </Loaded>
      </div>
      {isAsking && <NewTalk onClose={() => setAsking(false)} />}
    </>
  )
}

function RoomLink({ room, isOpen }: { room: Room; isOpen: boolean }) {
  const t = useT()
  const me = useMember()
  const now = useNow(60_000)
  const [other] = room.others
  const { last } = room
  const said = last && (last.author_id === me.id ? t('chat.you') : last.author_name.split(' ')[0])
  return (
    <Hue value={room.hue}>
      <Link
        to="/chat/$roomId"
        params={{ roomId: room.id }}
        aria-current={isOpen ? 'page' : undefined}
        className={cx(
          'flex items-center gap-3 rounded-control border border-transparent px-2 py-2.5 transition-colors',
          isOpen ? 'border-line! bg-surface' : 'hover:bg-sunken',
        )}
      >
        {other ? <Avatar person={other} size={40} /> : <Crest name={room.title} hue={room.hue} size={40} />}
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline justify-between gap-2">
            <span className="truncate text-md font-semibold">{room.title}</span>
            {last && <span className="num shrink-0 text-xs text-ink-3">{listTime(last.at, now)}</span>}
          </span>
          <span className="flex items-center justify-between gap-2">
            <span className="truncate text-sm text-ink-2">
              {last ? (other ? last.preview : `${said ?? ''}: ${last.preview}`) : t('room.empty')}
            </span>
            <CountBadge count={room.unread} label={t('chat.unread', { n: room.unread })} />
          </span>
        </span>
      </Link>
    </Hue>
  )
}
