import { asProblem, type Problem } from './api/problem'
import type { Table } from './idb'
import { createStore, type Store } from './store'

export interface OutboxEntry<Body = unknown> {
  /** A UUIDv7: the order of writing, and what makes a repeat harmless. */
  client_id: string
  /** Entries of one lane leave strictly in order; lanes do not wait for each other. A room is a lane. */
  lane: string
  /** Whose it is: what one member wrote is never sent by the next who signs in here. */
  owner: string
  body: Body
  /** Why the server refused it. It waits for the member: send again, or discard. */
  refused?: string
  /** Acknowledged at this place of its lane. It stays in sight until the lane has been heard up to there. */
  settled?: number
}

export interface OutboxNeeds<Body> {
  table: Table<OutboxEntry<Body>>
  /** Delivers one entry and answers its place in the lane. Rejecting with a Problem that may pass keeps it queued. */
  deliver: (entry: OutboxEntry<Body>) => Promise<{ seq: number } | undefined>
  /** Waits before the next attempt; seconds. */
  wait: (seconds: number) => Promise<void>
  random?: () => number
}

export interface Outbox<Body> {
  entries: Store<readonly OutboxEntry<Body>[]>
  /** Reads what an earlier visit of this member left behind. */
  restore: (owner: string) => Promise<void>
  /** Takes in what her other tabs left in the table since, lets go of what they have done, and sends what is waiting. */
  gather: () => Promise<void>
  add: (entry: Omit<OutboxEntry<Body>, 'owner'>) => Promise<void>
  retry: (clientId: string) => Promise<void>
  discard: (clientId: string) => Promise<void>
  /** Sends what is waiting, now. Call it after each (re)connection; it also tries by itself, less and less often. */
  flush: () => Promise<void>
  /** The lane itself shows everything up to this place: what was acknowledged before it leaves. */
  heardUpTo: (lane: string, seq: number) => void
  /** Forgets the member, not what she wrote: it waits for her return. */
  leave: () => void
}

const LONGEST_WAIT = 30

/** Seconds before the next attempt: doubling to half a minute, each with up to half of itself more or less. */
export const backOff = (tries: number, random: () => number) =>
  Math.min(LONGEST_WAIT, 2 ** tries) * (0.5 + random())

/** True for what is no answer to the message itself: a lost line, a hub that is busy or starting, a token run out. */
const mayPass = (problem: Problem) =>
  problem.isOffline || problem.status === 429 || problem.status >= 500 || problem.is('token_expired')

const isWaiting = ({ refused, settled }: OutboxEntry) => refused === undefined && settled === undefined

const inOrder = (one: OutboxEntry, other: OutboxEntry) => (one.client_id < other.client_id ? -1 : 1)

/**
 * Writes that survive a reload: kept until the server has acknowledged them, in order within a lane. Tabs share the
 * table without a lock, which a tab put to sleep could hold for ever: whoever has a line sends, and what two of them
 * send is answered twice and written once.
 */
