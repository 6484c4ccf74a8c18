import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { eventView } from '@/components/event-view'
import { EventCard } from '@/components/EventCard'
import { CheckIcon } from '@/components/icons'
import { RelativeTime } from '@/components/Time'
import { Tooltip } from '@/components/Tooltip'
import { cx } from '@/lib/cx'
import { plainWords } from '@/lib/format'
import { placeOf } from '@/lib/links'
import { useAnswer } from '@/lib/queries/actions'
import { useMember } from '@/lib/session'

import { showsEvent } from './days'
import { eventOf, type Notification } from './queries'
import { Sign } from './Sign'
import { useT } from './t'

interface EntryProps {
  entry: Notification
  now: number
  onRead: (id: string) => void
}

/** One notification. It leads to what it is about; an event can be answered where it stands. */
export function Entry({ entry, now, onRead }: EntryProps) {
  const member = useMember()
  const { to, search } = placeOf(entry.link, member.handle)
  const hash = entry.kind === 'badge' ? 'badges' : undefined
  const read = () => entry.read || onRead(entry.id)
  return (
    <li className={cx('relative -mx-3 rounded-card px-3 py-4', !entry.read && 'bg-sunken')}>
      <div className="flex gap-4">
        <Sign of={entry} />
        <div className="min-w-0 flex-1">
          <Link
            to={to as '/'}
            search={search as never}
            hash={hash}
            onClick={read}
            className={cx(
              'block text-balance hover:underline',
              entry.read ? 'text-ink-2' : 'font-semibold text-ink',
            )}
          >
            {entry.text}
          </Link>
          {entry.detail && !showsEvent(entry, now) && (
            <p className="mt-0.5 line-clamp-2 text-sm text-ink-3">{plainWords(entry.detail)}</p>
          )}
          <p className="num mt-0.5 text-sm text-ink-3">
            <RelativeTime at={entry.at} />
            {entry.club && <span>{`, ${entry.club.name}`}</span>}
          </p>
          {showsEvent(entry, now) && <TheEvent entry={entry} now={now} onAnswered={read} />}
        </div>
        {!entry.read && <ReadButton onRead={read} />}
      </div>
    </li>
  )
}

function ReadButton({ onRead }: { onRead: () => void }) {
  const t = useT()
  return (
    <Tooltip words={t('markOne')}>
      <button
        type="button"
        aria-label={t('markOne')}
        onClick={onRead}
        className="group reach grid size-6 place-items-center rounded-pill text-ink-2 hover:bg-line"
      >
        <i aria-hidden="true" className="size-2.5 rounded-pill bg-accent group-hover:hidden" />
        <CheckIcon size={16} className="hidden group-hover:block" />
      </button>
    </Tooltip>
  )
}

function TheEvent({ entry, now, onAnswered }: { entry: Notification; now: number; onAnswered: () => void }) {
  const event = useQuery(eventOf(entry.subject_id)).data
  const answer = useAnswer({ surface: 'event' })
  // Gone or not for me any more: the words above say enough.
  if (!event) return entry.detail ? <p className="mt-0.5 text-sm text-ink-3">{entry.detail}</p> : null
  return (
    <EventCard
      className="mt-3 -ml-14 sm:ml-0"
      size="inline"
      event={eventView(event, now)}
      onAnswer={(value) => {
        onAnswered()
        answer.mutate({ event, answer: value })
      }}
    />
  )
}
