import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import type { Timeline } from '@/lib/chat/timeline'
import type { Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'
import { useConnectionStatus } from '@/lib/socket'

import { useFaces } from './faces'
import { useFilePass } from './pass'
import { here } from './queries'
import type { Acts, SceneValue } from './scene'

/** What the parts of a room share. */
export function useScene(room: Room, held: Timeline, acts: Acts): SceneValue {
  const me = useMember()
  const status = useConnectionStatus()
  const present = useQuery({ ...here(room.id), enabled: status === 'live' }).data
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
