import type { LinkProps } from '@tanstack/react-router'

import { BellIcon, CalendarIcon, ChatIcon, HomeIcon, PickIcon, ReelIcon, type Icon } from '@/components/icons'

export type PlaceKey = 'home' | 'calendar' | 'chat' | 'reels' | 'picks' | 'notifications'

export interface Place {
  key: PlaceKey
  to: LinkProps['to']
  icon: Icon
}

/** The places of the house, in the order of the rail. */
export const PLACES: readonly Place[] = [
  { key: 'home', to: '/', icon: HomeIcon },
  { key: 'calendar', to: '/calendar', icon: CalendarIcon },
  { key: 'chat', to: '/chat', icon: ChatIcon },
  { key: 'reels', to: '/reels', icon: ReelIcon },
  { key: 'picks', to: '/picks', icon: PickIcon },
  { key: 'notifications', to: '/notifications', icon: BellIcon },
]
