import { cx } from '@/lib/cx'

interface ProgressBarProps {
  value: number
  max: number
  /** What it measures, for those who do not see it: "Places taken". */
  label: string
  className?: string
}

/** A bar in the accent. `value` beyond `max` is drawn full; without a `max` it is drawn empty. */
export function ProgressBar({ value, max, label, className }: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
      className={cx('h-1.5 overflow-hidden rounded-pill bg-sunken dark:bg-line', className)}
    >
      <div
        className="h-full rounded-pill bg-accent transition-[width] duration-240"
        style={{ width: `${share * 100}%` }}
      />
    </div>
  )
}
