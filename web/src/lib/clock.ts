import { useEffect, useState } from 'react'

/** The server's clock as far as we can tell: locks, countdowns and "now" follow it, not the device. */
export interface ServerClock {
  /** Milliseconds since 1970 on the server's clock. */
  now: () => number
  /** An exact reading: the server said `at` between our `sent` and `received` (all in ms). The tightest reading wins. */
  observe: (at: number, sent: number, received: number) => void
  /** An HTTP Date header, right to a second only: it corrects clocks that are plainly wrong. */
  observeHeader: (header: string | null, sent: number, received: number) => void
}

// A reading loses its worth: a device that slept or was set anew must be able to correct itself.
const WORTH_MS = 60_000

export function createServerClock(device: () => number = Date.now): ServerClock {
  let offset = 0
  let best = { width: Number.POSITIVE_INFINITY, taken: Number.NEGATIVE_INFINITY }

  const observe = (at: number, sent: number, received: number) => {
    const width = received - sent
    if (width < 0 || (width > best.width && received - best.taken < WORTH_MS)) return
    best = { width, taken: received }
    offset = at - (sent + received) / 2
  }

  return {
    now: () => device() + offset,
    observe,
    observeHeader(header, sent, received) {
      const at = header === null ? Number.NaN : Date.parse(header)
      if (Number.isNaN(at)) return
      const middle = at + 500
      const off = middle - (sent + received) / 2 - offset
      if (Math.abs(off) > 1500 + (received - sent)) observe(middle, sent, received)
    },
  }
}

export const serverClock = createServerClock()

/** The server's time, renewed every `everyMs`; the component re-renders with it. */
export function useNow(everyMs = 30_000, clock: Pick<ServerClock, 'now'> = serverClock): number {
  const [now, setNow] = useState(() => clock.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), everyMs)
    return () => clearInterval(timer)
  }, [clock, everyMs])
  return now
}
