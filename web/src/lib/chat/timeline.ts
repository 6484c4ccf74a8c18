import type { Wire } from '@/lib/api'

export type Message = Wire<'MessageOut'>
export type Stretch = Wire<'Stretch'>

/** What we hold of a room: a run of messages without holes up to `last`, and how far the room goes. */
export interface Timeline {
  messages: readonly Message[]
  /** The newest seq the server told us of. */
  head: number
  hasOlder: boolean
}

export const PAGE = 50

/** The seq of the last message we hold without a hole before it. */
export const lastOf = (timeline: Timeline) => timeline.messages.at(-1)?.seq ?? 0

export const isBehind = (timeline: Timeline) => lastOf(timeline) < timeline.head

/** The newest page of a room, as a fresh start. */
export function opened(page: Stretch): Timeline {
  return { messages: page.messages, head: page.head, hasOlder: (page.messages[0]?.seq ?? 1) > 1 }
}

/** One pushed message: the next one is taken, an older one dropped, one beyond a gap only moves the head. */
export function heard(timeline: Timeline, message: Message): Timeline {
  const last = lastOf(timeline)
  if (message.seq <= last) return timeline
  const head = Math.max(timeline.head, message.seq)
  if (message.seq > last + 1) return { ...timeline, head }
  return { ...timeline, head, messages: [...timeline.messages, message] }
}

/** What a gap, a catch-up or a heartbeat brought. Nothing is taken that would leave a hole. */
export function filled(timeline: Timeline, stretch: Stretch): Timeline {
  const next = stretch.messages.reduce(heard, timeline)
  const head = Math.max(next.head, stretch.head)
  return head === next.head ? next : { ...next, head }
}

/** An older page goes in front. */
export function extended(timeline: Timeline, page: Stretch): Timeline {
  const first = timeline.messages[0]?.seq ?? Number.POSITIVE_INFINITY
  const older = page.messages.filter(({ seq }) => seq < first)
  const messages = [...older, ...timeline.messages]
  return { ...timeline, messages, hasOlder: older.length > 0 && (messages[0]?.seq ?? 1) > 1 }
}
