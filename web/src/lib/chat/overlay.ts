import type { OutboxEntry } from '@/lib/outbox'

import { closed, deleted, reacted, voted } from './fold'
import type { Attachment, Mention, Message } from './wire'

/** A file of a message on its way; what an earlier version kept had its name only. */
export type Attached = Pick<Attachment, 'id' | 'name' | 'kind'> & Partial<Attachment>

/** What a member did and the hub has not acknowledged yet. */
export type Write =
  | {
      kind: 'send'
      body: string
      at: string
      reply_to?: { id: string; seq: number; author_name: string; preview: string }
      thread?: string
      attachments?: readonly Attached[]
    }
  | { kind: 'edit'; target: string; body: string }
  | { kind: 'delete'; target: string; reason?: string }
  | { kind: 'react'; target: string; emoji: string; on: boolean }
  | { kind: 'pin'; target: string; on: boolean }
  | { kind: 'vote'; target: string; options: readonly number[] }
  | { kind: 'close'; target: string }

export type Pending = OutboxEntry<Write>
export type Change = Exclude<Write, { kind: 'send' }>

export interface Shown {
  message: Message
  /** Something about it is on its way. */
  isPending: boolean
  /** What the hub refused about it. */
  refused: readonly Pending[]
}

const NO_MENTIONS: readonly Mention[] = []

function foreseen(message: Message, write: Change, me: string, now: string): Message {
  switch (write.kind) {
    case 'edit':
      return { ...message, body: write.body, edited_at: now, mentions: message.mentions ?? NO_MENTIONS }
    case 'delete':
      return deleted(message, now, false)
    case 'react':
      return { ...message, reactions: reacted(message.reactions, write.emoji, me, write.on) }
    case 'pin':
      return { ...message, pinned: write.on }
    case 'vote':
      return voted(message, me, write.options)
    case 'close':
      return closed(message, now)
  }
}

/**
 * The messages as they will be once everything on its way has arrived. What is acknowledged stays laid over until the
 * timeline itself has reached it (`seq`), so that nothing flickers in between.
 */
export function overlaid(
  messages: readonly Message[],
  entries: readonly Pending[],
  seq: number,
  me: string,
): readonly Shown[] {
  const changes = new Map<string, Pending[]>()
  for (const entry of entries) {
    if (entry.body.kind === 'send' || (entry.settled ?? Infinity) <= seq) continue
    changes.set(entry.body.target, [...(changes.get(entry.body.target) ?? []), entry])
  }
  return messages.map((message) => shownWith(message, changes.get(message.id), me))
}

const untouched = new WeakMap<Message, Shown>()

function shownWith(message: Message, entries: readonly Pending[] | undefined, me: string): Shown {
  if (!entries) {
    const known = untouched.get(message) ?? { message, isPending: false, refused: [] }
    untouched.set(message, known)
    return known
  }
  const refused = entries.filter(({ refused }) => refused !== undefined)
  const waiting = entries.filter(({ refused }) => refused === undefined)
  const after = waiting.reduce(
    (now, { body }) => foreseen(now, body as Change, me, message.edited_at ?? message.at),
    message,
  )
  return { message: after, isPending: waiting.some(({ settled }) => settled === undefined), refused }
}

/** Messages on their way that the timeline does not hold yet. */
export function unsent(
  entries: readonly Pending[],
  messages: readonly Message[],
  seq: number,
): readonly Pending[] {
  const known = new Set(messages.map(({ client_id }) => client_id))
  return entries.filter(
    ({ body, client_id, settled }) =>
      body.kind === 'send' && !known.has(client_id) && (settled ?? Infinity) > seq,
  )
}
