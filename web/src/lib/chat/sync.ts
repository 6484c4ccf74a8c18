import type { QueryClient } from '@tanstack/react-query'

import type { Connection } from '@/lib/socket/connection'

import {
  cursorOf,
  extended,
  filled,
  headHeard,
  heard,
  isBehind,
  opened,
  replacedBy,
  type Timeline,
} from './timeline'
import type { Cursor, Head, Page, RoomEvent, Stretch } from './wire'

export const timelineKey = (roomId: string) => ['timeline', roomId] as const

type Ask = Pick<Connection, 'ask'>
type ReadPage = () => Promise<Page>

const AT_ONCE = 500
/** How long a hole may close by itself, and as much again by chance, so that not everybody in a room asks at once. */
const PATIENCE_MS = 150
/** How often a page is read again when the room moves too fast for it to fit. */
const TRIES = 4

const timelineOf = (cache: QueryClient, roomId: string) => cache.getQueryData<Timeline>(timelineKey(roomId))

const held = (cache: QueryClient) =>
  cache
    .getQueriesData<Timeline>({ queryKey: ['timeline'] })
    .flatMap(([key, timeline]) => (timeline ? [[String(key[1]), timeline] as const] : []))

/** What goes into the CONNECT: how far we are in each room we hold. */
export function cursorsOf(cache: QueryClient): Record<string, Cursor> {
  return Object.fromEntries(
    held(cache).flatMap(([roomId, timeline]) => (timeline.isCut ? [] : [[roomId, cursorOf(timeline)]])),
  )
}

/** Something that each cache has one of, made when it is first asked for. */
function perCache<T>(make: () => T): (cache: QueryClient) => T {
  const all = new WeakMap<QueryClient, T>()
  return (cache) => {
    const one = all.get(cache) ?? make()
    all.set(cache, one)
    return one
  }
}

/** Heads heard while a room's first page was on its way: it may have been read just before them. */
const noted = perCache(() => new Map<string, Head>())

function note(cache: QueryClient, roomId: string, head: Head) {
  const heads = noted(cache)
  const before = heads.get(roomId)
  if (!before || head.epoch > before.epoch || head.seq > before.seq) heads.set(roomId, head)
}

export function eventHeard(cache: QueryClient, connection: Ask, event: RoomEvent) {
  note(cache, event.room, event)
  changeOnTheWay(cache, connection, event.room, (timeline) => heard(timeline, event))
}

/** The answer to our cursors: what was missed, or the word that it was too much. */
export function caughtUp(cache: QueryClient, connection: Ask, stretches: readonly Stretch[]) {
  for (const stretch of stretches) {
    const { room, epoch, head, nth } = stretch
    note(cache, room, { epoch, seq: head, nth })
    change(cache, connection, room, (timeline) => filled(timeline, stretch))
  }
}

/** Heads from a heartbeat: a lost last happening is noticed here. */
export function headsHeard(cache: QueryClient, connection: Ask, heads: Record<string, Head>) {
  for (const [roomId, head] of Object.entries(heads)) {
    note(cache, roomId, head)
    change(cache, connection, roomId, (timeline) => headHeard(timeline, head))
  }
}

/** My write stands at `seq` of the room. Its push comes at about the same time; if it does not, it is fetched. */
export function acknowledged(cache: QueryClient, connection: Ask, roomId: string, seq: number) {
  changeOnTheWay(cache, connection, roomId, (timeline) => {
    const { epoch, nth } = timeline
    return headHeard(timeline, { epoch, seq, nth })
  })
}

/** The hub stopped pushing for a while (we were too slow, or it lost its wire): ask for every room we hold. */
export function resync(cache: QueryClient, connection: Ask) {
  for (const [roomId, timeline] of held(cache))
    if (!timeline.isCut) void fillGap(cache, connection, roomId, true)
}

type Step = (timeline: Timeline) => Timeline

/** What is missing afterwards is asked for at once. */
function change(cache: QueryClient, connection: Ask, roomId: string, step: Step) {
  if (isBehindAfter(cache, roomId, step)) void fillGap(cache, connection, roomId)
}

