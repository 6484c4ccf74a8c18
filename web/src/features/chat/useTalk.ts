import { useMemo, useState } from 'react'

import { useOutbox } from '@/lib/chat/outbox'
import { overlaid, unsent } from '@/lib/chat/overlay'
import type { Timeline } from '@/lib/chat/timeline'
import { useNow } from '@/lib/clock'
import type { Room } from '@/lib/queries/rooms'
import { useMember } from '@/lib/session'

import { rowsOf } from './rows'

/** The rows of a room's talk: what is there, with what is on its way laid over. Answers in threads stand in theirs. */
export function useTalk(room: Room, held: Timeline) {
  const me = useMember()
  const now = useNow(60_000)
  const entries = useOutbox()
  // Where the unread line stands is decided once, when she comes in: what comes while she looks is not unread.
  const [readSeq] = useState(room.unread > 0 ? room.read_seq : Infinity)
  const mine = useMemo(() => entries.filter(({ lane }) => lane === room.id), [entries, room.id])
  const { messages, notices, seq, hasNewer } = held
  const shown = useMemo(
    () =>
      overlaid(
        messages.filter(({ thread }) => thread === null),
        mine,
        seq,
        me.id,
      ),
    [messages, mine, seq, me.id],
  )
  const day = new Date(now).toDateString()
  const rows = useMemo(() => {
    const here = mine.filter(({ body }) => body.kind === 'send' && !body.thread)
    const drafts = hasNewer ? [] : unsent(here, messages, seq)
    // What the room says now belongs to its end, not to where she reads further up.
    const end = hasNewer ? (messages.at(-1)?.seq ?? 0) : Infinity
    const told = notices.filter((notice) => notice.seq < end)
    return rowsOf({ shown, notices: told, drafts, readSeq, myId: me.id, now: Date.parse(day) })
  }, [shown, mine, messages, notices, seq, hasNewer, readSeq, me.id, day])
  return { rows, shown }
}
