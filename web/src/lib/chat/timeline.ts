import { answered, folded, noticed, unquoted } from './fold'
import type { Cursor, DeletedEvent, Head, Message, NoticeEvent, Page, RoomEvent, Stretch } from './wire'

/**
 * What we hold of a room: every happening up to `seq` is applied, none after it. `messages` are a run without holes,
 * as they are at `seq`; while `hasNewer`, the run ends before the newest (she reads further up).
 */
export interface Timeline {
  room: string
  epoch: number
  seq: number
  /** The newest place the server told us of, and the messages up to there. */
  head: number
  nth: number
  messages: readonly Message[]
  /** The room's own lines, in order; while `hasNewer`, later ones may stand among them that nothing joins yet. */
  notices: readonly NoticeEvent[]
  hasOlder: boolean
  hasNewer: boolean
  /** The last happenings applied, in order: what a page that was read a little earlier still needs. */
  recent: readonly RoomEvent[]
  /** Happenings that came before one that they follow: on their way, two may change places. */
  early: readonly RoomEvent[]
  /** The room's history was cut: what we hold no longer joins it, and the newest page has to be read again. */
  isCut: boolean
}

export const PAGE = 50
const KEPT = 256

export const cursorOf = ({ epoch, seq }: Timeline): Cursor => ({ epoch, seq })
export const isBehind = (timeline: Timeline) => !timeline.isCut && timeline.seq < timeline.head

/** A page as a fresh start. */
export function opened(page: Page): Timeline {
  return {
    room: page.room,
    epoch: page.epoch,
    seq: page.head,
    head: page.head,
    nth: page.nth,
    messages: page.messages,
    notices: page.notices,
    hasOlder: page.has_older,
    hasNewer: page.has_newer,
    recent: [],
    early: [],
    isCut: false,
  }
}

/** Each once, in order. */
const noticesOf = (some: readonly NoticeEvent[], more: readonly NoticeEvent[]) =>
  [...new Map([...some, ...more].map((one) => [one.seq, one])).values()].sort((a, b) => a.seq - b.seq)

/** One happening: the next one is applied, an older one dropped, one beyond a gap moves the head and waits for its turn. */
export function heard(timeline: Timeline, event: RoomEvent): Timeline {
  if (event.epoch !== timeline.epoch)
    return isNewer(event, timeline) ? { ...timeline, isCut: true } : timeline
  if (event.seq <= timeline.seq) return timeline
  const known = headHeard(timeline, event)
  if (event.seq > timeline.seq + 1) return { ...known, early: [...timeline.early, event].slice(-KEPT) }
  const after = { ...applied(known, event), seq: event.seq, recent: [...timeline.recent, event].slice(-KEPT) }
  return after.early.length ? joinedByEarly(after) : after
}

function joinedByEarly(timeline: Timeline): Timeline {
  const early = timeline.early.filter(({ seq }) => seq > timeline.seq)
  const next = early.find(({ seq }) => seq === timeline.seq + 1)
  return next ? heard({ ...timeline, early }, next) : { ...timeline, early }
}

const isNewer = (event: { epoch: number }, timeline: Timeline) => event.epoch > timeline.epoch

function applied(timeline: Timeline, event: RoomEvent): Timeline {
  if (event.kind === 'notice') {
    const after = { ...timeline, notices: noticesOf(timeline.notices, [event]) }
    const about = noticed(event)
    return about ? changed(after, ...about) : after
  }
  if (event.kind === 'deleted') return withoutWords(timeline, event)
  if (event.kind !== 'message') return changed(timeline, event.target, (message) => folded(message, event))
  const { message } = event
  const grown = message.thread ? changed(timeline, message.thread, (root) => answered(root, event)) : timeline
  return timeline.hasNewer ? grown : { ...grown, messages: [...grown.messages, message] }
}

