import { Card } from '@/components/Card'
import type { Wire } from '@/lib/api'
import { useNow } from '@/lib/clock'
import { dateParts, dayName } from '@/lib/format'

import { Spread } from './Spread'
import { behind, type Row } from './standings'
import { useT } from './t'

interface MyPlaceProps {
  board: Wire<'Leaderboard'>
  rows: readonly Row[]
}

const day = (at: string) => {
  const { day: number, month } = dateParts(at)
  return `${number} ${month}`
}

/** My place in figures, over a line on which everybody stands. */
export function MyPlace({ board, rows }: MyPlaceProps) {
  const t = useT()
  const now = useNow()
  const { me, ranked, starts_at: from, ends_at: to } = board
  const range =
    from && to ? t('table.range', { from: day(from), to: day(lastDay(to)) }) : t('table.range.season')
  return (
    <Card className="mt-4 px-5 py-4.5">
      <div className="flex items-baseline justify-between gap-3 text-sm text-ink-3">
        <h2 className="font-text text-sm font-medium tracking-normal">{t('table.me')}</h2>
        <span className="num">{range}</span>
      </div>
      {me ? (
        <div className="num mt-1 flex flex-wrap items-baseline gap-x-5 gap-y-1">
          <p className="flex items-baseline gap-2">
            <b className="display text-2xl">{me.rank}</b>
            <span className="text-ink-2">{t('table.me.of', { n: ranked })}</span>
          </p>
          <p className="text-sm text-ink-2">
            <b className="font-semibold text-ink">{t('round.points', { n: me.points })}</b>
            {', '}
            {t('table.of', { right: me.right, picks: me.picks })}
          </p>
          <Change me={me} rows={rows} since={dayName(board.delta_since, now)} />
        </div>
      ) : (
        <p className="mt-2 text-ink-2">{t('table.me.none')}</p>
      )}
      <Spread rows={rows} me={me} />
    </Card>
  )
}

/** The last day that still counts: the board names the midnight after it. */
const lastDay = (end: string) => new Date(Date.parse(end) - 1).toISOString()

function Change({ me, rows, since }: { me: Row; rows: readonly Row[]; since: string }) {
  const t = useT()
  const moved = me.rank_delta
  const gap = behind(
    rows,
    rows.findIndex(({ member }) => member.id === me.member.id),
  )
  return (
    <p className="w-full text-sm text-ink-3">
      {moved ? (
        <span className={moved > 0 ? 'font-semibold text-good' : undefined}>
          {moved > 0 ? t('table.moved.up', { n: moved, since }) : t('table.moved.down', { n: -moved, since })}
        </span>
      ) : null}
      {moved && gap !== undefined ? ', ' : null}
      {gap !== undefined && t('table.behind', { n: gap })}
    </p>
  )
}
