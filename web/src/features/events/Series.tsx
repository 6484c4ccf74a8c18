import { Link } from '@tanstack/react-router'

import { Section } from '@/components/Card'
import { DateBlock } from '@/components/DateBlock'
import { BackIcon, ChevronIcon } from '@/components/icons'
import { RepeatIcon } from '@/components/icons-more'
import { clockTime } from '@/lib/format'

import type { EventPage } from './queries'
import { useT } from './t'

type Step = NonNullable<EventPage['next']>

/** The rule in plain words, and the dates before and after this one. */
export function Series({ page }: { page: EventPage }) {
  const t = useT()
  if (!page.repeats) return null
  return (
    <Section title={t('series')}>
      <p className="flex gap-2.5 text-ink-2">
        <RepeatIcon className="mt-0.5 shrink-0 text-ink-3" />
        {page.series.summary}
      </p>
      <nav aria-label={t('series.nav')} className="mt-3 grid grid-cols-2 gap-2.5">
        {page.previous ? (
          <Neighbour step={page.previous} zone={page.tzid} way="previous" />
        ) : (
          <span className="grid place-items-center rounded-card border border-dashed border-line text-sm text-ink-3">
            {t('series.first')}
          </span>
        )}
        {page.next ? (
          <Neighbour step={page.next} zone={page.tzid} way="next" />
        ) : (
          <span className="grid min-h-16 place-items-center rounded-card border border-dashed border-line text-sm text-ink-3">
            {t('series.last')}
          </span>
        )}
      </nav>
    </Section>
  )
}

function Neighbour({ step, zone, way }: { step: Step; zone: string; way: 'previous' | 'next' }) {
  const t = useT()
  const isNext = way === 'next'
  return (
    <Link
      to="/e/$eventId"
      params={{ eventId: step.id }}
      rel={isNext ? 'next' : 'prev'}
      className={`flex items-center gap-2.5 rounded-card border border-line bg-surface p-2.5 transition-colors hover:bg-sunken ${isNext ? 'flex-row-reverse text-right' : ''}`}
    >
      <DateBlock at={step.starts_at} zone={zone} size="small" />
      <span className="min-w-0 flex-1 text-sm leading-tight">
        <span className={`flex items-center gap-1 font-semibold ${isNext ? 'justify-end' : ''}`}>
          {!isNext && <BackIcon size={14} />}
          {t(isNext ? 'series.next' : 'series.previous')}
          {isNext && <ChevronIcon size={14} />}
        </span>
        <span className="num text-ink-3">{clockTime(step.starts_at, zone)}</span>
      </span>
    </Link>
  )
}
