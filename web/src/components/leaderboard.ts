import type { Wire } from '@/lib/api'

import type { LeaderboardEntry } from './LeaderboardRow'

type Row = Wire<'LeaderRow'>

/** A row of a table as the API has it, in the shape that is shown. */
export function rowEntry(row: Row, me: Row | null): LeaderboardEntry {
  const { rank, member, points, rank_delta: moved } = row
  return { rank, member, points, moved, is_me: member.id === me?.member.id }
}

/** A few rows of a table: the first ones, and me with my neighbours. */
export function around(rows: readonly Row[], me: Row | null, top = 3): Row[] {
  const mine = me ? rows.findIndex(({ member }) => member.id === me.member.id) : -1
  const near = rows.filter((_row, place) => place < top || (mine >= 0 && Math.abs(place - mine) <= 1))
  return me && mine < 0 ? [...near, me] : near
}
