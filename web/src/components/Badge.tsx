import type { ReactNode } from 'react'

import { cx } from '@/lib/cx'

const TONES = {
  accent: 'bg-accent-soft text-accent-text',
  plain: 'bg-sunken text-ink-2',
  live: 'border border-current text-live',
  good: 'border border-current text-good',
  bad: 'border border-current text-bad',
  warn: 'border border-current text-warn-text',
}

/** A short word about the state of a thing. */
export function Badge({ tone = 'plain', children }: { tone?: keyof typeof TONES; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex shrink-0 items-center gap-1 rounded-pill px-2 py-px text-xs font-semibold whitespace-nowrap',
        TONES[tone],
      )}
    >
      {children}
    </span>
  )
}

/** How many are unread. Nothing at zero; "99+" beyond. `label` says it in words. */
export function CountBadge({
  count,
  label,
  className,
}: {
  count: number
  label: string
  className?: string
}) {
  if (count <= 0) return null
  return (
    <span
      className={cx(
        'num inline-grid min-w-5 place-items-center rounded-pill bg-accent px-1.5 text-xs font-semibold text-accent-ink',
        className,
      )}
    >
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  )
}
