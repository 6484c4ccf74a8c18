import type { Pending, Shown } from '@/lib/chat/overlay'
import type { Message, NoticeEvent } from '@/lib/chat/wire'
import { dayName, daysBetween, type Instant } from '@/lib/format'

export interface MessageView {
  kind: 'message'
  key: string
  shown: Shown
  begins: boolean
}

export type RowView =
  | { kind: 'day'; key: string; label: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'notice'; key: string; notice: NoticeEvent }
  | MessageView
  | { kind: 'draft'; key: string; entry: Pending; begins: boolean }

const TOGETHER_MS = 5 * 60_000

interface Wish {
  shown: readonly Shown[]
  notices?: readonly NoticeEvent[]
  drafts: readonly Pending[]
  /** How far she had read when she came in; the line stands behind it. */
  readSeq: number
  myId: string
  now: Instant
}

/**
 * What the list shows: day dividers, the unread line, messages (a name only where somebody begins), the room's own lines
 * between them, and what is on its way.
 */
export function rowsOf({ shown, notices = [], drafts, readSeq, myId, now }: Wish): RowView[] {
  const rows: RowView[] = []
  let day: string | undefined
  let before: Message | undefined
  let isLined = false
  for (const one of inOrder(shown, together(notices))) {
    const { at, seq } = 'kind' in one ? one : one.message
    if (!day || daysBetween(day, at) !== 0)
      rows.push({ kind: 'day', key: `day-${seq}`, label: dayName(at, now), at })
    day = at
    if ('kind' in one) {
      rows.push({ kind: 'notice', key: `notice-${seq}`, notice: one })
      continue
    }
    const { message } = one
    if (!isLined && seq > readSeq && message.author_id !== myId && !message.deleted_at) {
      isLined = true
      rows.push({ kind: 'unread', key: 'unread' })
    }
    const begins = rows.at(-1)?.kind !== 'message' || !continues(before, message)
    rows.push({ kind: 'message', key: message.client_id, shown: one, begins })
    before = message
  }
  return [...rows, ...draftRows(drafts, rows.at(-1)?.kind === 'message' && before?.author_id === myId)]
}

function inOrder(shown: readonly Shown[], notices: readonly NoticeEvent[]): (Shown | NoticeEvent)[] {
  const all: (Shown | NoticeEvent)[] = []
  let next = 0
  for (const one of shown) {
    for (let late = notices[next]; late && late.seq < one.message.seq; late = notices[++next]) all.push(late)
    all.push(one)
  }
  return [...all, ...notices.slice(next)]
}

/** Who comes in right after somebody else, stands on the same line. */
function together(notices: readonly NoticeEvent[]): NoticeEvent[] {
  const lines: NoticeEvent[] = []
  for (const notice of notices) {
    const last = lines.at(-1)
    if (last && isAlike(last, notice)) lines[lines.length - 1] = joined(last, notice)
    else lines.push(notice)
  }
  return lines
}

const cameIn = ({ subject }: NoticeEvent) => Number(subject.count ?? 1)
const isAlike = (last: NoticeEvent, notice: NoticeEvent) =>
  last.what === 'joined' &&
  notice.what === 'joined' &&
  last.nth === notice.nth &&
  daysBetween(last.at, notice.at) === 0

const joined = (last: NoticeEvent, notice: NoticeEvent): NoticeEvent => ({
  ...last,
  subject: { ...last.subject, count: cameIn(last) + cameIn(notice) },
})

function draftRows(drafts: readonly Pending[], follows: boolean): RowView[] {
  return drafts.map((entry, place) => {
    const isAnswer = entry.body.kind === 'send' && entry.body.reply_to !== undefined
    return { kind: 'draft', key: entry.client_id, entry, begins: isAnswer || (place === 0 && !follows) }
  })
}

/** Said by the same one shortly after, no answer to somebody and not pinned: it stands under the same name. */
function continues(before: Message | undefined, message: Message): boolean {
  if (before?.author_id !== message.author_id || before.author_name !== message.author_name) return false
  if (message.reply_to || message.pinned) return false
  return Date.parse(message.at) - Date.parse(before.at) < TOGETHER_MS
}

/** Where the new rows differ from the old: so that what is on screen stays where it is. */
export function moved(before: readonly RowView[], after: readonly RowView[]): 'front' | 'anew' | 'none' {
  const isTalk = ({ kind }: RowView) => kind === 'message' || kind === 'draft'
  const first = before.find(isTalk)
  if (!first) return after.some(isTalk) && before.length > 0 ? 'anew' : 'none'
  const place = after.findIndex(({ key }) => key === first.key)
  if (place < 0) {
    const known = new Set(before.filter(isTalk).map(({ key }) => key))
    return after.some(({ key }) => known.has(key)) ? 'none' : 'anew'
  }
  return place > before.indexOf(first) ? 'front' : 'none'
}
