import { useQuery, useQueryClient } from '@tanstack/react-query'

import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { pickView } from '@/components/feed/pick-view'
import { Loaded } from '@/components/Loaded'
import { ReasonLine } from '@/components/ReasonLine'
import type { Wire } from '@/lib/api'
import { useNow } from '@/lib/clock'
import { dayName } from '@/lib/format'
import { useDwell } from '@/lib/hooks/dwell'
import { useHide, type Whence } from '@/lib/queries/actions'

import { Match } from './Match'
import { someFixtures, suggested, type Fixture } from './queries'
import { RoundBones } from './Round'
import { useT } from './t'

type Suggestion = Wire<'Recommended'>

/** Matches of all leagues that the hub thinks are for me, each with why. */
export function ForYou() {
  const t = useT()
  const now = useNow()
  const wished = useQuery(suggested)
  const ids = wished.data?.data.map(({ id }) => id) ?? []
  const found = useQuery(someFixtures(ids))
  const byId = new Map(found.data?.map((fixture) => [fixture.id, fixture]))
  const shown = wished.data?.data.flatMap((suggestion) => {
    const fixture = byId.get(suggestion.id)
    // What was called here stays where it is; what locked meanwhile is no suggestion any more.
    const isWorthIt = fixture && pickView(fixture, now).state === 'open'
    return isWorthIt ? [{ suggestion, fixture }] : []
  })
  const isWaiting = wished.isPending || (ids.length > 0 && found.isPending)
  const error = wished.error ?? found.error
  return (
    <Loaded
      query={{
        data: isWaiting || (error && !found.data) ? undefined : shown,
        error,
        isPending: isWaiting && !error,
        refetch: () => void Promise.all([wished.refetch(), found.refetch()]),
      }}
      skeleton={<RoundBones />}
      empty={<EmptyState drawing="trophy" title={t('forYou.empty')} words={t('forYou.empty.words')} />}
    >
      {(pairs) => (
        <>
          <p className="mt-4 text-sm text-ink-3">{wished.data?.degraded ?? t('forYou.words')}</p>
          {pairs.map(({ suggestion, fixture }) => (
            <Suggested key={suggestion.id} suggestion={suggestion} fixture={fixture} now={now} />
          ))}
        </>
      )}
    </Loaded>
  )
}

interface SuggestedProps {
  suggestion: Suggestion
  fixture: Fixture
  now: number
}

function Suggested({ suggestion, fixture, now }: SuggestedProps) {
  const cache = useQueryClient()
  const whence: Whence = { surface: 'picks', rank_id: suggestion.rank_id }
  const hide = useHide(whence)
  const ref = useDwell<HTMLDivElement>({ kind: 'pick', item_id: fixture.id, ...whence })
  const less = () => {
    cache.setQueryData(
      suggested.queryKey,
      (before) => before && { ...before, data: before.data.filter(({ id }) => id !== suggestion.id) },
    )
    hide.mutate({ kind: 'pick', item_id: fixture.id })
  }
  return (
    <div ref={ref} className="border-b border-line py-5 last:border-0">
      <ReasonLine reason={suggestion.reason.text} onLess={less} />
      <Card>
        <p className="px-4 pt-3.5 text-center text-xs text-ink-3">
          {[fixture.league_name, fixture.round, dayName(fixture.kickoff_at, now)].join(', ')}
        </p>
        <Match fixture={fixture} whence={whence} />
      </Card>
    </div>
  )
}
