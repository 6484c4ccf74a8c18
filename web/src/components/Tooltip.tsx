import type { ReactElement } from 'react'

import { cx } from '@/lib/cx'

/**
 * Words over a control, on hover and keyboard focus. Pure CSS, because it stands under nearly every icon and only repeats
 * what the control's own name already says; richer hints belong into a Popover.
 */
export function Tooltip({
  words,
  children,
  side = 'top',
}: {
  words: string
  children: ReactElement
  side?: 'top' | 'right'
}) {
  return (
    <span className="group/tip relative inline-flex">
      {children}
      <span
        aria-hidden="true"
        className={cx(
          'pointer-events-none absolute z-40 rounded-sm bg-ink px-2 py-1 text-xs font-medium whitespace-nowrap text-paper shadow-lift',
          // Not drawn until it is wanted: an invisible one would still widen a narrow page.
          'hidden starting:opacity-0 transition-opacity delay-300',
          'group-hover/tip:block group-has-focus-visible/tip:block touch:hidden!',
          side === 'top'
            ? 'bottom-full left-1/2 mb-1.5 -translate-x-1/2'
            : 'top-1/2 left-full ml-2 -translate-y-1/2',
        )}
      >
        {words}
      </span>
    </span>
  )
}
