import '@fullcalendar/react/skeleton.css'

import FullCalendar, { type CalendarOptions, type CalendarRef } from '@fullcalendar/react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'

import { cx } from '@/lib/cx'

import { hoursOf, type GridView } from './days'
import { Entry, Mark } from './GridEntry'
import type { CalendarEvent } from './queries'
import { useT } from './t'

export type GridPlugin = NonNullable<CalendarOptions['plugins']>[number]

interface GridProps {
  /** What draws days (a month) or hours (a week). */
  plugin: GridPlugin
  view: GridView
  day: number
  events: readonly CalendarEvent[]
  clashing: ReadonlySet<string>
  /** What is shown is of another sheet, or nothing has come yet. */
  isOld: boolean
  /** On a phone a month has room for marks only; a press on a day opens it. */
  isSmall: boolean
  onDay: (at: number) => void
}

const THREE = { timeGridThree: { type: 'timeGrid', duration: { days: 3 } } }
const VIEWS = { month: 'dayGridMonth', week: 'timeGridWeek', days: 'timeGridThree' } as const

/** Our paper over FullCalendar's bones: hairlines, tabular figures, each event in its club's colour. */
const LOOK: CalendarOptions = {
  viewClass: 'rounded-card border border-line bg-surface overflow-hidden',
  tableHeaderClass: 'bg-surface',
  dayHeaderClass: 'border-line',
  dayHeaderInnerClass: (info) =>
    cx('num px-2 py-2 text-sm font-semibold', info.isToday ? 'text-ink' : 'text-ink-3'),
  dayHeaderDividerClass: 'border-b border-line',
  dayCellClass: (info) =>
    cx('border border-line', info.isOther && 'bg-sunken/60', info.isToday && 'bg-accent-soft/45'),
  dayRowClass: 'border border-line',
  dayHeaderRowClass: 'border border-line',
  slotHeaderRowClass: 'border-line',
  dayCellTopClass: 'flex justify-end p-1',
  dayCellTopInnerClass: (info) =>
    cx(
      'num grid size-6 place-items-center rounded-pill text-sm font-semibold',
      info.isToday ? 'bg-ink text-paper' : info.isOther ? 'text-ink-3' : 'text-ink-2',
    ),
  dayCellBottomClass: 'min-h-1',
  dayLaneClass: (info) => cx('border border-line', info.isToday && 'bg-accent-soft/45'),
  dayLaneInnerClass: 'mx-0.5',
  slotLaneClass: (info) => cx('border border-line', info.isMinor && 'border-dotted'),
  slotHeaderClass: 'border-line',
  slotHeaderInnerClass: 'num px-2 text-xs text-ink-3 -translate-y-px',
  slotHeaderDividerClass: 'border-r border-line',
  nowIndicatorLineClass: 'border-t-2 border-live',
  nowIndicatorDotClass: 'size-2 rounded-pill bg-live -translate-x-1 -translate-y-1',
  eventClass: 'outline-offset-2 focus-visible:outline-2 focus-visible:outline-ink no-underline',
  rowEventClass: 'mx-1 mb-0.5',
  columnEventClass: 'mb-px',
  fillerClass: 'border border-line',
  moreLinkClass: 'mx-1 mb-0.5 rounded-sm hover:bg-sunken',
  moreLinkInnerClass: 'px-1.5 py-px text-xs font-semibold text-ink-2',
  popoverClass: 'w-64 rounded-card border border-line bg-surface shadow-lift p-2',
  popoverCloseClass: 'absolute top-2 right-2 size-6',
  allDayDividerClass: 'border-b border-line',
}

export function Grid({ plugin, view, day, events, clashing, isOld, isSmall, onDay }: GridProps) {
  const t = useT()
  const navigate = useNavigate()
  const calendar = useRef<CalendarRef>(null)
  const byId = useMemo(() => new Map(events.map((event) => [event.id, event])), [events])
  const { first, last } = useMemo(() => hoursOf(events), [events])
  const areMarks = isSmall && view === 'month'
  useEffect(() => {
    const api = calendar.current?.getApi()
    // It draws in its own time: asked while React draws, it would complain.
    queueMicrotask(() => api?.changeView(VIEWS[view], new Date(day)))
  }, [view, day])
  return (
    <div className={cx('transition-opacity', isOld && 'opacity-60')} aria-busy={isOld}>
      <FullCalendar
        ref={calendar}
        plugins={[plugin]}
        initialView={VIEWS[view]}
        initialDate={new Date(day)}
        headerToolbar={false}
        firstDay={1}
        locale="en-GB"
        views={view === 'month' ? {} : THREE}
        height="auto"
        slotMinTime={`${String(first).padStart(2, '0')}:00:00`}
        slotMaxTime={`${String(last).padStart(2, '0')}:00:00`}
        slotMinHeight={44}
        allDaySlot={false}
        nowIndicator
        dayMaxEvents={areMarks ? 5 : 4}
        navLinks={areMarks}
        navLinkDayClick={(at) => onDay(at.getTime())}
        fixedWeekCount={false}
        slotDuration="01:00:00"
        slotHeaderFormat={{ hour: '2-digit', minute: '2-digit', hour12: false }}
        moreLinkContent={({ num }) => (areMarks ? `+${num}` : t('more', { n: num }))}
        eventDisplay="block"
        events={events.map((event) => ({
          id: event.id,
          title: event.title,
          start: event.starts_at,
          end: event.ends_at,
          url: `/e/${event.id}`,
        }))}
        eventClick={({ event, jsEvent }) => {
          if (jsEvent.metaKey || jsEvent.ctrlKey || jsEvent.shiftKey) return
          jsEvent.preventDefault()
          if (areMarks && event.start) return onDay(event.start.getTime())
          void navigate({ to: '/e/$eventId', params: { eventId: event.id } })
        }}
        eventContent={({ event }) => {
          const entry = byId.get(event.id)
          if (entry && areMarks) return <Mark event={entry} />
          return entry ? (
            <Entry event={entry} isTall={view !== 'month'} clashes={clashing.has(entry.id)} />
          ) : null
        }}
        {...LOOK}
      />
    </div>
  )
}
