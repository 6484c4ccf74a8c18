import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { Card } from '@/components/Card'
import { eventView } from '@/components/event-view'
import { EventCard } from '@/components/EventCard'
import { pickView } from '@/components/feed/pick-view'
import { Hue } from '@/components/Hue'
import { DownIcon } from '@/components/icons'
import { around } from '@/components/leaderboard'
import { Leaderboard } from '@/components/LeaderboardRow'
import { Menu, MenuChoice } from '@/components/Menu'
import { PickRow } from '@/components/PickRow'
import { Bone } from '@/components/Skeleton'
import { Countdown } from '@/components/Time'
import { serverClock, useNow } from '@/lib/clock'
import { useMediaQuery } from '@/lib/hooks/media'
import { chooseClub, useOwnClub } from '@/lib/own-club'
import { useAnswer, usePick } from '@/lib/queries/actions'
import { me } from '@/lib/queries/me'

import { clubTable, nextEvents, openPicks } from './queries'
import { useT } from './t'

/** What is next, beside the feed: my next dates, matches to call, and how my club stands. */
export function Aside() {
  return (
    <>
      <Next />
      <Picks />
      <Table />
    </>
  )
}

function Heading({ title, end }: { title: React.ReactNode; end?: React.ReactNode }) {
  return (
    <div className="mb-2.5 flex items-baseline justify-between gap-3">
      <h2 className="min-w-0 text-lg">{title}</h2>
      <span className="shrink-0 text-sm text-ink-3">{end}</span>
    </div>
  )
}

/** The next date above the feed, where there is no place beside it. */
export function NextUp() {
  const isNarrow = !useMediaQuery('(min-width: 80rem)')
  return isNarrow ? <Next most={1} className="mt-5" /> : null
}

function Next({ most = 2, className }: { most?: number; className?: string }) {
  const t = useT()
  const [start] = useState(() => serverClock.now())
  const now = useNow()
  const query = useQuery(nextEvents(start))
  const answer = useAnswer({ surface: 'calendar' })
  const coming = query.data?.data.filter(
    ({ status, ends_at }) => status !== 'cancelled' && Date.parse(ends_at) > now,
  )
  const shown = coming?.slice(0, most)
  const isNothing = shown?.length === 0 || (query.isError && !query.data)
  if (most === 1 && isNothing) return null
  return (
    <section className={className}>
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

const SHOWN = 5

function Table() {
  const t = useT()
  const club = useOwnClub()
  const query = useQuery({ ...clubTable(club?.id ?? ''), enabled: club !== undefined })
  if (!club || (query.isError && !query.data)) return null
  const board = query.data
  return (
    <Hue value={club.hue} as="section">
      <Heading
        title={<Whose club={club.id} name={club.name} />}
        end={
          <Link to="/leaderboard" search={{ club: club.slug }}>
            {t('table.month')}
          </Link>
        }
      />
      {!board && <Bone className="h-44 rounded-card" />}
      {board && board.data.length > 0 && (
        <Leaderboard rows={around(board.data, board.me, SHOWN)} me={board.me} />
      )}
      {board?.data.length === 0 && <p className="text-sm text-ink-2">{t('table.none')}</p>}
    </Hue>
  )
}

/** The table's title; who is in several clubs turns to another one by it. */
function Whose({ club, name }: { club: string; name: string }) {
  const t = useT()
  const clubs = useQuery(me).data?.clubs ?? []
  if (clubs.length < 2) return name
  return (
    <Menu
      label={t('table.whose')}
      align="start"
      trigger={
        <button
          type="button"
          className="reach -mx-1.5 flex max-w-[calc(100%+0.75rem)] items-center gap-1 rounded-control px-1.5 text-left hover:bg-sunken"
        >
          <span className="truncate">{name}</span>
          <DownIcon size={16} className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <MenuChoice
        label={t('table.whose')}
        value={club}
        onChange={chooseClub}
        options={clubs.map(({ id, name: label }) => ({ value: id, label }))}
      />
    </Menu>
  )
}
