import type { ChangeEvent, Message, MessageEvent, NoticeEvent, Reaction } from './wire'

/**
 * What a change makes of the message it is about: as the hub folds it. Folding the same change twice leaves the same
 * message, and of a deleted one nothing but its deletion counts.
 */
export function folded(message: Message, event: ChangeEvent): Message {
  if (message.deleted_at) return message
  switch (event.kind) {
    case 'edited':
      return {
        ...message,
        body: event.body,
        mentions: event.mentions,
        edits: event.edits,
        edited_at: event.at,
      }
    case 'deleted':
      return deleted(message, event.at, event.moderated)
    case 'reacted':
      return { ...message, reactions: reacted(message.reactions, event.emoji, event.by, event.on) }
    case 'pinned':
      return { ...message, pinned: event.on }
    case 'previewed':
      return { ...message, previews: event.previews }
    case 'voted':
      return voted(message, event.by, event.options)
  }
}

export function deleted(message: Message, at: string, moderated: boolean): Message {
  return {
    ...message,
    body: '',
    reply_to: null,
    mentions: [],
    attachments: [],
    previews: [],
    card: null,
    reactions: [],
    edited_at: null,
    edits: 0,
    pinned: false,
    deleted_at: at,
    moderated,
  }
}

/** A list with this member's reaction on or off. Only the first members are named, so the count goes its own way. */
export function reacted(
  reactions: readonly Reaction[],
  emoji: string,
  by: string | null,
  on: boolean,
): readonly Reaction[] {
  const found = reactions.find((one) => one.emoji === emoji)
  const isOn = by !== null && (found?.members.includes(by) ?? false)
  if (by === null || isOn === on) return reactions
  if (!found) return [...reactions, { emoji, members: [by], count: 1 }]
  const members = on ? [...found.members, by] : found.members.filter((id) => id !== by)
  const after = { emoji, members, count: found.count + (on ? 1 : -1) }
  return reactions.flatMap((one) => (one !== found ? one : after.count > 0 ? after : []))
}

export type Votes = Record<string, readonly string[]>

export const votesOf = (message: Message): Votes => (message.card?.data.votes ?? {}) as Votes

/** The poll with this member's vote in place of her earlier one. */
export function voted(message: Message, by: string | null, options: readonly number[]): Message {
  if (message.card?.kind !== 'poll' || by === null) return message
  const without = Object.entries(votesOf(message)).map(
    ([option, members]) => [option, members.filter((id) => id !== by)] as const,
  )
  const votes: Record<string, readonly string[]> = Object.fromEntries(
    without.filter(([, members]) => members.length > 0),
  )
  for (const option of options) votes[option] = [...(votes[option] ?? []), by]
  return { ...message, card: { ...message.card, data: { ...message.card.data, votes } } }
}

/** A poll nobody votes in any more. */
export function closed(message: Message, at: string): Message {
  if (message.card?.kind !== 'poll' || message.card.data.closed_at) return message
  return { ...message, card: { ...message.card, data: { ...message.card.data, closed_at: at } } }
}

/** The message that a notice is about, and what it makes of it; most are about none. */
export function noticed({
  what,
  subject,
  at,
}: NoticeEvent): [target: string, change: (message: Message) => Message] | undefined {
  if (what !== 'poll_closed' || typeof subject.target !== 'string') return undefined
  return [subject.target, (message) => closed(message, at)]
}

/** An answer to what was deleted no longer says what it answered. */
export function unquoted(message: Message, target: string): Message {
  const quote = message.reply_to
  return quote?.id === target ? { ...message, reply_to: { ...quote, preview: '' } } : message
}

/** A root with one more reply in its thread. */
export function answered(root: Message, { message }: MessageEvent): Message {
  return { ...root, thread_count: root.thread_count + 1, thread_last_at: message.at }
}
