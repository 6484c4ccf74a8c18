import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'

import { Badge } from '@/components/Badge'
import { Button, ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { TrophyIcon } from '@/components/icons'
import { Loaded } from '@/components/Loaded'
import { Page, PageHeader } from '@/components/Page'
import { Tabs } from '@/components/Tabs'
import type { Wire } from '@/lib/api'

import { Beside } from './Beside'
import { useResults } from './follow'
import { ForYou } from './ForYou'
import { leagues, rounds } from './queries'
import { Round, RoundBones } from './Round'
import { RoundRail } from './RoundRail'
import { useT } from './t'

const Rules = lazy(() => import('./Rules').then((module) => ({ default: module.Rules })))
const route = getRouteApi('/house/picks')
const FOR_YOU = 'for-you'

/** The picks board: leagues, their rounds, and the matches to call. */
export function PicksScreen() {
  const t = useT()
  const query = useQuery(leagues)
  const [isReading, setReading] = useState(false)
  useResults()
  return (
    <Page title={t('picks.title')} aside={<Beside />}>
      <PageHeader
        title={t('picks.title')}
        className="mb-3"
        actions={
          <>
            <ButtonLink to="/leaderboard" tone="quiet" icon={TrophyIcon} size="sm">
              {t('table.title')}
            </ButtonLink>
            <Button size="sm" onClick={() => setReading(true)}>
              {t('rules.open')}
            </Button>
          </>
        }
      />
      <Loaded
        query={query}
        skeleton={<RoundBones />}
        empty={<EmptyState drawing="trophy" title={t('picks.empty')} words={t('picks.empty.words')} />}
      >
        {(data) => <Board leagues={data} />}
      </Loaded>
      <Suspense>{isReading && <Rules onClose={() => setReading(false)} />}</Suspense>
    </Page>
  )
}

function Board({ leagues: known }: { leagues: readonly Wire<'LeagueOut'>[] }) {
  const t = useT()
  const { league: wished } = route.useSearch()
  const navigate = route.useNavigate()
  const chosen = known.find(({ id }) => id === wished) ?? known[0]
  const value = wished === FOR_YOU ? FOR_YOU : (chosen?.id ?? FOR_YOU)
  return (
    <>
      <Tabs
        label={t('leagues')}
        value={value}
        panelId="board"
        onChange={(league) => void navigate({ search: { league }, replace: true })}
        tabs={[
          ...known.map(({ id, name }) => ({ value: id, label: name })),
          { value: FOR_YOU, label: t('forYou') },
        ]}
      />
      <div id="board" role="tabpanel" className="pt-3">
        {value === FOR_YOU || !chosen ? <ForYou /> : <Season key={chosen.id} league={chosen} />}
      </div>
    </>
  )
}

function Season({ league }: { league: Wire<'LeagueOut'> }) {
  const t = useT()
  const { round: wished } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(rounds(league.id))
  const { season, current_round: current } = league
  const chosen = query.data?.find(({ name }) => name === wished)?.name ?? current ?? query.data?.at(-1)?.name
  return (
    <>
      <p className="mb-1 flex items-center gap-2 text-sm text-ink-3">
        {season.demo ? <Badge tone="warn">{season.label}</Badge> : season.label}
        <span className="truncate">{[league.country, chosen].filter(Boolean).join(', ')}</span>
      </p>
      {query.data && (
        <RoundRail
          rounds={query.data}
          chosen={chosen}
          current={current}
          onChoose={(round) => void navigate({ search: { league: league.id, round }, replace: true })}
        />
      )}
      {query.error && !query.data ? (
        <Loaded query={query} skeleton={null}>
          {() => null}
        </Loaded>
      ) : (
        <div className="mt-3">
          <Round league={league.id} round={chosen} />
        </div>
      )}
      {season.demo && <p className="mt-8 text-sm text-balance text-ink-3">{t('demo.words')}</p>}
    </>
  )
}
