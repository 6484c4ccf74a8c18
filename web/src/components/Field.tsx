import {
  createContext,
  useContext,
  useId,
  type ComponentProps,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react'

import { cx } from '@/lib/cx'

import { DownIcon } from './icons'

interface FieldState {
  id: string
  describedBy: string | undefined
  invalid: boolean
}

const FieldContext = createContext<FieldState | undefined>(undefined)

interface FieldProps {
  label: string
  /** Under the control: what is good to know. */
  hint?: ReactNode
  /** A sentence on what is wrong. Give `problem.fault('email')`. */
  fault?: string
  /** At the right of the label: "optional", a link. */
  end?: ReactNode
  hideLabel?: boolean
  className?: string
  children: ReactNode
}

/** Label, control, hint and fault, tied together for those who hear them. */
export function Field({ label, hint, fault, end, hideLabel, className, children }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  const describedBy = fault || hint ? hintId : undefined
  return (
    <FieldContext value={{ id, describedBy, invalid: Boolean(fault) }}>
      <div className={cx('flex flex-col gap-1.5', className)}>
        <div className={cx('flex items-baseline justify-between gap-3', hideLabel && 'sr-only')}>
          <label htmlFor={id} className="text-sm font-semibold">
            {label}
          </label>
          {end && <span className="text-sm text-ink-3">{end}</span>}
        </div>
        {children}
        {describedBy && (
          <p id={hintId} className={cx('text-sm', fault ? 'font-medium text-bad' : 'text-ink-3')}>
            {fault ?? hint}
          </p>
        )}
      </div>
    </FieldContext>
  )
}

const CONTROL = cx(
  'w-full rounded-control border bg-surface px-3 text-md text-ink outline-offset-0 transition-colors',
  'focus-visible:border-ink focus-visible:outline-1 disabled:opacity-50',
)

function useControl(className: string | undefined) {
  const field = useContext(FieldContext)
  return {
    id: field?.id,
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.invalid || undefined,
    className: cx(CONTROL, field?.invalid ? 'border-bad' : 'border-line hover:border-ink-3', className),
  }
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useControl(cx('h-11', className))} {...rest} />
}

/** Grows with its text up to `max-h`, where the browser can. */
export function Textarea({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <textarea
      rows={3}
      {...useControl(cx('field-sizing-content max-h-64 min-h-24 py-2.5', className))}
      {...rest}
    />
  )
}

/** The system's own list: the best one there is on a phone. */
export function Select({ className, children, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <span className="relative block">
      <select {...useControl(cx('h-11 appearance-none pr-9', className))} {...rest}>
        {children}
      </select>
      <DownIcon
        size={16}
        className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-ink-3"
      />
    </span>
  )
}

interface SwitchProps {
  label: ReactNode
  detail?: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

/** On or off, at once. */
export function Switch({ label, detail, checked, onChange, disabled }: SwitchProps) {
  const id = useId()
  return (
    <div className="flex min-h-11 items-center gap-4 py-1">
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="block font-medium">{label}</span>
        {detail && <span className="block text-sm text-ink-3">{detail}</span>}
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className={cx(
          'reach h-6 w-10 shrink-0 cursor-pointer appearance-none rounded-pill border border-ink-3 bg-sunken transition-colors',
          'before:absolute before:top-1/2 before:left-[3px] before:size-4 before:-translate-y-1/2 before:rounded-pill before:bg-ink-3',
          'before:transition-[translate,background-color] checked:border-accent checked:bg-accent',
          'checked:before:translate-x-4 checked:before:bg-accent-ink disabled:opacity-50',
        )}
      />
    </div>
  )
}
