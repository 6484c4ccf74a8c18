import { keepPreviousData, useQuery } from '@tanstack/react-query'

import { Button, IconButton } from '@/components/Button'
import { ErrorState } from '@/components/EmptyState'
import { ChevronIcon } from '@/components/icons'
import { useNow } from '@/lib/clock'
import { dateParts } from '@/lib/format'
import { useHotkeys } from '@/lib/hooks/hotkeys'
import { useIsPhone } from '@/lib/hooks/media'

import { clashes, dayAt, dayKey, midnight, sheetOf, turned, type GridView } from './days'
import { Grid, type GridPlugin } from './Grid'
import { answeredLike, eventsIn, type MyAnswer } from './queries'
import { useT } from './t'

export interface SheetProps {
  /** The day it is opened at, as a key; today when absent. */
  on: string | undefined
  club: string | undefined
  answer: MyAnswer
  onTurn: (on: string | undefined) => void
  /** A day was pressed where there is no room for its events. */
  onDay: (on: string) => void
}

interface MonthAndWeekProps extends SheetProps {
  view: 'month' | 'week'
  plugin: GridPlugin
}

/** A month or a week as a sheet of paper, to be turned with the arrows or with j and k. */
export function MonthAndWeek(props: MonthAndWeekProps) {
  const { view: wish, plugin, on, club, answer, onTurn, onDay } = props
  const t = useT()
  const isPhone = useIsPhone()
  const view: GridView = wish === 'week' && isPhone ? 'days' : wish
  const now = useNow(60_000)
  const day = dayAt(on, now)
  const range = sheetOf(view, day)
  const query = useQuery({ ...eventsIn(range, club), placeholderData: keepPreviousData })
  const turn = (step: 1 | -1) => onTurn(dayKey(turned(view, day, step)))
  useHotkeys({ j: () => turn(1), k: () => turn(-1), t: () => onTurn(undefined) })
  const events = query.data?.data ?? []
  const isHere = range.from <= now && now < range.to
  return (
    <section aria-label={title(view, day)}>
      <div className="mb-3 flex items-center gap-1">
        <h2 className="mr-auto text-lg" aria-live="polite">
          {title(view, day)}
        </h2>
        <Button
          size="sm"
          disabled={isHere && midnight(now) >= range.from && !on}
          onClick={() => onTurn(undefined)}
        >
          {t('today')}
        </Button>
        <IconButton
          icon={ChevronIcon}
          label={t(`before.${view}`)}
          className="rotate-180"
          onClick={() => turn(-1)}
        />
        <IconButton icon={ChevronIcon} label={t(`next.${view}`)} onClick={() => turn(1)} />
      </div>
      {query.error && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Grid
          plugin={plugin}
          view={view}
          day={day}
          events={events.filter(answeredLike(answer, now))}
          clashing={clashes(events)}
          isSmall={isPhone}
          onDay={(at) => onDay(dayKey(at))}
          isOld={query.isPlaceholderData || query.isPending}
        />
      )}
      {query.data?.complete === false && <p className="mt-3 text-sm text-warn-text">{t('incomplete')}</p>}
    </section>
  )
}

function title(view: GridView, day: number): string {
  if (view === 'month')
    return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }).format(day)
  const { from, to } = sheetOf(view, day)
  const [first, last] = [dateParts(from), dateParts(to - 1)]
  const month = first.month === last.month ? '' : ` ${first.month}`
  return `${first.day}${month} – ${last.day} ${last.month}`
}
