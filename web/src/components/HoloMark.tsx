import type { ReactNode } from 'react'

import { cx } from '@/lib/cx'

/** The mark. One of the three places where the holo gradient may appear. */
export function HoloMark({ size = 28, className }: { size?: number; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx('holo relative inline-block shrink-0', className)}
      style={{ width: size, height: size, borderRadius: size * 0.32 }}
    >
      <svg viewBox="0 0 28 28" className="absolute inset-0">
        <path
          d="M14 8.250a5.750 5.750 0 1 0 5.750 5.750"
          transform="rotate(8 14 14)"
          fill="none"
          stroke="#fff"
          strokeWidth="2.500"
          strokeLinecap="round"
        />
      </svg>
    </span>
  )
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2.5', className)}>
      <HoloMark />
      <span className="display text-lg font-bold tracking-[-0.02em]">ClubHoloHub</span>
    </span>
  )
}

/** The dot before a reason: the second place. */
export function HoloDot({ className }: { className?: string }) {
  return <i aria-hidden="true" className={cx('holo inline-block size-2 shrink-0 rounded-pill', className)} />
}

interface HoloRingProps {
  live: boolean
  children: ReactNode
  className?: string
  /** The corner radius of what is inside. */
  shape?: 'round' | 'card'
}

/** The ring of something live: the third place. Without `live` it takes no room. */
export function HoloRing({ live, children, className, shape = 'round' }: HoloRingProps) {
  if (!live) return <>{children}</>
  const radius = shape === 'round' ? 'rounded-pill' : 'rounded-[1.125rem]'
  return <span className={cx('holo inline-flex p-0.5 *:flex', radius, className)}>{children}</span>
}
