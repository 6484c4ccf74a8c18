import { Hue } from '@/components/Hue'
import { WarnIcon } from '@/components/icons'
import { cx } from '@/lib/cx'
import { clockTime } from '@/lib/format'

import type { CalendarEvent } from './queries'
import { useT } from './t'

/** How an event stands in the grid: filled when I come, framed when I may, faint when I cannot. */
function look({ status, my_answer: mine }: CalendarEvent): string {
  if (status === 'cancelled') return 'bg-sunken text-ink-3 line-through'
  if (mine?.answer === 'yes') return 'bg-accent text-accent-ink'
  if (mine?.answer === 'no') return 'bg-surface text-ink-3 border border-line'
  if (mine?.answer === 'maybe') return 'bg-accent-soft text-accent-text border border-dashed border-accent'
  return 'bg-accent-soft text-accent-text'
}

const TWO_HOURS = 2 * 3_600_000

/** Whether a week's column has a line left for the place. */
function hasRoom({ title, place, starts_at, ends_at }: CalendarEvent): boolean {
  const length = Date.parse(ends_at) - Date.parse(starts_at)
  return place !== '' && (length >= TWO_HOURS || (title.length < 18 && length > TWO_HOURS / 2))
}

interface EntryProps {
  event: CalendarEvent
  /** In a week, where the height is the length. */
  isTall: boolean
  clashes: boolean
}

export function Entry({ event, isTall, clashes }: EntryProps) {
  const t = useT()
  const time = clockTime(event.starts_at)
  return (
    <Hue
      value={event.club.hue}
      className={cx(
        'overflow-hidden rounded-sm text-xs leading-tight hover:underline',
        isTall ? 'h-full px-2 py-1.5' : 'flex gap-1.5 px-1.5 py-1',
        look(event),
      )}
    >
      <span className="num shrink-0 font-medium">{time}</span>
      <span className={cx('min-w-0 font-semibold', isTall ? 'mt-0.5 line-clamp-2' : 'line-clamp-2')}>
        {event.title}
      </span>
      {isTall && hasRoom(event) && <span className="mt-0.5 line-clamp-1">{event.place}</span>}
      {clashes && <WarnIcon size={12} className={isTall ? 'mt-1' : 'ml-auto'} />}
      <span className="sr-only">
        {event.club.name}
        {event.my_answer && `, ${t(`said.${event.my_answer.standing}`)}`}
        {clashes && `, ${t('clash')}`}
      </span>
    </Hue>
  )
}

/** An event where there is only room for its colour: full when I come, faint when not. */
export function Mark({ event }: { event: CalendarEvent }) {
  return (
    <Hue value={event.club.hue} className={cx('h-2 rounded-pill', look(event))}>
      <span className="sr-only">
        {clockTime(event.starts_at)} {event.title}
      </span>
    </Hue>
  )
}
