import type { PlaceKey } from './places'

export interface RailClub {
  slug: string
  name: string
  hue: number | null
  crest_url?: string | null
}

const NONE: readonly RailClub[] = []

/** The clubs of the member, most recently visited first. */
export function useMyClubs(): readonly RailClub[] {
  return NONE
}

/** What is unread at a place. */
export function useUnread(_place: PlaceKey): number {
  return 0
}
