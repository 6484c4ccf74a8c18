import type { LeaderboardEntry } from '@/components/LeaderboardRow'
import type { Wire } from '@/lib/api'

export type Row = Wire<'LeaderRow'>

export function rowEntry(row: Row, me: Row | null): LeaderboardEntry {
  const { rank, member, points, rank_delta: moved } = row
  return { rank, member, points, moved, is_me: member.id === me?.member.id }
}

/** A few rows of a table: the first three, and me with my neighbours. */
export function around(rows: readonly Row[], me: Row | null, top = 3): Row[] {
  const mine = me ? rows.findIndex(({ member }) => member.id === me.member.id) : -1
  const near = rows.filter((_row, place) => place < top || (mine >= 0 && Math.abs(place - mine) <= 1))
  return me && mine < 0 ? [...near, me] : near
}

/** Points that part a row from the one above; undefined at the top or where the one above is not known. */
export function behind(rows: readonly Row[], place: number): number | undefined {
  const above = rows[place - 1]
  const row = rows[place]
  return above && row ? above.points - row.points : undefined
}

const MOST_STOREYS = 3

/** Rows for a line of dots: who has the same points goes one storey up, I stand on the ground and come last, on top. */
export function stacked(rows: readonly Row[], me: Row | null) {
  const heights = new Map<number, number>(me ? [[me.points, 1]] : [])
  const placed = rows.map((row) => {
    const isMe = row.member.id === me?.member.id
    const storey = isMe ? 0 : (heights.get(row.points) ?? 0)
    if (!isMe) heights.set(row.points, storey + 1)
    return { row, isMe, storey: Math.min(storey, MOST_STOREYS) }
  })
  return placed.sort((a, b) => Number(a.isMe) - Number(b.isMe))
}
