import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { Section } from '@/components/Card'
import { around } from '@/components/leaderboard'
import { Leaderboard } from '@/components/LeaderboardRow'
import { Bone } from '@/components/Skeleton'

import { table } from './queries'
import { useT } from './t'

/** Beside the board: where I stand this month, with those just above and below. */
export function Beside() {
  const t = useT()
  const first = useInfiniteQuery(table(undefined, 'month')).data?.pages[0]
  return (
    <Section
      title={t('side.title')}
      end={
        <Link to="/leaderboard" className="hover:text-ink hover:underline">
          {t('side.all')}
        </Link>
      }
    >
      {!first && <Bone className="h-52 w-full rounded-card" />}
      {first && <Leaderboard rows={around(first.data, first.me)} me={first.me} />}
      {first && !first.me && <p className="mt-3 text-sm text-ink-2">{t('side.none')}</p>}
    </Section>
  )
}
