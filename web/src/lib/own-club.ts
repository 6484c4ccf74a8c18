import { useQuery } from '@tanstack/react-query'

import type { Wire } from '@/lib/api'

import { me } from './queries/me'
import { createStore, useStore } from './store'

type MyClub = Wire<'MyClub'>

const KEY = 'own-club'
const RANKS: Record<MyClub['role'], number> = { owner: 0, admin: 1, member: 2 }

const read = () => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

const chosen = createStore<string | null>(read())

/** Remembers which of her clubs a member wants to see where there is room for one. */
export function chooseClub(id: string): void {
  chosen.set(id)
  try {
    localStorage.setItem(KEY, id)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** The club a member means when she names none: the one she chose, else one she runs, else the one she is in longest. */
export function ownClub(clubs: readonly MyClub[], wish: string | null): MyClub | undefined {
  const nearest = [...clubs].sort(
    (one, other) => RANKS[one.role] - RANKS[other.role] || Date.parse(one.since) - Date.parse(other.since),
  )
  return clubs.find(({ id }) => id === wish) ?? nearest[0]
}

export function useOwnClub(): MyClub | undefined {
  const wish = useStore(chosen)
  return ownClub(useQuery(me).data?.clubs ?? [], wish)
}
