import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useState } from 'react'

import { EmptyState, ErrorState } from '@/components/EmptyState'
import { Hue } from '@/components/Hue'
import { toast } from '@/lib/announce'
import { asProblem } from '@/lib/api'
import { outbox } from '@/lib/chat/outbox'
import { timelineKey } from '@/lib/chat/sync'
import type { Timeline } from '@/lib/chat/timeline'
import type { Message } from '@/lib/chat/wire'
import { useMediaQuery } from '@/lib/hooks/media'
import type { Room } from '@/lib/queries/rooms'

import { AskSheets, type Ask } from './AskSheets'
import { Bones } from './Bones'
import { Composer, type Mode } from './Composer'
import { Footing } from './Footing'
import { useRoomKeys } from './keys'
import { Panel, type PanelKind } from './Panel'
import { usePreload } from './preload'
import { jumpTo, loadMore, timeline } from './queries'
import { RoomHeader } from './RoomHeader'
import { isMine, mayOf, Scene, type Acts } from './scene'
import { useT } from './t'
import { Talk, type Goal } from './Talk'
import { useAnnounced } from './useAnnounced'
import { useReadPointer } from './useReadPointer'
import { useScene } from './useScene'
import { useTalk } from './useTalk'

const NEW: Mode = { kind: 'new' }

/** A room with its talk, the field to write in, and what stands beside them. */
export function OpenRoom({ room }: { room: Room }) {
  const cache = useQueryClient()
  const query = useQuery(timeline(cache, room.id))
  return (
    <Hue value={room.hue} className="flex min-h-0 flex-1">
      {query.data ? (
        <Room room={room} timeline={query.data} />
      ) : (
        <div className="flex min-w-0 flex-1 flex-col">
          <RoomHeader room={room} />
          {query.isPending ? (
            <Bones />
          ) : (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          )}
        </div>
      )}
    </Hue>
  )
}

function Room({ room, timeline: held }: { room: Room; timeline: Timeline }) {
  const t = useT()
  const cache = useQueryClient()
  const [mode, setMode] = useState<Mode>(NEW)
  const [ask, setAsk] = useState<Ask>()
  const [sent, setSent] = useState(0)
  const [isAtEnd, setAtEnd] = useState(true)
  const place = usePlace(room)
  const jump = useJump(room, (id) => place.open('thread', id))
  const acts: Acts = {
    reply: (to) => setMode({ kind: 'reply', to }),
    edit: (message) => setMode({ kind: 'edit', message }),
    thread: (id) => place.open('thread', id),
    jump: jump.to,
    history: (message) => setAsk({ kind: 'history', message }),
    remove: (message) => setAsk({ kind: 'remove', message }),
    report: (message) => setAsk({ kind: 'report', message }),
  }
  const talk = useTalk(room, held)
  const scene = useScene(room, held, acts)
  const missed = useReadPointer(room, held, isAtEnd)
  const may = mayOf(room)
  const isNarrow = useMediaQuery('(max-width: 63.99rem)')
  useAnnounced(room)
  useRoomKeys(room, place, acts)
  useEffect(() => outbox.heardUpTo(room.id, held.seq), [room.id, held.seq])
  useJumpFromAddress(jump.to)
  usePreload()

  const lastOwn = () => {
    const own = talk.shown.findLast(
      ({ message }) => isMine(message, scene.me) && message.source === 'member' && !message.deleted_at,
    )
    if (own) setMode({ kind: 'edit', message: own.message })
  }
  const isEmpty = talk.rows.length === 0 && !held.hasOlder

  return (
    <Scene value={scene}>
      {/* Where the panel lies over the talk, what is under it is out of reach. */}
      <div className="flex min-w-0 flex-1 flex-col" data-room inert={isNarrow && place.panel !== undefined}>
        <RoomHeader room={room} place={place} onDay={jump.toDay} />
        {isEmpty ? (
          <div className="grid min-h-0 flex-1 place-items-center">
            <EmptyState drawing="chat" title={t('room.empty')} words={t('room.empty.words')} />
          </div>
        ) : (
          <Talk
            rows={talk.rows}
            label={t('room.log')}
            sent={sent}
            hasOlder={held.hasOlder}
            hasNewer={held.hasNewer}
            missed={missed}
            goal={jump.goal}
            onAtEnd={setAtEnd}
            onNear={(side) => loadMore(cache, room.id, side)}
            onNewest={() => void jump.toNewest()}
          />
        )}
        <Footing room={room} timeline={held} />
        {may.write && (
          <Composer
            room={room}
            label={t('composer.label', { room: room.title })}
            mode={mode}
            onMode={setMode}
            onLast={lastOwn}
            onSent={() => {
              setSent((n) => n + 1)
              if (held.hasNewer) void jump.toNewest()
            }}
          />
        )}
        <p className="sr-only">{t('room.keys')}</p>
      </div>
      {place.panel && (
        <Panel kind={place.panel} threadId={place.thread} timeline={held} onClose={place.close} />
      )}
      {ask && <AskSheets ask={ask} onClose={() => setAsk(undefined)} />}
    </Scene>
  )
}

export interface PlaceInRoom {
  panel?: PanelKind
  thread?: string
  open: (panel: PanelKind, thread?: string) => void
  close: () => void
}

/** What stands beside the talk is in the address, so that a link, a reload and the way back keep it. */
function usePlace(room: Room): PlaceInRoom {
  const { panel, thread } = useSearch({ from: '/house/chat/$roomId' })
  const navigate = useNavigate()
  const go = (search: { panel?: PanelKind; thread?: string }) =>
    void navigate({ to: '/chat/$roomId', params: { roomId: room.id }, search, replace: panel !== undefined })
  return {
    panel: thread ? 'thread' : panel,
    thread,
    open: (kind, id) => go(kind === 'thread' ? { thread: id } : { panel: kind }),
    close: () => go({}),
  }
}

/** Brings a message, a day or the newest into view; what is not held is read around there. */
function useJump(room: Room, openThread: (rootId: string) => void) {
  const t = useT()
  const cache = useQueryClient()
  const [goal, setGoal] = useState<Goal>()
  const held = () => cache.getQueryData<Timeline>(timelineKey(room.id))?.messages ?? []
  const seek = (message: Message | undefined) => {
    if (!message) return void toast(t('room.lost'))
    if (message.thread) openThread(message.thread)
    else setGoal({ id: message.id, at: Date.now() })
  }
  const to = async (seq: number) => {
    const find = () => held().find((message) => message.seq === seq)
    if (!find()) await jumpTo(cache, room.id, { around: seq })
    seek(find())
  }
  const toDay = async (at: string) => {
    await jumpTo(cache, room.id, { at })
    const since = held().find((message) => Date.parse(message.at) >= Date.parse(at) && !message.thread)
    seek(since ?? held().findLast(({ thread }) => !thread))
  }
  return {
    goal,
    to: (seq: number) => void to(seq).catch((reason: unknown) => toast(asProblem(reason).message)),
    toDay: (at: string) => toDay(at).catch((reason: unknown) => void toast(asProblem(reason).message)),
    async toNewest() {
      setGoal(undefined)
      await jumpTo(cache, room.id)
    },
  }
}

/** A link to a message: `?at=` its place in the room. */
function useJumpFromAddress(to: (seq: number) => void) {
  const { at } = useSearch({ from: '/house/chat/$roomId' })
  const jump = useEffectEvent(to)
  useEffect(() => {
    if (at !== undefined) jump(at)
  }, [at])
}
