import type { Wire } from '@/lib/api'

export type Row = Wire<'LeaderRow'>

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
