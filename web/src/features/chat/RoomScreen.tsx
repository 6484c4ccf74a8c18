import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'

import { Avatar } from '@/components/Avatar'
import { ConnectionChip } from '@/components/ConnectionChip'
import { Crest } from '@/components/Crest'
import { EmptyState, ErrorState } from '@/components/EmptyState'
import { Hue } from '@/components/Hue'
import { BackIcon } from '@/components/icons'
import { Loading, RowsSkeleton } from '@/components/Skeleton'
import { rooms, type Room } from '@/lib/queries/rooms'
import { useConnectionStatus } from '@/lib/socket'

import { Composer } from './Composer'
import { useFaces } from './faces'
import { startOutbox, useOutbox } from './outbox'
import { here, timeline } from './queries'
import { useT } from './t'
import { Talk } from './Talk'
import { useTyping } from './typing'

export function RoomScreen() {
  const { roomId } = useParams({ from: '/house/chat/$roomId' })
  const t = useT()
  const all = useQuery(rooms)
  const room = all.data?.find(({ id }) => id === roomId)
  useEffect(startOutbox, [])
  if (all.isPending) return <Bones />
  if (!room)
    return (
      <div className="grid flex-1 place-items-center">
        <EmptyState drawing="chat" title={t('room.gone')} words={t('room.gone.words')} />
      </div>
    )
  return <OpenRoom key={room.id} room={room} />
}

function OpenRoom({ room }: { room: Room }) {
  const t = useT()
  const talk = useQuery(timeline(room.id))
  const [readSeq] = useState(room.read_seq)
  const [sent, setSent] = useState(0)
  const authors = useMemo(
    () => [...new Set(talk.data?.messages.map(({ author_id }) => author_id))],
    [talk.data?.messages],
  )
  const faces = useFaces(authors)
  return (
    <Hue value={room.hue} className="flex min-h-0 flex-1 flex-col">
      <Header room={room} />
      {talk.data ? (
        talk.data.messages.length === 0 && !talk.data.hasOlder ? (
          <Beginning room={room} readSeq={readSeq} faces={faces} sent={sent} />
        ) : (
          <Talk roomId={room.id} timeline={talk.data} readSeq={readSeq} faces={faces} sent={sent} />
        )
      ) : talk.isPending ? (
        <Bones />
      ) : (
        <ErrorState error={talk.error} onRetry={() => void talk.refetch()} />
      )}
      <Writers roomId={room.id} />
      <Composer roomId={room.id} title={room.title} onSent={() => setSent((n) => n + 1)} />
      <p className="sr-only">{t('room.keys')}</p>
    </Hue>
  )
}

/** A room in which nobody has said anything yet; a first message on its way is shown already. */
function Beginning({
  room,
  ...talk
}: { room: Room } & Omit<Parameters<typeof Talk>[0], 'roomId' | 'timeline'>) {
  const t = useT()
  const isWriting = useOutbox().some(({ lane }) => lane === room.id)
  const nothing = { messages: [], head: 0, hasOlder: false }
  if (isWriting) return <Talk roomId={room.id} timeline={nothing} {...talk} />
  return (
    <div className="grid min-h-0 flex-1 place-items-center">
      <EmptyState drawing="chat" title={t('room.empty')} words={t('room.empty.words')} />
    </div>
  )
}

function Header({ room }: { room: Room }) {
  const t = useT()
  const status = useConnectionStatus()
  const present = useQuery({ ...here(room.id), enabled: status === 'live' }).data
  const queued = useOutbox().filter(({ refused }) => refused === undefined).length
  const [other] = room.others
  const isHere = other !== undefined && present?.includes(other.id)
  return (
    <header className="flex h-18 shrink-0 items-center gap-3 border-b border-line px-3 md:px-7">
      <Link to="/chat" className="reach -ml-1 p-1 text-ink-2 md:hidden" aria-label={t('room.back')}>
        <BackIcon size={22} />
      </Link>
      <span className="md:hidden">
        {other ? (
          <Avatar person={other} size={36} here={isHere} />
        ) : (
          <Crest name={room.title} hue={room.hue} size={36} />
        )}
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-lg leading-6">{room.title}</h2>
        <p className="truncate text-sm text-ink-2">
          {other
            ? t(isHere ? 'room.direct.here' : 'room.direct')
            : t('room.members', { n: room.members, here: present?.length ?? 0 })}
        </p>
      </div>
      <ConnectionChip status={status} queued={status === 'live' ? 0 : queued} verbose />
    </header>
  )
}

function Writers({ roomId }: { roomId: string }) {
  const t = useT()
  const writers = useTyping(roomId)
  return (
    <p className="h-5 shrink-0 truncate px-4 text-xs text-ink-3 md:px-7" aria-live="polite">
      {writers.length > 0 && t('room.typing', { n: writers.length, name: writers[0] ?? '' })}
    </p>
  )
}

function Bones() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden px-3 py-4 md:px-7">
      <Loading>
        <RowsSkeleton rows={8} />
      </Loading>
    </div>
  )
}
