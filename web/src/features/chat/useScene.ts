import { useMemo } from 'react'

import type { Timeline } from '@/lib/chat/timeline'
import type { Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import { useFaces } from './faces'
import { useFilePass } from './pass'
import type { Acts, SceneValue } from './scene'
import { useHere } from './useHere'

/** What the parts of a room share. */
export function useScene(room: Room, held: Timeline, acts: Acts): SceneValue {
  const me = useMember()
  const present = useHere(room)
  const { messages } = held
  const known = useMemo(() => {
    const ids = messages.flatMap(({ author_id, reactions }) => [
      ...(author_id ? [author_id] : []),
      ...reactions.flatMap(({ members }) => members.slice(0, 8)),
    ])
    return [...new Set(ids)]
  }, [messages])
  const faces = useFaces(known)
  const around = useMemo(() => new Set(present), [present])
  const hasPass = useFilePass()
  return { room, me, faces, here: around, acts, isThread: false, hasPass }
}
