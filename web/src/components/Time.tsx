import { useEffect } from 'react'

import { serverClock, useNow } from '@/lib/clock'
import { countdown, dayAndTime, relativeTime, type Instant } from '@/lib/format'

/** "40 min ago", renewed by itself; the exact time as its title. */
export function RelativeTime({ at, className }: { at: Instant; className?: string }) {
  const now = useNow(30_000)
  return (
    <time dateTime={new Date(at).toISOString()} title={dayAndTime(at)} className={className}>
      {relativeTime(at, now)}
    </time>
  )
}

interface CountdownProps {
  /** The moment on the server's clock. */
  to: Instant
  /** Runs once when the moment has come. */
  onOver?: () => void
  className?: string
}

/** Time left by the server's clock: "2 h 14", in seconds only during the last minute. */
export function Countdown({ to, onOver, className }: CountdownProps) {
  const until = new Date(to).getTime()
  const left = until - useNow(until - serverClock.now() < 120_000 ? 1000 : 15_000)
  const isOver = left <= 0
  useEffect(() => {
    if (isOver) onOver?.()
  }, [isOver, onOver])
  return (
    <span className={className ?? 'num'} role="timer">
      {countdown(left)}
    </span>
  )
}
