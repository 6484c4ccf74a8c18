import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'

import { EmptyState } from '@/components/EmptyState'
import { Loaded } from '@/components/Loaded'
import { RowsSkeleton } from '@/components/Skeleton'
import type { Timeline } from '@/lib/chat/timeline'

import { MessageLine } from './MessageLine'
import { pins } from './queries'
import { useScene } from './scene'
import { useT } from './t'

/** What was pinned, the last first; each leads to its place in the talk. */
export function PinsPanel({ timeline }: { timeline: Timeline }) {
  const t = useT()
  const { room, acts } = useScene()
  const query = useQuery(pins(room.id))
  const { refetch } = query
  const lastPin = timeline.recent.findLast(({ kind }) => kind === 'pinned' || kind === 'deleted')?.seq
  useEffect(() => {
    if (lastPin !== undefined) void refetch()
  }, [lastPin, refetch])
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
      <Loaded
        query={query}
        skeleton={<RowsSkeleton rows={4} />}
        empty={<EmptyState drawing="chat" title={t('pins.empty')} words={t('pins.empty.words')} />}
      >
        {(all) => (
          <ul>
            {all.map((message) => (
              <MessageLine key={message.id} message={message} onOpen={() => acts.jump(message.seq)} />
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  )
}
