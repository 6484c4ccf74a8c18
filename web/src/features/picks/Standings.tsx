import { Link } from '@tanstack/react-router'

import { Avatar } from '@/components/Avatar'
import { Tooltip } from '@/components/Tooltip'
import { cx } from '@/lib/cx'
import { useReached } from '@/lib/hooks/scroll'

import type { Row } from './standings'
import { useT } from './t'

interface StandingsProps {
  rows: readonly Row[]
  me: Row | null
  ranked: number
  hasMore: boolean
  onMore: () => void
}

/** The table. My own row stays in view: it sticks to the edge behind which it would go. */
export function Standings({ rows, me, ranked, hasMore, onMore }: StandingsProps) {
  const t = useT()
  const more = useReached<HTMLParagraphElement>(onMore, hasMore)
  const most = Math.max(1, ...rows.map(({ points }) => points))
  const isMineBelow = me && !rows.some(({ member }) => member.id === me.member.id)
  return (
    <>
      <ol className="mt-4">
        {rows.map((row) => (
          <Place key={row.member.id} row={row} most={most} isMe={row.member.id === me?.member.id} />
        ))}
        {isMineBelow && <Place row={me} most={most} isMe />}
      </ol>
      <p ref={more} className="num pt-5 text-center text-sm text-ink-3">
        {hasMore ? t('table.more') : t('table.end', { n: ranked })}
      </p>
    </>
  )
}

function Place({ row, most, isMe }: { row: Row; most: number; isMe: boolean }) {
  const t = useT()
  const { rank, member, points, right, picks } = row
  return (
    <li
      aria-current={isMe || undefined}
      className={cx(
        'num grid grid-cols-[2rem_2.25rem_1fr_auto] items-center gap-3 px-2.5 py-2',
        isMe
          ? 'sticky top-2 bottom-24 z-10 rounded-control bg-accent-soft text-ink shadow-lift md:bottom-4'
          : 'border-b border-line',
      )}
    >
      <span className={cx('display text-md', rank > 3 && !isMe && 'text-ink-3')}>
        {rank}
        {row.level_with_above && <Level />}
      </span>
      <Avatar person={member} size={36} />
      <span className="min-w-0">
        <span className="flex items-baseline gap-2">
          <Link
            to="/m/$handle"
            params={{ handle: member.handle }}
            className={cx('truncate hover:underline', isMe ? 'font-semibold' : 'font-medium')}
          >
            {member.name}
          </Link>
          <Delta places={row.rank_delta} />
        </span>
        <Bar share={points / most} isMe={isMe} />
      </span>
      <span className="text-right">
        <b className="display block text-md leading-tight">{points}</b>
        <span className={cx('text-xs', isMe ? 'text-ink-2' : 'text-ink-3')}>
          {t('table.of', { right, picks })}
        </span>
      </span>
    </li>
  )
}

function Level() {
  const t = useT()
  return (
    <Tooltip words={t('table.level')}>
      <abbr title="" aria-label={t('table.level')} className="ml-0.5 text-xs text-ink-2 no-underline">
        =
      </abbr>
    </Tooltip>
  )
}

function Delta({ places }: { places: number | null }) {
  const t = useT()
  if (places === 0) return null
  if (places === null) return <span className="shrink-0 text-xs text-ink-3">{t('table.new')}</span>
  const isUp = places > 0
  return (
    <span
      className={cx(
        'inline-flex shrink-0 items-center gap-0.5 text-xs font-semibold',
        isUp ? 'text-good' : 'text-ink-2',
      )}
    >
      <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
        <path d={isUp ? 'M4 1.500 7 6.500H1z' : 'M4 6.500 1 1.500h6z'} fill="currentColor" />
      </svg>
      <span className="sr-only">{isUp ? t('table.up') : t('table.down')}</span>
      {Math.abs(places)}
    </span>
  )
}

function Bar({ share, isMe }: { share: number; isMe: boolean }) {
  return (
    <span aria-hidden="true" className="mt-1.5 block h-1 overflow-hidden rounded-pill bg-sunken dark:bg-line">
      <i
        className={cx('block h-full rounded-pill', isMe ? 'bg-accent' : 'bg-ink-2')}
        style={{ width: `${share * 100}%` }}
      />
    </span>
  )
}