function withoutWords(timeline: Timeline, event: DeletedEvent): Timeline {
  const after = changed(timeline, event.target, (message) => folded(message, event))
  if (!after.messages.some(({ reply_to }) => reply_to?.id === event.target)) return after
  return { ...after, messages: after.messages.map((message) => unquoted(message, event.target)) }
}

function changed(timeline: Timeline, id: string, change: (message: Message) => Message): Timeline {
  if (!timeline.messages.some((message) => message.id === id)) return timeline
  const messages = timeline.messages.map((message) => (message.id === id ? change(message) : message))
  return { ...timeline, messages }
}

/** Where the room stands, from a heartbeat or an acknowledgement. */
export function headHeard(timeline: Timeline, head: Head): Timeline {
  if (head.epoch !== timeline.epoch) return isNewer(head, timeline) ? { ...timeline, isCut: true } : timeline
  if (head.seq <= timeline.head) return timeline
  return { ...timeline, head: head.seq, nth: Math.max(head.nth, timeline.nth) }
}

/** What a gap or a catch-up brought. Nothing is taken that would leave a hole. */
export function filled(timeline: Timeline, stretch: Stretch): Timeline {
  if (stretch.reset) return timeline.isCut ? timeline : { ...timeline, isCut: true }
  const { epoch, head, nth } = stretch
  return headHeard(stretch.events.reduce(heard, timeline), { epoch, seq: head, nth })
}

/** True when a page read as of `page.head` can be brought up to where we are. */
const reaches = (timeline: Timeline, page: Page) => {
  const oldest = timeline.recent[0]?.seq ?? timeline.seq + 1
  return page.epoch === timeline.epoch && page.head <= timeline.seq && page.head >= oldest - 1
}

/** A page in place of what is held, brought up to date with what was heard since; undefined when that cannot be. */
export function replacedBy(timeline: Timeline, page: Page): Timeline | undefined {
  if (page.epoch !== timeline.epoch || page.head >= timeline.seq) return opened(page)
  if (!reaches(timeline, page)) return undefined
  const since = timeline.recent.filter(({ seq }) => seq > page.head)
  return headHeard(since.reduce(heard, opened(page)), headOf(timeline))
}

/** True when no message lies between the two: their numbers follow each other, or they overlap. */
const touch = (before: readonly Message[], after: readonly Message[]) => {
  const [last, first] = [before.at(-1), after[0]]
  return !last || !first || last.nth >= first.nth - 1
}

export const headOf = ({ epoch, head, nth }: Timeline): Head => ({ epoch, seq: head, nth })

/**
 * An older (or, where she reads further up, a newer) page joins the run. Undefined when the page does not fit what is
 * held: it was read before happenings we no longer keep, or after some that we do not have yet, or next to a run that has
 * been replaced since.
 */
export function extended(timeline: Timeline, page: Page, side: 'older' | 'newer'): Timeline | undefined {
  if (!reaches(timeline, page)) return undefined
  const since = timeline.recent.filter(({ seq }) => seq > page.head)
  const fresh = since.reduce(heard, { ...opened(page), hasNewer: true })
  if (
    !(side === 'older' ? touch(fresh.messages, timeline.messages) : touch(timeline.messages, fresh.messages))
  )
    return undefined
  if (side === 'older') {
    const first = timeline.messages[0]?.seq ?? Number.POSITIVE_INFINITY
    const older = fresh.messages.filter(({ seq }) => seq < first)
    return {
      ...timeline,
      messages: [...older, ...timeline.messages],
      notices: noticesOf(fresh.notices, timeline.notices),
      hasOlder: page.has_older && older.length > 0,
    }
  }
  const last = timeline.messages.at(-1)?.seq ?? 0
  const newer = fresh.messages.filter(({ seq }) => seq > last)
  // Messages said after the page was read are not in it.
  const isMissing = since.some(({ kind }) => kind === 'message')
  return {
    ...timeline,
    messages: [...timeline.messages, ...newer],
    notices: noticesOf(timeline.notices, fresh.notices),
    hasNewer: page.has_newer || isMissing,
  }
}
