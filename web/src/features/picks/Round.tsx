import { useQuery, useQueryClient } from '@tanstack/react-query'

import { Card } from '@/components/Card'
import { EmptyState } from '@/components/EmptyState'
import { Loaded } from '@/components/Loaded'
import { Bone } from '@/components/Skeleton'
import { useNow } from '@/lib/clock'
import { dateParts, dayName } from '@/lib/format'

import { byDay, standingOf } from './calls'
import { Match } from './Match'
import { board, resultsCameIn, type Fixture } from './queries'
import { RoundStrip } from './RoundStrip'
import { useT } from './t'

/** The matches of a round by day, under its strip. */
export function Round({ league, round }: { league: string; round: string | undefined }) {
  const t = useT()
  const cache = useQueryClient()
  const query = useQuery(board(league, round))
  const now = useNow()
  return (
    <Loaded
      query={query}
      skeleton={<RoundBones />}
      empty={<EmptyState drawing="pitch" title={t('board.empty')} words={t('board.empty.words')} />}
    >
      {(fixtures) => (
        <>
          <RoundStrip standing={standingOf(fixtures, now)} onLock={() => resultsCameIn(cache)} />
          {byDay(fixtures).map((day) => (
            <Day key={day[0]?.id} fixtures={day} now={now} />
          ))}
        </>
      )}
    </Loaded>
  )
}

function Day({ fixtures, now }: { fixtures: readonly Fixture[]; now: number }) {
  const [first] = fixtures
  if (!first) return null
  const name = dayName(first.kickoff_at, now)
  const { weekday, day, month } = dateParts(first.kickoff_at)
  const date = `${weekday} ${day} ${month}`
  return (
    <section className="mt-7">
      <h2 className="mb-2.5 flex items-baseline gap-2 text-md">
        {name}
        <span className="num font-text text-sm font-medium tracking-normal text-ink-3">{date}</span>
      </h2>
      <Card className="grid overflow-hidden [&>*]:border-b [&>*]:border-line [&>*:last-child]:border-0">
        {fixtures.map((fixture) => (
          <Match key={fixture.id} fixture={fixture} whence={{ surface: 'picks' }} />
        ))}
      </Card>
    </section>
  )
}

export function RoundBones() {
  return (
    <div className="flex flex-col gap-4">
      <Bone className="h-11 w-full" />
      <Bone className="mt-3 h-5 w-32" />
      <Bone className="h-26 w-full rounded-card" />
      <Bone className="h-26 w-full rounded-card" />
      <Bone className="h-26 w-full rounded-card" />
    </div>
  )
}
