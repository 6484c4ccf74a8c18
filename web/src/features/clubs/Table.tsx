import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { Leaderboard } from '@/components/LeaderboardRow'
import { Loaded } from '@/components/Loaded'
import { Segmented } from '@/components/Segmented'
import { RowsSkeleton } from '@/components/Skeleton'

import { table, type ClubDetail, type Period } from './queries'
import { useT } from './t'

const PERIODS: readonly Period[] = ['week', 'month', 'season']

/** How the club's members call their matches. */
export function Table({ club }: { club: ClubDetail }) {
  const t = useT()
  const [period, setPeriod] = useState<Period>('month')
  const query = useQuery(table(club.id, period))
  return (
    <div className="py-5">
      <Segmented
        label={t('table.period')}
        value={period}
        onChange={setPeriod}
        options={PERIODS.map((value) => ({ value, label: t(`table.${value}`) }))}
      />
      <div className="mt-4">
        <Loaded
          query={query}
          skeleton={<RowsSkeleton />}
          isEmpty={({ data }) => data.length === 0}
          empty={
            <EmptyState
              drawing="trophy"
              title={t('table.empty')}
              words={t('table.empty.words')}
              action={<ButtonLink to="/picks">{t('table.empty.action')}</ButtonLink>}
            />
          }
        >
          {({ data, me }) => <Leaderboard rows={data} me={me} />}
        </Loaded>
      </div>
    </div>
  )
}
