import { useId, type ReactNode } from 'react'

import { cx } from '@/lib/cx'

export interface SegmentedOption<T extends string> {
  value: T
  label: ReactNode
}

interface SegmentedProps<T extends string> {
  label: string
  value: T
  options: readonly SegmentedOption<T>[]
  onChange: (value: T) => void
  /** `pills` stand apart and scroll sideways on a phone; `joined` share one border. */
  look?: 'joined' | 'pills'
  className?: string
}

/** A choice of one, as pills. Native radios, so arrows, Tab and forms work by themselves. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, value, options, onChange, look = 'joined', className } = props
  const name = useId()
  const isJoined = look === 'joined'
  return (
    <fieldset
      className={cx(
        isJoined
          ? 'inline-flex gap-0.5 rounded-pill border border-line bg-paper p-[3px]'
          : 'scroll-quiet flex gap-2 overflow-x-auto py-1',
        className,
      )}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'reach cursor-pointer rounded-pill px-4 py-[5px] text-center text-sm font-semibold whitespace-nowrap transition-colors',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink',
            !isJoined && 'border',
            value === option.value
              ? 'border-ink bg-ink text-paper'
              : 'border-line text-ink-2 hover:bg-sunken hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
