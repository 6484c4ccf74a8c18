import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { Card } from '@/components/Card'
import { eventView } from '@/components/event-view'
import { EventCard } from '@/components/EventCard'
import { pickView } from '@/components/feed/pick-view'
import { Hue } from '@/components/Hue'
import { LeaderboardRow } from '@/components/LeaderboardRow'
import { PickRow } from '@/components/PickRow'
import { Bone } from '@/components/Skeleton'
import { Countdown } from '@/components/Time'
import type { Wire } from '@/lib/api'
import { serverClock, useNow } from '@/lib/clock'
import { useAnswer, usePick } from '@/lib/queries/actions'
import { me } from '@/lib/queries/me'

import { clubTable, nextEvents, openPicks } from './queries'
import { useT } from './t'

/** What is next, beside the feed: my next dates, matches to call, and how my club stands. */
export function Aside() {
  const club = useQuery(me).data?.clubs[0]
  return (
    <>
      <Next />
      <Picks />
      {club && <Table club={club} />}
    </>
  )
}

function Heading({ title, end }: { title: string; end?: React.ReactNode }) {
  return (
    <div className="mb-2.5 flex items-baseline justify-between gap-3">
      <h2 className="text-lg">{title}</h2>
      <span className="text-sm text-ink-3">{end}</span>
    </div>
  )
}

function Next() {
  const t = useT()
  const [start] = useState(() => serverClock.now())
  const now = useNow()
  const query = useQuery(nextEvents(start))
  const answer = useAnswer({ surface: 'calendar' })
  const coming = query.data?.data.filter(
    ({ status, ends_at }) => status !== 'cancelled' && Date.parse(ends_at) > now,
  )
  const shown = coming?.slice(0, 2)
  return (
    <section>
      <Heading title={t('next.title')} end={<Link to="/calendar">{t('next.all')}</Link>} />
      {query.isPending && <Bone className="h-18 rounded-card" />}
      {shown?.length === 0 && <p className="text-sm text-ink-2">{t('next.none')}</p>}
      <div className="flex flex-col gap-2.5">
        {shown?.map((event) => (
          <EventCard
            key={event.id}
            event={eventView(event, now)}
            size="inline"
            onAnswer={event.my_answer ? undefined : (value) => answer.mutate({ event, answer: value })}
          />
        ))}
      </div>
    </section>
  )
}

function Picks() {
  const t = useT()
  const [start] = useState(() => serverClock.now())
  const now = useNow()
  const query = useQuery(openPicks(start))
  const pick = usePick({ surface: 'picks' })
  const open = query.data?.filter((fixture) => pickView(fixture, now).state === 'open') ?? []
  const [soonest] = open
  if (query.isSuccess && !soonest) return null
  return (
    <section>
      <Heading
        title={t('picks.title')}
        end={
          soonest && (
            <Link to="/picks" className="num">
              {t('picks.locks')} <Countdown to={soonest.lock_at} />
            </Link>
          )
        }
      />
      {query.isPending ? (
        <Bone className="h-40 rounded-card" />
      ) : (
        <Card className="divide-y divide-line">
          {open.slice(0, 2).map((fixture) => (
            <PickRow
              key={fixture.id}
              pick={pickView(fixture, now)}
              onPick={(choice) =>
                pick.mutate({ fixture, choice: fixture.my_pick?.choice === choice ? null : choice })
              }
            />
          ))}
        </Card>
      )}
    </section>
  )
}

function Table({ club }: { club: Wire<'MyClub'> }) {
  const t = useT()
  const table = useQuery(clubTable(club.id)).data
  if (!table || table.data.length === 0) return null
  return (
    <Hue value={club.hue} as="section">
      <Heading
        title={t('table.title', { club: club.name.split(' ')[0] ?? club.name })}
        end={<Link to="/leaderboard">{t('table.period')}</Link>}
      />
      <ol>
        {table.data.map((row) => (
          <LeaderboardRow
            key={row.member.id}
            entry={{
              rank: row.rank,
              member: row.member,
              points: row.points,
              moved: row.rank_delta,
              is_me: row.member.id === table.me?.member.id,
            }}
          />
        ))}
      </ol>
    </Hue>
  )
}
