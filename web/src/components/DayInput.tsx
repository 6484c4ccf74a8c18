import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react'

import { serverClock } from '@/lib/clock'
import { cx } from '@/lib/cx'

import { dayWords, isDay, LONG, readDay, todayAt, type DayKey } from './days'
import { Input } from './Field'
import { CalendarIcon } from './icons'
import { MonthGrid } from './MonthGrid'
import { useT } from './t'

interface DayInputProps {
  /** "2026-11-22", or nothing yet. */
  value: string
  onChange: (day: DayKey) => void
  min?: DayKey
}

/** A day, written as the app writes days whatever the browser's language: typed, or chosen from a month. */
export function DayInput({ value, onChange, min }: DayInputProps) {
  const t = useT()
  const [text, setText] = useState<string>()
  const [open, setOpen] = useState<'by hand' | 'by key'>()
  const field = useRef<HTMLInputElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const today = todayAt(serverClock.now())
  const shown = text ?? (isDay(value) ? dayWords(value) : '')
  const read = readDay(shown, today)
  const isEarly = read !== undefined && min !== undefined && read < min
  const fault = isEarly ? t('day.early', { day: dayWords(min) }) : shown === '' || read ? '' : t('day.fault')
  useEffect(() => field.current?.setCustomValidity(fault), [fault])
  const month = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (open) month.current?.scrollIntoView({ block: 'nearest' })
  }, [open])

  // Half a day ("2 Nov" on the way to "22 Nov") is none: what is typed counts when she leaves the field.
  const take = () => {
    if (text === undefined || !read || isEarly) return
    setText(undefined)
    onChange(read)
  }
  const close = () => {
    setOpen(undefined)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && open) {
      event.stopPropagation()
      close()
    }
    if (event.target !== field.current) return
    if (event.key === 'Enter') take()
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    take()
    setOpen('by key')
  }
  const onBlur = (event: FocusEvent) => {
    if (box.current?.contains(event.relatedTarget)) return
    setOpen(undefined)
    take()
  }
  return (
    <div ref={box} role="none" className="relative" onBlur={onBlur} onKeyDown={onKeyDown}>
      <Input
        ref={field}
        required
        value={shown}
        autoComplete="off"
        placeholder={t('day.example')}
        className="num pr-11"
        onClick={() => setOpen('by hand')}
        onChange={(event) => setText(event.target.value)}
      />
      <button
        type="button"
        aria-label={isDay(value) ? t('day.change', { day: dayWords(value, LONG) }) : t('day.choose')}
        aria-haspopup="dialog"
        aria-expanded={open !== undefined}
        onClick={() => setOpen(open ? undefined : 'by key')}
        className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-control text-ink-3 hover:text-ink"
      >
        <CalendarIcon size={18} />
      </button>
      {open && (
        <div
          ref={month}
          role="dialog"
          aria-label={t('day.choose')}
          className={cx(
            'absolute top-full left-0 z-30 mt-1.5 animate-rise rounded-card border border-line bg-surface p-2',
            'scroll-mb-24 shadow-lift',
          )}
          // A press beside the days must not look like one beside the field.
          tabIndex={-1}
        >
          <MonthGrid
            key={read}
            value={isDay(value) ? value : undefined}
            today={today}
            min={min}
            focused={open === 'by key'}
            onPick={(day) => {
              setText(undefined)
              onChange(day)
              close()
            }}
          />
        </div>
      )}
    </div>
  )
}
