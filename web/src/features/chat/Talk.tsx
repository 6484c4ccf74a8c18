import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'

import type { Person } from '@/components/Avatar'
import { Button } from '@/components/Button'
import { DownIcon } from '@/components/icons'
import { lastOf, type Timeline } from '@/lib/chat/timeline'
import { useNow } from '@/lib/clock'
import { useMember } from '@/lib/session'
import { socket } from '@/lib/socket'

import { Row } from './MessageRow'
import { useOutbox } from './outbox'
import { loadOlder } from './queries'
import { rowsOf, type RowView } from './rows'
import { useT } from './t'

interface TalkProps {
  roomId: string
  timeline: Timeline
  /** How far she had read when she came in. */
  readSeq: number
  faces: ReadonlyMap<string, Person & { handle?: string }>
  /** Counts own sends: each brings the view down to them. */
  sent: number
}

const NEAR = 80

/** The messages, virtualised: older pages go in front without a jump, new ones follow only who is at the end. */
export function Talk({ roomId, timeline, readSeq, faces, sent }: TalkProps) {
  const t = useT()
  const cache = useQueryClient()
  const me = useMember()
  const list = useRef<VListHandle>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const [isPrepending, setPrepending] = useState(false)
  const isLoading = useRef(false)
  const now = useNow(60_000)
  const entries = useOutbox()
  const rows = useMemo(
    () =>
      rowsOf({
        messages: timeline.messages,
        drafts: entries.filter(({ lane }) => lane === roomId),
        readSeq,
        myId: me.id,
        now,
      }),
    [timeline.messages, entries, roomId, readSeq, me.id, now],
  )

  const toEnd = () => list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
  useStart(list, rows)
  useLayoutEffect(() => {
    if (isAtEnd) toEnd()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only new rows and own sends move the view
  }, [rows.length, sent])
  useReadPointer(roomId, lastOf(timeline), isAtEnd)
  const frame = useHeldEnd(isAtEnd, toEnd)

  const seen = useRef({ offset: 0, height: 0 })
  const onScroll = (offset: number) => {
    const handle = list.current
    if (!handle || !frame.current) return
    const { scrollSize } = handle
    // The list learns of a new height a little later than the page.
    const height = frame.current.clientHeight
    // Only who scrolls up leaves the end; a window that shrinks or lines that wrap anew move it by themselves.
    const isLeft = offset < seen.current.offset && height === seen.current.height
    seen.current = { offset, height }
    setAtEnd((was) => scrollSize - height - offset < NEAR || (was && !isLeft))
    if (offset > 600 || !timeline.hasOlder || isLoading.current) return
    isLoading.current = true
    setPrepending(true)
    void loadOlder(cache, roomId)
      .catch(() => undefined)
      .finally(() => {
        isLoading.current = false
        setTimeout(() => setPrepending(false), 100)
      })
  }

  return (
    <div
      ref={frame}
      className="relative min-h-0 flex-1"
      role="log"
      aria-label={t('room.log')}
      aria-live="polite"
    >
      <VList ref={list} shift={isPrepending} onScroll={onScroll} className="px-3 pb-3 md:px-7!" data-talk>
        {rows.map((row) => (
          <Row key={row.key} row={row} {...faceOf(row, faces, me)} />
        ))}
      </VList>
      {!isAtEnd && (
        <Button
          size="sm"
          icon={DownIcon}
          className="absolute right-1/2 bottom-3 translate-x-1/2 rounded-pill shadow-lift"
          onClick={toEnd}
        >
          {t('room.toEnd')}
        </Button>
      )}
    </div>
  )
}

function faceOf(row: RowView, faces: TalkProps['faces'], me: Person & { handle: string }) {
  if (row.kind === 'draft') return { person: me, handle: me.handle }
  if (row.kind !== 'message') return { person: { name: '' } }
  const { author_id, author_name } = row.message
  const face = faces.get(author_id)
  return { person: face ?? { id: author_id, name: author_name }, handle: face?.handle }
}

/** Opens at the unread line, if there is one, else at the end. */
function useStart(list: React.RefObject<VListHandle | null>, rows: readonly RowView[]) {
  const isStarted = useRef(false)
  useLayoutEffect(() => {
    if (isStarted.current || rows.length === 0) return
    isStarted.current = true
    const line = rows.findIndex(({ kind }) => kind === 'unread')
    const place = line > 0 ? line : rows.length - 1
    list.current?.scrollToIndex(place, { align: line > 0 ? 'center' : 'end' })
  }, [list, rows])
}

/** Who reads the end keeps it when the window changes its size, and when lines are wrapped anew by that. */
function useHeldEnd(isAtEnd: boolean, toEnd: () => void) {
  const frame = useRef<HTMLDivElement>(null)
  const latest = useRef(toEnd)
  useEffect(() => {
    latest.current = toEnd
  })
  useEffect(() => {
    const content = frame.current?.querySelector('[data-talk]')?.firstElementChild
    if (!isAtEnd || !frame.current || !content) return
    const observer = new ResizeObserver(() => latest.current())
    observer.observe(frame.current)
    observer.observe(content)
    return () => observer.disconnect()
  }, [isAtEnd])
  return frame
}

/** What is in view at the end counts as read, while the window is looked at. */
function useReadPointer(roomId: string, last: number, isAtEnd: boolean) {
  const told = useRef(0)
  useEffect(() => {
    const tell = () => {
      if (!isAtEnd || last <= told.current || document.visibilityState !== 'visible') return
      told.current = last
      socket.ask('room.read', { room: roomId, seq: last }).catch(() => (told.current = 0))
    }
    const timer = setTimeout(tell, 300)
    document.addEventListener('visibilitychange', tell)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', tell)
    }
  }, [roomId, last, isAtEnd])
}
