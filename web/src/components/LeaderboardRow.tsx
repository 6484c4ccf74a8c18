import { Link } from '@tanstack/react-router'

import type { Wire } from '@/lib/api'
import { cx } from '@/lib/cx'

import { Avatar, type Person } from './Avatar'
import { rowEntry } from './leaderboard'
import { useT } from './t'

export interface LeaderboardEntry {
  rank: number
  member: Person & { handle: string }
  points: number
  /** Places won since the last round; negative when lost. */
  moved?: number | null
  is_me?: boolean
}

interface LeaderboardProps {
  rows: readonly Wire<'LeaderRow'>[]
  /** The member's own row, in or outside of `rows`. */
  me: Wire<'LeaderRow'> | null
}

/** Places of a table under each other. */
export function Leaderboard({ rows, me }: LeaderboardProps) {
  return (
    <ol>
      {rows.map((row) => (
        <LeaderboardRow key={row.member.id} entry={rowEntry(row, me)} />
      ))}
    </ol>
  )
}

/** One place of a table. The member's own row is tinted. Stands in an <ol>. */
export function LeaderboardRow({ entry }: { entry: LeaderboardEntry }) {
  const t = useT()
  const { member, rank, points, is_me: isMe } = entry
  return (
    <li
      className={cx(
        'num grid grid-cols-[1.375rem_1.75rem_1fr_auto] items-center gap-2.5 rounded-control px-2.5 py-[7px]',
        isMe && 'bg-accent-soft font-semibold text-ink',
      )}
    >
      <span>{rank}</span>
      <Avatar person={member} size={28} />
      <span className="flex min-w-0 items-baseline gap-2">
        <Link to="/m/$handle" params={{ handle: member.handle }} className="truncate hover:underline">
          {isMe ? t('you') : member.name}
        </Link>
        <Moved places={entry.moved ?? 0} />
      </span>
      <b className="font-bold">{points}</b>
    </li>
  )
}

function Moved({ places }: { places: number }) {
  const t = useT()
  if (places === 0) return null
  const words = places > 0 ? t('table.up', { n: places }) : t('table.down', { n: -places })
  return (
    <span className={cx('shrink-0 text-xs font-semibold', places > 0 ? 'text-good' : 'text-ink-3')}>
      {words}
    </span>
  )
}
