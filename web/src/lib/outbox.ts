import { asProblem, type Problem } from './api/problem'
import type { Table } from './idb'
import { createStore, type Store } from './store'

export interface OutboxEntry<Body = unknown> {
  /** A UUIDv7: the order of writing, and what makes a repeat harmless. */
  client_id: string
  /** Entries of one lane leave strictly in order; lanes do not wait for each other. A room is a lane. */
  lane: string
  body: Body
  /** Why the server refused it. It waits for the member: send again, or discard. */
  refused?: string
}

export interface OutboxNeeds<Body> {
  table: Table<OutboxEntry<Body>>
  /** Delivers one entry. Rejecting with an offline Problem keeps it queued; any other Problem marks it refused. */
  deliver: (entry: OutboxEntry<Body>) => Promise<unknown>
  /** Waits before the next attempt after a 429; seconds. */
  wait: (seconds: number) => Promise<void>
}

export interface Outbox<Body> {
  entries: Store<readonly OutboxEntry<Body>[]>
  /** Reads what an earlier visit left behind. */
  restore: () => Promise<void>
  add: (entry: OutboxEntry<Body>) => Promise<void>
  retry: (clientId: string) => Promise<void>
  discard: (clientId: string) => Promise<void>
  /** Sends what is waiting. Call it after each (re)connection and each add. */
  flush: () => Promise<void>
}

/** Messages that survive a reload: kept until the server has acknowledged them, in order within a lane. */
export function createOutbox<Body>(needs: OutboxNeeds<Body>): Outbox<Body> {
  const entries = createStore<readonly OutboxEntry<Body>[]>([])
  const running = new Map<string, Promise<void>>()

  const drop = async (clientId: string) => {
    entries.set((before) => before.filter((entry) => entry.client_id !== clientId))
    await needs.table.delete(clientId)
  }

  const save = async (entry: OutboxEntry<Body>) => {
    entries.set((before) =>
      before.some((other) => other.client_id === entry.client_id)
        ? before.map((other) => (other.client_id === entry.client_id ? entry : other))
        : [...before, entry],
    )
    // A browser without storage (private window, full disk) still sends; it only cannot survive a reload.
    await needs.table.put(entry).catch(() => undefined)
  }

  /** True when the lane may go on to its next entry. */
  const attempt = async (entry: OutboxEntry<Body>): Promise<boolean> => {
    try {
      await needs.deliver(entry)
      await drop(entry.client_id)
      return true
    } catch (reason) {
      return settle(entry, asProblem(reason))
    }
  }

  const settle = async (entry: OutboxEntry<Body>, problem: Problem) => {
    if (problem.isOffline) return false
    if (problem.status === 429) {
      await needs.wait(problem.retryAfter ?? 2)
      return true
    }
    await save({ ...entry, refused: problem.message })
    return true
  }

  const drain = async (lane: string) => {
    for (;;) {
      const next = entries.get().find((entry) => entry.lane === lane && entry.refused === undefined)
      if (!next || !(await attempt(next))) return
    }
  }

  const flush = async () => {
    const lanes = new Set(entries.get().map((entry) => entry.lane))
    for (const lane of lanes) {
      if (!running.has(lane))
        running.set(
          lane,
          drain(lane).finally(() => running.delete(lane)),
        )
    }
    await Promise.all(running.values())
  }

  return {
    entries,
    flush,
    restore: async () => entries.set(await needs.table.all().catch(() => [])),
    async add(entry) {
      await save(entry)
      await flush()
    },
    async retry(clientId) {
      const entry = entries.get().find((other) => other.client_id === clientId)
      if (!entry) return
      await save({ client_id: entry.client_id, lane: entry.lane, body: entry.body })
      await flush()
    },
    discard: drop,
  }
}