/** What is missing afterwards is probably on its way: it is asked for when it does not come. */
function changeOnTheWay(cache: QueryClient, connection: Ask, roomId: string, step: Step) {
  if (!isBehindAfter(cache, roomId, step)) return
  const rooms = waiting(cache)
  if (rooms.has(roomId)) return
  rooms.add(roomId)
  setTimeout(
    () => {
      rooms.delete(roomId)
      void fillGap(cache, connection, roomId)
    },
    PATIENCE_MS * (1 + Math.random()),
  )
}

const waiting = perCache(() => new Set<string>())

function isBehindAfter(cache: QueryClient, roomId: string, step: Step): boolean {
  const before = timelineOf(cache, roomId)
  if (!before) return false
  const after = step(before)
  if (after !== before) cache.setQueryData<Timeline>(timelineKey(roomId), after)
  if (after.isCut) void readAgain(cache, roomId)
  return isBehind(after)
}

/** Once at a time, however many say so. */
const readAgain = (cache: QueryClient, roomId: string) =>
  cache.invalidateQueries({ queryKey: timelineKey(roomId) }, { cancelRefetch: false })

const filling = perCache(() => new Map<string, Promise<void>>())

/** Asks for what is missing until nothing is. One at a time per room; a failure is mended by the next heartbeat. */
function fillGap(cache: QueryClient, connection: Ask, roomId: string, isForced = false): Promise<void> {
  const running = filling(cache)
  const work =
    running.get(roomId) ??
    fill(cache, connection, roomId, isForced)
      // Offline, or the line broke: the reconnect brings cursors and heads again.
      .catch(() => undefined)
      .finally(() => running.delete(roomId))
  running.set(roomId, work)
  return work
}

async function fill(cache: QueryClient, connection: Ask, roomId: string, isForced: boolean) {
  for (let isFirst = true; ; isFirst = false) {
    const before = timelineOf(cache, roomId)
    if (!before || before.isCut || !(isBehind(before) || (isForced && isFirst))) return
    const gap = { room: roomId, epoch: before.epoch, after: before.seq, limit: AT_ONCE }
    const stretch = await connection.ask<Stretch>('room.gap', gap)
    const now = timelineOf(cache, roomId)
    if (!now) return
    const after = filled(now, stretch)
    cache.setQueryData<Timeline>(timelineKey(roomId), after)
    if (after.isCut) return void readAgain(cache, roomId)
    if (stretch.events.length === 0) return
  }
}

/** The newest page as a room's timeline. What was heard while it was on its way is fetched, or already in it. */
export async function openRoom(
  cache: QueryClient,
  connection: Ask,
  roomId: string,
  read: ReadPage,
): Promise<Timeline> {
  const page = await read()
  const before = timelineOf(cache, roomId)
  const fresh = (before && !before.isCut && replacedBy(before, page)) || opened(page)
  const head = noted(cache).get(roomId)
  const timeline = head?.epoch === fresh.epoch ? headHeard(fresh, head) : fresh
  // Only after the query has kept its answer.
  if (isBehind(timeline)) setTimeout(() => void fillGap(cache, connection, roomId))
  return timeline
}

/** Puts another page in place of what is held (a jump), exactly as the room stands now. */
export async function jumpInto(cache: QueryClient, connection: Ask, roomId: string, read: ReadPage) {
  await settled(cache, connection, roomId, read, replacedBy)
}

/** Reads on at one side of what is held. */
export async function readOn(
  cache: QueryClient,
  connection: Ask,
  roomId: string,
  side: 'older' | 'newer',
  read: ReadPage,
) {
  await settled(cache, connection, roomId, read, (timeline, page) => extended(timeline, page, side))
}

async function settled(
  cache: QueryClient,
  connection: Ask,
  roomId: string,
  read: ReadPage,
  join: (timeline: Timeline, page: Page) => Timeline | undefined,
) {
  for (let left = TRIES; left > 0; left--) {
    const page = await read()
    const before = timelineOf(cache, roomId)
    if (!before || before.isCut) return
    // The page may know more than we do: first we hear what lies between.
    change(cache, connection, roomId, (timeline) =>
      headHeard(timeline, { epoch: page.epoch, seq: page.head, nth: page.nth }),
    )
    await filling(cache).get(roomId)
    const now = timelineOf(cache, roomId)
    if (!now || now.isCut) return
    const after = join(now, page)
    if (after) return void cache.setQueryData<Timeline>(timelineKey(roomId), after)
  }
}
