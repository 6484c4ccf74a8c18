import { CalendarIcon, ChatIcon, GearIcon, PickIcon, TrophyIcon, type Icon } from '@/components/icons'

import type { Found, Said } from './queries'

/** What the list under the search box offers. `key` is the option's id in the page. */
export type Option =
  | { key: string; type: 'found'; found: Found }
  | { key: string; type: 'message'; said: Said }
  | { key: string; type: 'recent'; words: string }
  | { key: string; type: 'place'; place: Place }
  | { key: string; type: 'everything'; words: string }

export interface Group {
  key: 'recent' | 'go' | 'everything' | 'message' | Found['kind']
  options: readonly Option[]
}

export const PLACES = [
  { key: 'calendar', to: '/calendar', icon: CalendarIcon },
  { key: 'chat', to: '/chat', icon: ChatIcon },
  { key: 'picks', to: '/picks', icon: PickIcon },
  { key: 'leaderboard', to: '/leaderboard', icon: TrophyIcon },
  { key: 'settings', to: '/settings', icon: GearIcon },
] as const satisfies readonly { key: string; to: string; icon: Icon }[]

export type Place = (typeof PLACES)[number]

/** Before anything is typed: what was looked for lately, and where one may go. */
export function openingGroups(recent: readonly string[]): Group[] {
  const looked = recent.map((words, place) => ({ key: `recent-${place}`, type: 'recent' as const, words }))
  const places = PLACES.map((place) => ({ key: `go-${place.key}`, type: 'place' as const, place }))
  return [
    ...(looked.length > 0 ? [{ key: 'recent' as const, options: looked }] : []),
    { key: 'go', options: places },
  ]
}

const messageOption = (said: Said): Option => ({ key: `message-${said.id}`, type: 'message', said })

/** What was found by kind, and last the way to all of it. */
export function foundGroups(
  words: string,
  groups: readonly { kind: Found['kind']; suggestions: readonly Found[] }[],
  said: readonly Said[] = [],
): Group[] {
  const everything = { key: 'everything', type: 'everything' as const, words }
  return [
    ...groups.map(({ kind, suggestions }) => ({
      key: kind,
      options: suggestions.map((found) => ({ key: `${kind}-${found.id}`, type: 'found' as const, found })),
    })),
    ...(said.length > 0 ? [{ key: 'message' as const, options: said.map(messageOption) }] : []),
    { key: 'everything', options: [everything] },
  ]
}

/** The option after or before; past the end comes the box itself (-1), then the other end. */
export function stepped(active: number, step: 1 | -1, count: number): number {
  const next = active + step
  if (next >= count) return -1
  return next < -1 ? count - 1 : next
}
