import { answered, folded, noticed, unquoted } from '@/lib/chat/fold'
import type { Timeline } from '@/lib/chat/timeline'
import type { Message, RoomEvent } from '@/lib/chat/wire'

import type { ThreadPage } from './queries'

/** False once so much happened since it was read that the room's own memory of it does not go back so far. */
export const reaches = ({ answers }: ThreadPage, { epoch, seq, recent }: Timeline) =>
  answers.epoch === epoch && (answers.head >= seq || (recent[0]?.seq ?? seq + 1) <= answers.head + 1)

/** The thread as it is now: as it was read, with what the room has heard since. */
export function threadNow({ root, answers }: ThreadPage, recent: readonly RoomEvent[]): readonly Message[] {
  const apply = (all: readonly Message[], event: RoomEvent): readonly Message[] => {
    if (event.seq <= answers.head) return all
    if (event.kind === 'notice') {
      const [target, change] = noticed(event) ?? []
      return change ? all.map((one) => (one.id === target ? change(one) : one)) : all
    }
    if (event.kind === 'message')
      return event.message.thread === root.id && !all.some(({ id }) => id === event.message.id)
        ? [...all.map((one) => (one.id === root.id ? answered(one, event) : one)), event.message]
        : all
    const after = all.map((one) => (one.id === event.target ? folded(one, event) : one))
    return event.kind === 'deleted' ? after.map((one) => unquoted(one, event.target)) : after
  }
  return recent.reduce(apply, [root, ...answers.messages])
}
