import { Avatar } from '@/components/Avatar'
import { cx } from '@/lib/cx'

import type { Suggestion } from './suggesting'

interface SuggestionListProps {
  id: string
  label: string
  all: readonly Suggestion[]
  place: number
  onPick: (suggestion: Suggestion) => void
}

/** What the field offers to complete, over it. The focus stays in the field. */
export function SuggestionList({ id, label, all, place, onPick }: SuggestionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className="absolute inset-x-0 bottom-full z-20 mb-2 max-h-72 overflow-y-auto rounded-card border border-line bg-surface p-1 shadow-lift"
    >
      {all.map((one, at) => (
        <button
          key={one.key}
          id={`${id}-${at}`}
          type="button"
          role="option"
          tabIndex={-1}
          aria-selected={at === place}
          // The field keeps the focus, and with it the keyboard of a phone.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(one)}
          className={cx(
            'flex min-h-11 w-full items-center gap-3 rounded-control px-2.5 py-1.5 text-left',
            at === place ? 'bg-sunken' : 'hover:bg-sunken',
          )}
        >
          {one.person && <Avatar person={one.person} size={28} />}
          <span className="flex min-w-0 flex-col sm:flex-row sm:items-baseline sm:gap-3">
            <span className="truncate text-md font-semibold">{one.label}</span>
            <span className="truncate text-sm text-ink-3">{one.detail}</span>
          </span>
        </button>
      ))}
    </div>
  )
}
