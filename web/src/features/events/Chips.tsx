import type { ReactNode } from 'react'

import { cx } from '@/lib/cx'

interface ChipsProps<T extends string | number> {
  label: string
  options: readonly { value: T; label: ReactNode; name?: string }[]
  value: readonly T[]
  onChange: (value: readonly T[]) => void
  fault?: string
}

/** A choice of several, as pills. */
export function Chips<T extends string | number>({ label, options, value, onChange, fault }: ChipsProps<T>) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => {
          const isOn = value.includes(option.value)
          return (
            <label
              key={option.value}
              className={cx(
                'reach cursor-pointer rounded-pill border px-3.5 py-1.5 text-sm font-semibold transition-colors',
                'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink',
                isOn ? 'border-accent bg-accent text-accent-ink' : 'border-line text-ink-2 hover:bg-sunken',
              )}
            >
              <input
                type="checkbox"
                aria-label={option.name}
                checked={isOn}
                onChange={() =>
                  onChange(isOn ? value.filter((each) => each !== option.value) : [...value, option.value])
                }
                className="sr-only"
              />
              {option.label}
            </label>
          )
        })}
      </div>
      {fault && <p className="mt-1.5 text-sm font-medium text-bad">{fault}</p>}
    </fieldset>
  )
}
