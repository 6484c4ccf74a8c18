import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'

import { ErrorState } from '@/components/EmptyState'
import { useOutbox } from '@/lib/chat/outbox'
import { overlaid, unsent } from '@/lib/chat/overlay'
import type { Timeline } from '@/lib/chat/timeline'
import type { Message } from '@/lib/chat/wire'
import { useNow } from '@/lib/clock'

import { Bones } from './Bones'
import { Composer, type Mode } from './Composer'
import { thread, type ThreadPage } from './queries'
import { rowsOf } from './rows'
import { mayOf, Scene, useScene } from './scene'
import { useT } from './t'
import { Talk } from './Talk'
import { reaches, threadNow } from './thread-now'

const NEW: Mode = { kind: 'new' }

interface ThreadPanelProps {
  rootId: string
  timeline: Timeline
  onGone: () => void
}

/** A message and the answers to it, with a field of its own. */
export function ThreadPanel({ rootId, timeline }: ThreadPanelProps) {
  const { room } = useScene()
  const query = useQuery(thread(room.id, rootId))
  const { data, refetch } = query
  const isOld = data !== undefined && !reaches(data, timeline)
  useEffect(() => {
    if (isOld) void refetch()
  }, [isOld, refetch])
  if (data) return <Answers page={data} timeline={timeline} />
  if (query.isPending) return <Bones rows={4} />
  return <ErrorState error={query.error} onRetry={() => void refetch()} />
}

function Answers({ page, timeline }: { page: ThreadPage; timeline: Timeline }) {
  const t = useT()
  const scene = useScene()
  const { room, me } = scene
  const entries = useOutbox()
  const day = new Date(useNow(60_000)).toDateString()
  const [mode, setMode] = useState<Mode>(NEW)
  const [sent, setSent] = useState(0)
  const rootId = page.root.id
  const { recent, seq } = timeline
  const messages = useMemo(() => threadNow(page, recent), [page, recent])
  const rows = useMemo(() => {
    const mine = entries.filter(({ lane }) => lane === room.id)
    const own = mine.filter(({ body }) => body.kind === 'send' && body.thread === rootId)
    const at = Math.max(seq, page.answers.head)
    return rowsOf({
      shown: overlaid(messages, mine, at, me.id),
      drafts: unsent(own, messages, at),
      readSeq: Infinity,
      myId: me.id,
      now: Date.parse(day),
    })
  }, [entries, room.id, rootId, messages, seq, page.answers.head, me.id, day])
  const acts = {
    ...scene.acts,
    reply: (to: Message) => setMode({ kind: 'reply', to }),
    edit: (message: Message) => setMode({ kind: 'edit', message }),
  }
  return (
    <Scene value={{ ...scene, acts, isThread: true }}>
      <Talk rows={rows} label={t('thread.title')} sent={sent} hasNewer={false} />
      {mayOf(room).write && (
        <Composer
          room={room}
          thread={rootId}
          label={t('composer.thread')}
          mode={mode}
          onMode={setMode}
          onSent={() => setSent((n) => n + 1)}
        />
      )}
    </Scene>
  )
}
