import { authorisedFetch, type Wire } from '@/lib/api'
import { uuidv7 } from '@/lib/uuid'

export type Signal = Omit<Wire<'Signal'>, 'view_id'>

export interface SignalsNeeds {
  /** Sends a batch; may fail without a word: loss is allowed and nothing waits for it. */
  send: (batch: readonly Wire<'Signal'>[]) => Promise<unknown>
  later: (work: () => void, ms: number) => unknown
}

export const BATCH = 100
const EVERY_MS = 5000

/** Views and dwell, gathered and sent now and then. Each sighting has its own id, so a repeat counts once. */
export function createSignals({ send, later }: SignalsNeeds) {
  let waiting: Wire<'Signal'>[] = []
  let isPlanned = false

  const flush = () => {
    isPlanned = false
    const batches = waiting
    waiting = []
    for (let start = 0; start < batches.length; start += BATCH)
      void send(batches.slice(start, start + BATCH)).catch(() => undefined)
  }

  return {
    flush,
    note(signal: Signal) {
      waiting.push({ ...signal, view_id: uuidv7() })
      if (isPlanned) return
      isPlanned = true
      later(flush, EVERY_MS)
    },
  }
}

export const signals = createSignals({
  send: (batch) =>
    authorisedFetch(
      new Request(`${location.origin}/api/v1/signals`, {
        method: 'POST',
        keepalive: true,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ signals: batch }),
      }),
    ),
  later: (work, ms) => setTimeout(work, ms),
})

addEventListener('pagehide', () => signals.flush())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') signals.flush()
})
