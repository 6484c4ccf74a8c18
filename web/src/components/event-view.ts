import type { Wire } from '@/lib/api'
import type { Instant } from '@/lib/format'

import type { Answer } from './AnswerPills'
import type { Person } from './Avatar'

/** What an event card shows, wherever its event came from. */
export interface EventView {
  id: string
  title: string
  starts_at: Instant
  /** IANA zone of the venue. */
  zone?: string | null
  place?: string | null
  club: { name: string; slug: string; hue?: number | null }
  going: number
  capacity?: number | null
  /** Some who are going, friends first. */
  people?: readonly Person[]
  answer?: Answer | null
  /** 1 for the first in line; absent for who has a place or none. */
  waitlist_position?: number | null
  state?: 'scheduled' | 'live' | 'over' | 'cancelled'
  repeats?: boolean
}

/** An event of the API as the card shows it, at a moment of the server's clock (ms). */
export function eventView(event: Wire<'EventCard'>, now: number, people: readonly Person[] = []): EventView {
  const { id, title, starts_at, tzid, place, club, going, capacity, repeats, my_answer: mine } = event
  return {
    id,
    title,
    starts_at,
    zone: tzid,
    place,
    club,
    going,
    capacity,
    people,
    repeats,
    answer: mine?.answer ?? null,
    waitlist_position: mine?.standing === 'waiting' ? (mine.position ?? null) : null,
    state: stateOf(event, now),
  }
}

function stateOf(event: Wire<'EventCard'>, now: number): EventView['state'] {
  if (event.status === 'cancelled') return 'cancelled'
  if (Date.parse(event.ends_at) <= now) return 'over'
  return Date.parse(event.starts_at) <= now ? 'live' : 'scheduled'
}
