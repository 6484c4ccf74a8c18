import { cx } from '@/lib/cx'

import type { Scope } from './queries'
import { useT } from './t'

const SCOPES: readonly Scope[] = ['this', 'following', 'all']

interface ScopeChoiceProps {
  value: Scope
  onChange: (scope: Scope) => void
  /** What was changed belongs to the series: one date alone cannot have it. */
  withoutThis?: boolean
  label: string
}

/** This date, this and the following, or all that are still to come. */
export function ScopeChoice({ value, onChange, withoutThis = false, label }: ScopeChoiceProps) {
  const t = useT()
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 text-sm font-semibold">{label}</legend>
      {SCOPES.map((scope) => {
        const isOut = scope === 'this' && withoutThis
        return (
          <label
            key={scope}
            className={cx(
              'flex min-h-14 items-center gap-3 rounded-control border px-3.5 py-2.5 transition-colors',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink',
              value === scope ? 'border-ink bg-sunken' : 'border-line hover:bg-sunken',
              isOut && 'opacity-50',
            )}
          >
            <input
              type="radio"
              name="scope"
              value={scope}
              checked={value === scope}
              disabled={isOut}
              onChange={() => onChange(scope)}
              className="size-4 accent-ink"
            />
            <span className="flex-1 font-medium">
              {t(`scope.${scope}`)}
              <small className="block text-sm font-normal text-ink-3">
                {isOut ? t('scope.this.out') : t(`scope.${scope}.words`)}
              </small>
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
