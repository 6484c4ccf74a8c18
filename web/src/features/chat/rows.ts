import type { Message } from '@/lib/chat/timeline'
import { dayName, daysBetween, type Instant } from '@/lib/format'
import type { OutboxEntry } from '@/lib/outbox'

import type { Draft } from './outbox'

export type RowView =
  | { kind: 'day'; key: string; label: string }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: Message; begins: boolean }
  | { kind: 'draft'; key: string; entry: OutboxEntry<Draft>; begins: boolean }

const TOGETHER_MS = 5 * 60_000

interface Wish {
  messages: readonly Message[]
  drafts: readonly OutboxEntry<Draft>[]
  /** How far she had read when she came in; the line stands behind it. */
  readSeq: number
  myId: string
  now: Instant
}

/** What the list shows: day dividers, the unread line, messages (a name only where somebody begins), and what is on its way. */
export function rowsOf({ messages, drafts, readSeq, myId, now }: Wish): RowView[] {
  const rows: RowView[] = []
  let before: Message | undefined
  let isLined = false
  for (const message of messages) {
    if (!before || daysBetween(before.at, message.at) !== 0)
      rows.push({ kind: 'day', key: `day-${message.seq}`, label: dayName(message.at, now) })
    if (!isLined && message.seq > readSeq && message.author_id !== myId) {
      isLined = true
      rows.push({ kind: 'unread', key: 'unread' })
    }
    const begins = rows.at(-1)?.kind !== 'message' || !continues(before, message)
    rows.push({ kind: 'message', key: message.client_id, message, begins })
    before = message
  }
  const known = new Set(messages.map(({ client_id }) => client_id))
  let isMine = before?.author_id === myId
  for (const entry of drafts) {
    // The push may come before the acknowledgement: then it stands there already.
    if (known.has(entry.client_id)) continue
    rows.push({ kind: 'draft', key: entry.client_id, entry, begins: !isMine })
    isMine = true
  }
  return rows
}

function continues(before: Message | undefined, message: Message): boolean {
  if (before?.author_id !== message.author_id) return false
  return Date.parse(message.at) - Date.parse(before.at) < TOGETHER_MS
}
