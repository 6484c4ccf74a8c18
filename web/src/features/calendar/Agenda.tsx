import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { Badge } from '@/components/Badge'
import { Button, ButtonLink } from '@/components/Button'
import { EmptyState } from '@/components/EmptyState'
import { eventView } from '@/components/event-view'
import { EventCard } from '@/components/EventCard'
import { Loaded } from '@/components/Loaded'
import { EventCardSkeleton } from '@/components/Skeleton'
import { useNow } from '@/lib/clock'
import { dateParts, dayName, daysBetween } from '@/lib/format'
import { useAnswer } from '@/lib/queries/actions'

import { AHEAD, byDay, clashes, dayAt, midnight, type Day } from './days'
import { answeredLike, eventsIn, type CalendarEvent, type MyAnswer } from './queries'
import { useT } from './t'

interface AgendaProps {
  /** The day it begins at; today when absent. */
  on: string | undefined
  club: string | undefined
  answer: MyAnswer
}

/** What comes, day by day, with my answer beside it. */
export function Agenda({ on, club, answer }: AgendaProps) {
  const t = useT()
  const now = useNow(60_000)
  const [stretches, setStretches] = useState(1)
  const [past, setPast] = useState(0)
  const first = dayAt(on, now)
  const range = { from: midnight(first, -past), to: midnight(first) + AHEAD * stretches }
  const query = useQuery({ ...eventsIn(range, club), placeholderData: keepPreviousData })
  return (
    <Loaded query={query} skeleton={<Bones />}>
      {({ data }) => {
        const shown = data.filter(answeredLike(answer, now))
        const clashing = clashes(data)
        return (
          <>
            {past === 0 && (
              <Button size="sm" tone="quiet" className="-ml-3 mb-2" onClick={() => setPast(28)}>
                {t('agenda.earlier')}
              </Button>
            )}
            {shown.length === 0 ? (
              <Nothing isFiltered={club !== undefined || answer !== 'all'} />
            ) : (
              <ol className="flex flex-col gap-7">
                {byDay(shown, range.from).map((day) => (
                  <DayOf key={day.key} day={day} now={now} clashing={clashing} />
                ))}
              </ol>
            )}
            {stretches < 8 && shown.length > 0 && (
              <Button
                wide
                className="mt-7"
                busy={query.isPlaceholderData}
                onClick={() => setStretches((n) => n + 1)}
              >
                {t('agenda.further')}
              </Button>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

function DayOf({ day, now, clashing }: { day: Day; now: number; clashing: ReadonlySet<string> }) {
  const { day: number, month, weekday } = dateParts(day.at)
  const isNear = Math.abs(daysBetween(now, day.at)) < 2
  const isToday = daysBetween(now, day.at) === 0
  return (
    <li>
      <h2 className="sticky top-0 z-10 flex items-baseline gap-2 bg-paper/92 py-2 text-md backdrop-blur-sm">
        <span className={isToday ? 'text-accent-text' : ''}>{isNear ? dayName(day.at, now) : weekday}</span>
        <span className="num font-text text-sm font-medium tracking-normal text-ink-3">
          {number} {month}
        </span>
      </h2>
      <ul className="flex flex-col gap-2.5">
        {day.events.map((event) => (
          <li key={event.id}>
            <Entry event={event} now={now} clashes={clashing.has(event.id)} />
          </li>
        ))}
      </ul>
    </li>
  )
}

function Entry({ event, now, clashes: isClash }: { event: CalendarEvent; now: number; clashes: boolean }) {
  const t = useT()
  const { mutate } = useAnswer({ surface: 'calendar' })
  return (
    <EventCard
      event={eventView(event, now)}
      size="inline"
      onAnswer={(answer) => mutate({ event, answer })}
      className={Date.parse(event.ends_at) <= now ? 'opacity-70' : undefined}
    >
      <p className="mt-2 flex flex-wrap gap-2 text-xs empty:hidden">
        {isClash && <Badge tone="warn">{t('clash')}</Badge>}
      </p>
    </EventCard>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const t = useT()
  if (isFiltered) return <EmptyState drawing="calendar" title={t('none')} words={t('none.words')} />
  return (
    <EmptyState
      drawing="calendar"
      title={t('calendar.empty')}
      words={t('calendar.empty.words')}
      action={
        <ButtonLink to="/clubs" tone="ink">
          {t('calendar.empty.action')}
        </ButtonLink>
      }
    />
  )
}

function Bones() {
  return (
    <div className="flex flex-col gap-4">
      <EventCardSkeleton />
      <EventCardSkeleton />
      <EventCardSkeleton />
    </div>
  )
}
