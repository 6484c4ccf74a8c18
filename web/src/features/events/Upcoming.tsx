import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

import { Card } from '@/components/Card'
import { DateBlock } from '@/components/DateBlock'
import { CloseIcon, WarnIcon } from '@/components/icons'
import { RetryIcon } from '@/components/icons-more'
import { Bone } from '@/components/Skeleton'
import { asProblem, type Wire } from '@/lib/api'
import { clockTime, dayAndTime, deviceZone } from '@/lib/format'

import { timingOf, type Draft } from './draft'
import { preview } from './queries'
import { useT } from './t'
import { hours, monthOf } from './when'

/** A value that has rested for a moment: the hub is not asked at every letter. */
function useRested<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return rested
}

interface UpcomingProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
}

/** What the plan means: the sentence, the next dates, and what the change of clocks does to them. */
export function Upcoming({ draft, set }: UpcomingProps) {
  const t = useT()
  const rested = useRested(draft, 350)
  const query = useQuery({ ...preview(rested.clubId, timingOf(rested)), placeholderData: keepPreviousData })
  const repeats = draft.repeat.every !== 'never'
  if (query.error) {
    return (
      <p role="status" className="flex gap-2 text-sm font-medium text-warn-text">
        <WarnIcon size={18} />
        {asProblem(query.error).firstFault}
      </p>
    )
  }
  if (!query.data) return <Bone className="h-24 w-full rounded-card" />
  const { summary, next_dates: dates, dates: total, endless } = query.data
  const shown = dates.slice(0, repeats ? 6 : 1)
  return (
    <Card className="overflow-hidden">
      <p
        className="border-b border-line bg-accent-soft px-4 py-3 font-semibold text-accent-text"
        role="status"
      >
        {summary}
        {repeats && !endless && <span className="ml-1 font-normal">{t('upcoming.total', { n: total })}</span>}
      </p>
      <ul className="grid sm:grid-cols-2">
        {shown.map((date) => (
          <Date_
            key={date.local}
            date={date}
            zone={rested.zone}
            onLeave={
              repeats && total > 1 ? () => set({ left: [...draft.left, date.local].sort() }) : undefined
            }
          />
        ))}
      </ul>
      {draft.left.length > 0 && repeats && (
        <div className="flex flex-wrap gap-2 border-t border-line px-4 py-3">
          <span className="py-1 text-sm text-ink-3">{t('upcoming.left')}</span>
          {draft.left.map((local) => (
            <button
              key={local}
              type="button"
              className="num inline-flex items-center gap-1.5 rounded-pill border border-line px-2.5 py-1 text-sm line-through hover:no-underline"
              aria-label={t('upcoming.back', { date: dayAndTime(`${local}Z`, 'UTC') })}
              onClick={() => set({ left: draft.left.filter((each) => each !== local) })}
            >
              {dayAndTime(`${local}Z`, 'UTC')}
              <RetryIcon size={14} />
            </button>
          ))}
        </div>
      )}
    </Card>
  )
}

interface DateProps {
  date: Wire<'NextDate'>
  zone: string
  onLeave: (() => void) | undefined
}

function Date_({ date, zone, onLeave }: DateProps) {
  const t = useT()
  const there = clockTime(date.utc, zone)
  const here = clockTime(date.utc, deviceZone())
  return (
    <li className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-b-0 sm:border-b">
      <DateBlock at={date.utc} zone={zone} size="small" />
      <div className="min-w-0 flex-1 text-sm">
        <p className="num font-semibold">{hours(date.utc, date.ends_utc, zone)}</p>
        <p className="num text-ink-3">{monthOf(date.utc, zone)}</p>
        {here !== there && <p className="num text-ink-3">{t('upcoming.mine', { time: here })}</p>}
        {date.note && <p className="font-medium text-warn-text">{date.note}</p>}
      </div>
      {onLeave && (
        <button
          type="button"
          className="reach grid size-8 place-items-center rounded-control text-ink-3 hover:bg-sunken hover:text-ink"
          aria-label={t('upcoming.leave', { date: dayAndTime(date.utc, zone) })}
          onClick={onLeave}
        >
          <CloseIcon size={16} />
        </button>
      )}
    </li>
  )
}
