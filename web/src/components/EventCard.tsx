import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { cx } from '@/lib/cx'
import { clockTime, deviceZone, someNames } from '@/lib/format'

import { AnswerPills, CapacityBar, type Answer } from './AnswerPills'
import { AvatarStack } from './Avatar'
import { Badge } from './Badge'
import { Card } from './Card'
import { DateBlock } from './DateBlock'
import type { EventView } from './event-view'
import { Hue } from './Hue'
import { ClockIcon, PinIcon } from './icons'
import { RepeatIcon } from './icons-more'
import { useT } from './t'

export type { EventView }

interface EventCardProps {
  event: EventView
  onAnswer?: (answer: Answer) => void
  /** `feed` with faces and capacity; `inline` for chat and the side; `line` without an answer. */
  size?: 'feed' | 'inline' | 'line'
  className?: string
  /** Under everything else, such as an admin's buttons. */
  children?: ReactNode
}

/** An event, the same wherever it appears. */
export function EventCard({ event, onAnswer, size = 'feed', className, children }: EventCardProps) {
  const isBig = size === 'feed'
  const isLive = event.state === 'live'
  return (
    <Hue value={event.club.hue} className={cx(isLive && 'holo rounded-[1.0625rem] p-0.5', className)}>
      <Card className={cx('flex overflow-hidden', isLive && 'border-transparent')}>
        <DateBlock
          at={event.starts_at}
          zone={event.zone ?? undefined}
          size={isBig ? 'tall' : 'card'}
          cancelled={event.state === 'cancelled'}
        />
        <div className={cx('min-w-0 flex-1', isBig ? 'px-4 py-4 md:px-5 md:py-4.5' : 'px-4 py-3.5')}>
          <Title event={event} isBig={isBig} />
          <Facts event={event} isBig={isBig} />
          {isBig && <Turnout event={event} />}
          {onAnswer && size !== 'line' && <Reply event={event} onAnswer={onAnswer} isBig={isBig} />}
          {children}
        </div>
      </Card>
    </Hue>
  )
}

function Title({ event, isBig }: { event: EventView; isBig: boolean }) {
  const t = useT()
  return (
    <div className="flex items-start gap-2">
      <h3 className={cx('min-w-0', isBig ? 'text-lg' : 'text-md')}>
        <Link to="/e/$eventId" params={{ eventId: event.id }} className="hover:underline">
          {event.title}
        </Link>
      </h3>
      {event.state === 'live' && <Badge tone="live">{t('event.live')}</Badge>}
      {event.state === 'cancelled' && <Badge tone="bad">{t('event.cancelled')}</Badge>}
    </div>
  )
}

function Facts({ event, isBig }: { event: EventView; isBig: boolean }) {
  const zone = event.zone ?? undefined
  const time = clockTime(event.starts_at, zone)
  const mine = clockTime(event.starts_at, deviceZone())
  const t = useT()
  const both = mine === time ? time : t('event.bothTimes', { there: time, here: mine })
  if (!isBig)
    return (
      <p className="mt-1 text-sm text-ink-2">
        {[both, event.place, places(event, t)].filter(Boolean).join(', ')}
      </p>
    )
  return (
    <div className="mt-1 flex flex-wrap gap-x-3.5 gap-y-0.5 text-sm text-ink-2">
      <span className="num inline-flex items-center gap-1.5">
        <ClockIcon size={16} />
        {both}
      </span>
      {event.place && (
        <span className="inline-flex items-center gap-1.5">
          <PinIcon size={16} />
          {event.place}
        </span>
      )}
      {event.repeats && (
        <span className="inline-flex items-center gap-1.5">
          <RepeatIcon size={16} />
          {t('event.repeats')}
        </span>
      )}
      <Link
        to="/c/$slug"
        params={{ slug: event.club.slug }}
        className="font-medium text-accent-text hover:underline"
      >
        {event.club.name}
      </Link>
    </div>
  )
}

function places(event: EventView, t: ReturnType<typeof useT>) {
  return event.capacity ? t('capacity.places', { going: event.going, capacity: event.capacity }) : ''
}

function Turnout({ event }: { event: EventView }) {
  const t = useT()
  const people = event.people ?? []
  if (!event.capacity && event.going === 0) return null
  const left = event.capacity ? Math.max(0, event.capacity - event.going) : undefined
  const going = event.capacity
    ? t('capacity.ofGoing', { going: event.going, capacity: event.capacity })
    : t('capacity.going', { going: event.going })
  const count = event.capacity ? t('capacity.of', { going: event.going, capacity: event.capacity }) : going
  return (
    <div className="mt-4">
      <div className="flex items-center justify-between gap-3 text-sm text-ink-3">
        <span className="flex min-w-0 items-center gap-2">
          {people.length > 0 ? (
            <>
              <AvatarStack people={people} />
              {someNames(
                people.map(({ name }) => name),
                event.going,
              )}
            </>
          ) : (
            <span className="num text-ink-2">{going}</span>
          )}
        </span>
        <span className="num whitespace-nowrap">
          {people.length > 0 ? count : left !== undefined && t('capacity.left', { n: left })}
        </span>
      </div>
      <div className="mt-1.5">
        <CapacityBar going={event.going} capacity={event.capacity} />
      </div>
    </div>
  )
}

function Reply({
  event,
  onAnswer,
  isBig,
}: {
  event: EventView
  onAnswer: (answer: Answer) => void
  isBig: boolean
}) {
  const t = useT()
  if (event.state === 'cancelled' || event.state === 'over') return null
  const isFull = Boolean(event.capacity && event.going >= event.capacity)
  return (
    <div className={isBig ? 'mt-3.5' : 'mt-2.5'}>
      <AnswerPills
        of={event.title}
        value={event.answer}
        onAnswer={onAnswer}
        full={isFull}
        waiting={Boolean(event.waitlist_position)}
      />
      {event.waitlist_position ? (
        <p className="mt-2 text-sm text-ink-2">{t('event.inLine', { place: event.waitlist_position })}</p>
      ) : null}
    </div>
  )
}
