import { cx } from '@/lib/cx'
import { dateParts, type Instant } from '@/lib/format'

export interface DateBlockProps {
  at: Instant
  /** The zone of the venue; the device's when absent. */
  zone?: string
  /** `tall` fills the left side of a card with the month; `card` without it; `small` stands alone in a row. */
  size?: 'tall' | 'card' | 'small'
  cancelled?: boolean
  className?: string
}

const SIZES = {
  tall: 'w-17 md:w-21 self-stretch',
  card: 'w-17 self-stretch',
  small: 'size-12 rounded-control',
}

/** Our signature: wherever an event appears, its day looks like this, in its club's colour. */
export function DateBlock({ at, zone, size = 'card', cancelled = false, className }: DateBlockProps) {
  const { weekday, day, month, full } = dateParts(at, zone)
  return (
    <time
      dateTime={new Date(at).toISOString()}
      aria-label={full}
      className={cx(
        'flex shrink-0 flex-col items-center justify-center gap-0.5 bg-accent-soft text-accent-text',
        SIZES[size],
        cancelled && 'opacity-60 grayscale',
        className,
      )}
    >
      <span className={cx('font-semibold leading-none', size === 'small' ? 'text-xs' : 'text-sm')}>
        {weekday}
      </span>
      <b
        className={cx(
          'display num font-bold leading-none',
          size === 'tall' ? 'my-0.5 text-2xl' : size === 'card' ? 'text-xl' : 'text-lg',
          cancelled && 'line-through',
        )}
      >
        {day}
      </b>
      {size === 'tall' && <span className="text-sm font-semibold leading-none">{month}</span>}
    </time>
  )
}
