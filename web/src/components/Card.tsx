import type { HTMLAttributes, ReactNode } from 'react'

import { cx } from '@/lib/cx'

/** A card is a thing: an event, a pick, a poll. A post is not one. */
export function Card({ className, ...rest }: HTMLAttributes<HTMLDivElement>) {
  return <div className={cx('rounded-card border border-line bg-surface', className)} {...rest} />
}

/** Rows parted by hairlines. */
export function Rows({ className, ...rest }: HTMLAttributes<HTMLUListElement>) {
  return <ul className={cx('divide-y divide-line', className)} {...rest} />
}

interface RowProps {
  /** A crest, an avatar or a small date block. */
  lead?: ReactNode
  title: ReactNode
  detail?: ReactNode
  /** At the right end: a time, a button, a badge. */
  end?: ReactNode
  className?: string
}

/** One line of a list: something to recognise it by, what it is, what to know, what to do. */
export function Row({ lead, title, detail, end, className }: RowProps) {
  return (
    <li className={cx('flex min-h-14 items-center gap-3 py-3', className)}>
      {lead}
      <div className="min-w-0 flex-1">
        <div className="truncate font-semibold">{title}</div>
        {detail && <div className="truncate text-sm text-ink-3">{detail}</div>}
      </div>
      {end && <div className="shrink-0 text-sm text-ink-3">{end}</div>}
    </li>
  )
}

interface SectionProps {
  title: ReactNode
  /** Beside the title, at the right. */
  end?: ReactNode
  children: ReactNode
  className?: string
}

/** A titled part of the side column or of a page. */
export function Section({ title, end, children, className }: SectionProps) {
  return (
    <section className={className}>
      <div className="mb-3 flex items-baseline justify-between gap-3">
        <h2 className="text-lg">{title}</h2>
        {end && <div className="num text-sm font-medium text-ink-3">{end}</div>}
      </div>
      {children}
    </section>
  )
}