export function createOutbox<Body>(needs: OutboxNeeds<Body>): Outbox<Body> {
  const entries = createStore<readonly OutboxEntry<Body>[]>([])
  const running = new Map<string, Promise<void>>()
  const resting = new Map<string, () => void>()
  /** What was read in the table. If it is no longer there, another tab has done it; what was only put there may be lost. */
  const read = new Set<string>()
  const random = needs.random ?? Math.random
  let owner = ''

  const remove = (clientId: string) =>
    entries.set((before) => before.filter((entry) => entry.client_id !== clientId))
  const replace = (entry: OutboxEntry<Body>) =>
    entries.set((before) => before.map((other) => (other.client_id === entry.client_id ? entry : other)))

  const forget = (clientId: string) => {
    read.delete(clientId)
    return needs.table.delete(clientId).catch(() => undefined)
  }

  const drop = async (clientId: string) => {
    remove(clientId)
    await forget(clientId)
  }

  const settle = async (entry: OutboxEntry<Body>, seq: number | undefined) => {
    if (seq === undefined) remove(entry.client_id)
    else replace({ ...entry, settled: seq })
    await forget(entry.client_id)
  }

  const save = async (entry: OutboxEntry<Body>) => {
    if (entries.get().some(({ client_id }) => client_id === entry.client_id)) replace(entry)
    else entries.set((before) => [...before, entry])
    // A browser without storage (private window, full disk) still sends; it only cannot survive a reload.
    await needs.table.put(entry).catch(() => undefined)
  }

  /** True when another tab has done it, or was refused, which is taken over from there. */
  const isDoneElsewhere = async (entry: OutboxEntry<Body>) => {
    if (!read.has(entry.client_id)) return false
    const kept = await needs.table.get(entry.client_id).catch(() => entry)
    if (!kept) remove(entry.client_id)
    else if (kept.refused !== undefined) replace(kept)
    return !kept || kept.refused !== undefined
  }

  /** Undefined when the lane may go on to its next entry, else why it has to rest. */
  const attempt = async (entry: OutboxEntry<Body>): Promise<Problem | undefined> => {
    if (await isDoneElsewhere(entry)) return
    try {
      const receipt = await needs.deliver(entry)
      await settle(entry, receipt?.seq)
    } catch (reason) {
      const problem = asProblem(reason)
      if (mayPass(problem)) return problem
      await save({ ...entry, refused: problem.message })
    }
  }

  /** Rests before the next attempt; `flush` cuts a rest short, except one that the server asked for. */
  const rest = (lane: string, problem: Problem, tries: number) => {
    const asked = problem.status === 429 ? (problem.retryAfter ?? 2) : problem.retryAfter
    if (asked !== undefined) return needs.wait(asked)
    return Promise.race([
      needs.wait(backOff(tries, random)),
      new Promise<void>((woken) => resting.set(lane, woken)),
    ]).finally(() => resting.delete(lane))
  }

  const drain = async (lane: string) => {
    const mine = owner
    let tries = 0
    for (;;) {
      const next = entries.get().find((entry) => entry.lane === lane && isWaiting(entry))
      if (!next || owner !== mine) return
      const problem = await attempt(next)
      if (problem) await rest(lane, problem, tries++)
      else tries = 0
    }
  }

  const flush = async () => {
    const lanes = new Set(
      entries
        .get()
        .filter(isWaiting)
        .map(({ lane }) => lane),
    )
    for (const lane of lanes) {
      resting.get(lane)?.()
      if (running.has(lane)) continue
      const work = drain(lane).finally(() => running.delete(lane))
      running.set(lane, work)
    }
    await Promise.all(running.values())
  }

  const takeIn = async () => {
    const mine = owner
    const readBefore = new Set(read)
    const all = await needs.table.all().catch(() => undefined)
    if (!all || owner !== mine) return
    const kept = all.filter((entry) => (entry.owner ?? mine) === mine)
    const keptIds = new Set(kept.map(({ client_id }) => client_id))
    const isGone = ({ client_id, settled }: OutboxEntry) =>
      settled === undefined && readBefore.has(client_id) && !keptIds.has(client_id)
    keptIds.forEach((id) => read.add(id))
    entries.set((before) => {
      const here = new Set(before.map(({ client_id }) => client_id))
      const unknown = kept.filter(({ client_id }) => !here.has(client_id))
      return [...before.filter((entry) => !isGone(entry)), ...unknown].sort(inOrder)
    })
  }

  return {
    entries,
    flush,
    async restore(member) {
      owner = member
      await takeIn()
    },
    async gather() {
      await takeIn()
      await flush()
    },
    async add(entry) {
      await save({ ...entry, owner })
      await flush()
    },
    async retry(clientId) {
      const entry = entries.get().find((other) => other.client_id === clientId)
      if (!entry) return
      const { client_id, lane, body } = entry
      await save({ client_id, lane, owner: entry.owner, body })
      await flush()
    },
    discard: drop,
    heardUpTo(lane, seq) {
      const isDone = (entry: OutboxEntry) => entry.lane === lane && (entry.settled ?? Infinity) <= seq
      if (entries.get().some(isDone)) entries.set((before) => before.filter((entry) => !isDone(entry)))
    },
    leave() {
      owner = ''
      entries.set([])
      read.clear()
      resting.forEach((wake) => wake())
    },
  }
}
