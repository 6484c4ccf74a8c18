import { useCallback } from 'react'

import { announce } from '@/lib/announce'
import type { RoomEvent } from '@/lib/chat/wire'
import type { Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'
import { useSocketEvent } from '@/lib/socket'

import { gist } from './scene'
import { useT } from './t'

/** Says new messages of the open room to a screen reader: rows that scroll into being are not news, these are. */
export function useAnnounced(room: Room) {
  const t = useT()
  const me = useMember()
  const heard = useCallback(
    (event: RoomEvent) => {
      if (event.room !== room.id || event.kind !== 'message' || event.by === me.id) return
      if (document.visibilityState !== 'visible') return
      announce(t('room.said', { name: event.by_name, words: gist(event.message) }))
    },
    [room.id, me.id, t],
  )
  useSocketEvent('room.event', heard)
}
