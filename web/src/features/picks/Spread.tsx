import { cx } from '@/lib/cx'

import { stacked, type Row } from './standings'
import { useT } from './t'

/** Everybody's points on one line, in ink; me in the accent. Equal points stand on each other. */
export function Spread({ rows, me }: { rows: readonly Row[]; me: Row | null }) {
  const t = useT()
  const points = rows.map((row) => row.points)
  const high = Math.max(...points)
  const low = Math.min(...points)
  if (rows.length < 3 || high === low) return null
  const words = me ? t('table.spread', { low, high, mine: me.points }) : t('table.spread.none', { low, high })
  return (
    <div role="img" aria-label={words} className="mt-3">
      <div className="relative mx-1 h-8 border-b border-line">
        {stacked(rows, me).map(({ row, storey, isMe }) => (
          <i
            key={row.member.id}
            className={cx(
              'absolute -translate-x-1/2 rounded-pill',
              isMe ? 'size-2.5 bg-accent ring-2 ring-surface' : 'size-1.5 bg-ink-3',
            )}
            style={{ left: `${((row.points - low) / (high - low)) * 100}%`, bottom: 4 + storey * 7 }}
          />
        ))}
      </div>
      <div aria-hidden="true" className="num flex justify-between pt-1 text-xs text-ink-3">
        <span>{low}</span>
        <span>{high}</span>
      </div>
    </div>
  )
}
