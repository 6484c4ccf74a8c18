import type { ChangeEvent, Message, MessageEvent, NoticeEvent, Page, RoomEvent, Stretch } from './wire'

/** A message of a test, as short as the test wants it. */
export const message = (seq: number, rest: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  room: 'r',
  seq,
  nth: seq,
  client_id: `c${seq}`,
  author_id: 'anna',
  author_name: 'Anna Berg',
  source: 'member',
  body: `${seq}`,
  reply_to: null,
  thread: null,
  thread_count: 0,
  thread_last_at: null,
  mentions: [],
  attachments: [],
  previews: [],
  card: null,
  reactions: [],
  edited_at: null,
  edits: 0,
  deleted_at: null,
  moderated: false,
  pinned: false,
  at: '2026-03-14T12:00:00Z',
  ...rest,
})

export const said = (seq: number, rest: Partial<Message> = {}): MessageEvent => {
  const one = message(seq, rest)
  const { room, nth, at, author_id: by, author_name: by_name } = one
  return { room, epoch: 1, seq, nth, at, by, by_name, kind: 'message', message: one }
}

export const notice = (seq: number, what = 'joined', rest: Partial<NoticeEvent> = {}): NoticeEvent => ({
  room: 'r',
  epoch: 1,
  seq,
  nth: seq,
  at: '2026-03-14T12:00:00Z',
  by: 'ben',
  by_name: 'Ben',
  kind: 'notice',
  what,
  subject: {},
  ...rest,
})

type Changes = ChangeEvent extends infer E
  ? E extends ChangeEvent
    ? Partial<E> & { kind: E['kind'] }
    : never
  : never

export const change = (seq: number, target: number, rest: Changes): ChangeEvent =>
  ({
    room: 'r',
    epoch: 1,
    seq,
    nth: seq,
    at: '2026-03-14T13:00:00Z',
    by: 'ben',
    by_name: 'Ben',
    target: `m${target}`,
    target_seq: target,
    ...rest,
  }) as ChangeEvent

export const page = (messages: readonly Message[], rest: Partial<Page> = {}): Page => ({
  room: 'r',
  epoch: 1,
  messages,
  notices: [],
  head: messages.at(-1)?.seq ?? 0,
  nth: messages.at(-1)?.nth ?? 0,
  has_older: (messages[0]?.seq ?? 1) > 1,
  has_newer: false,
  ...rest,
})

export const stretch = (events: readonly RoomEvent[], rest: Partial<Stretch> = {}): Stretch => ({
  room: 'r',
  epoch: 1,
  events,
  head: events.at(-1)?.seq ?? 0,
  nth: events.at(-1)?.nth ?? 0,
  reset: false,
  ...rest,
})

export const run = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => message(from + index))

/** The same numbers for the same seed: 0…sides-1. */
export function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * sides)
  }
}
