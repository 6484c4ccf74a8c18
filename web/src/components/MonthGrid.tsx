import { useEffect, useRef, useState, type KeyboardEvent } from 'react'

import { cx } from '@/lib/cx'

import { IconButton } from './Button'
import { dayWords, LONG, moved, movedMonths, weekdayOf, weeksOf, type DayKey } from './days'
import { ChevronIcon } from './icons'
import { useT } from './t'

interface MonthGridProps {
  value: DayKey | undefined
  today: DayKey
  min?: DayKey | undefined
  onPick: (day: DayKey) => void
  /** The keyboard came here by itself: the day is focused at once. */
  focused: boolean
}

/** A month to choose a day from. Arrows move by days and weeks, Home and End in the week, Page Up and Down by months. */
export function MonthGrid({ value, today, min, onPick, focused }: MonthGridProps) {
  const t = useT()
  const [at, setAt] = useState(value ?? today)
  const [isFollowed, setFollowed] = useState(focused)
  const grid = useRef<HTMLTableElement>(null)
  useEffect(() => {
    if (isFollowed) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [at, isFollowed])

  const go = (day: DayKey) => {
    setAt(min && day < min ? min : day)
    setFollowed(true)
  }
  const turn = (months: number) => {
    setFollowed(false)
    setAt(movedMonths(at, months))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, () => DayKey> = {
      ArrowLeft: () => moved(at, -1),
      ArrowRight: () => moved(at, 1),
      ArrowUp: () => moved(at, -7),
      ArrowDown: () => moved(at, 7),
      Home: () => moved(at, -weekdayOf(at)),
      End: () => moved(at, 6 - weekdayOf(at)),
      PageUp: () => movedMonths(at, event.shiftKey ? -12 : -1),
      PageDown: () => movedMonths(at, event.shiftKey ? 12 : 1),
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    go(step())
  }
  const weeks = weeksOf(at)
  return (
    <div className="w-72 select-none">
      <div className="mb-1 flex items-center gap-1">
        <h3 className="mr-auto px-2 text-md" aria-live="polite">
          {dayWords(at, { month: 'long', year: 'numeric' })}
        </h3>
        <IconButton
          icon={ChevronIcon}
          label={t('day.before')}
          className="rotate-180"
          onClick={() => turn(-1)}
        />
        <IconButton icon={ChevronIcon} label={t('day.next')} onClick={() => turn(1)} />
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a month is a table one walks in */}
      <table ref={grid} role="grid" className="num w-full table-fixed" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" className="h-8 text-xs font-medium text-ink-3">
                <abbr className="no-underline" aria-label={dayWords(day, { weekday: 'long' })}>
                  {dayWords(day, { weekday: 'narrow' })}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} role="gridcell" aria-selected={day === value} className="p-0 text-center">
                  <button
                    type="button"
                    tabIndex={day === at ? 0 : -1}
                    disabled={min !== undefined && day < min}
                    aria-label={dayWords(day, LONG)}
                    aria-current={day === today ? 'date' : undefined}
                    onClick={() => onPick(day)}
                    className={cx(
                      'size-10 rounded-pill text-sm disabled:opacity-35 touch:size-11',
                      day.slice(0, 7) === at.slice(0, 7) ? 'font-medium' : 'text-ink-3',
                      day === value
                        ? 'bg-accent font-semibold text-accent-ink'
                        : 'not-disabled:hover:bg-sunken',
                      day === today && day !== value && 'border border-ink-3',
                    )}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
