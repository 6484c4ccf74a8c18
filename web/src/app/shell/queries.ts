import { useQuery } from '@tanstack/react-query'

import type { Wire } from '@/lib/api'
import { me } from '@/lib/queries/me'
import { rooms } from '@/lib/queries/rooms'

import type { PlaceKey } from './places'

const NONE: readonly Wire<'MyClub'>[] = []

/** The clubs of the member. */
export function useMyClubs(): readonly Wire<'MyClub'>[] {
  return useQuery(me).data?.clubs ?? NONE
}

/** What is unread at a place. */
export function useUnread(place: PlaceKey): number {
  const notifications = useQuery({ ...me, select: (data) => data.unread_notifications }).data ?? 0
  const messages =
    useQuery({ ...rooms, select: (data) => data.reduce((sum, { unread }) => sum + unread, 0) }).data ?? 0
  if (place === 'chat') return messages
  return place === 'notifications' ? notifications : 0
}
