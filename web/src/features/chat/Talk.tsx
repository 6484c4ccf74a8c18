import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { VList, type VListHandle } from 'virtua'

import { Button } from '@/components/Button'
import { DownIcon } from '@/components/icons'
import { cx } from '@/lib/cx'

import { Row } from './MessageRow'
import { useRoving } from './roving'
import { moved, type MessageView, type RowView } from './rows'
import { useT } from './t'

export interface Goal {
  id: string
  at: number
}

export interface TalkProps {
  rows: readonly RowView[]
  label: string
  /** Counts own sends: each brings the view down to them. */
  sent: number
  hasOlder?: boolean
  /** The run ends before the newest: its end is not the room's. */
  hasNewer?: boolean
  onNear?: (side: 'older' | 'newer') => Promise<unknown>
  /** Back to the newest from further up. */
  onNewest?: () => void
  /** Tells whether the newest is in view. */
  onAtEnd?: (isAtEnd: boolean) => void
  /** Messages that came since the end was last in view. */
  missed?: number
  /** A message to bring into view; `at` makes the same one be looked for again. */
  goal?: Goal
  /** Under the last row. */
  after?: ReactNode
}

const NEAR_END = 80
const NEAR_FRONT = 800
const FOUND_MS = 2400

/**
 * The messages, virtualised. What is on screen never moves by itself: older pages go in front of it, new rows follow only
 * who is at the end, and rows that grow above the view push upwards.
 */
export function Talk(props: TalkProps) {
  const { rows } = props
  const [view, setView] = useState({ rows, shift: false, generation: 0 })
  if (view.rows !== rows) {
    const move = moved(view.rows, rows)
    const generation = view.generation + (move === 'anew' ? 1 : 0)
    setView({ rows, shift: move === 'front', generation })
  }
  return <List key={view.generation} {...props} shift={view.shift} isFirst={view.generation === 0} />
}

type ListProps = TalkProps & { shift: boolean; isFirst: boolean }

function List({ rows, shift, isFirst, label, goal, missed = 0, onNewest, after, ...rest }: ListProps) {
  const { hasOlder = false, hasNewer = false } = rest
  const t = useT()
  const list = useRef<VListHandle>(null)
  const goalPlace = goal ? placeOf(rows, goal.id) : -1
  const [isAtEnd, setAtEnd] = useState(goalPlace < 0 && !hasNewer)
  const toEnd = () => list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
  const follows = isAtEnd && !hasNewer
  const [found, setFound] = useState<string>()

  const roving = useRoving(list, rows)

  useStart(list, rows, isFirst && goalPlace < 0, setAtEnd)
  useGoal(list, rows, goal, (row) => {
    setAtEnd(false)
    setFound(row.shown.message.id)
    roving.choose(row.key)
  })
  useEffect(() => {
    if (!found) return
    const timer = setTimeout(() => setFound(undefined), FOUND_MS)
    return () => clearTimeout(timer)
  }, [found])
  useLayoutEffect(() => {
    if (follows) toEnd()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only new rows and own sends move the view
  }, [rows.length, rest.sent])
  useEffect(() => {
    rest.onAtEnd?.(follows)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- told when it changes
  }, [follows])
  const frame = useHeldEnd(follows, toEnd)
  const onScroll = useScrolling(list, frame, setAtEnd, { ...rest, hasOlder, hasNewer, rows })

  return (
    <div
      ref={frame}
      className="relative min-h-0 flex-1"
      role="log"
      aria-label={label}
      aria-live="off"
      {...roving.wiring}
    >
      <VList
        ref={list}
        data={rows as RowView[]}
        shift={shift}
        keepMounted={roving.place >= 0 ? [roving.place] : undefined}
        onScroll={onScroll}
        className="px-3 pb-3 md:px-7!"
        data-talk
      >
        {(row) => (
          <Row
            key={row.key}
            row={row}
            isReached={row.key === roving.reached}
            isFound={row.kind === 'message' && row.shown.message.id === found}
          />
        )}
      </VList>
      {after}
      {!follows && rows.length > 0 && (
        <Button
          size="sm"
          icon={DownIcon}
          className={cx(
            'absolute right-1/2 bottom-3 translate-x-1/2 rounded-pill shadow-lift',
            missed > 0 && 'border-accent',
          )}
          onClick={() => {
            setAtEnd(true)
            if (hasNewer) onNewest?.()
            else toEnd()
          }}
        >
          {t('room.new.count', { n: missed })}
        </Button>
      )}
    </div>
  )
}

const placeOf = (rows: readonly RowView[], id: string) =>
  rows.findIndex((row) => row.kind === 'message' && row.shown.message.id === id)

type ListRef = React.RefObject<VListHandle | null>

/** Opens at the unread line, if there is one, else at the end. */
function useStart(
  list: ListRef,
  rows: readonly RowView[],
  isWanted: boolean,
  setAtEnd: (is: boolean) => void,
) {
  const isStarted = useRef(false)
  useLayoutEffect(() => {
    if (isStarted.current || rows.length === 0) return
    isStarted.current = true
    if (!isWanted) return
    const line = rows.findIndex(({ kind }) => kind === 'unread')
    const place = line > 0 ? line : rows.length - 1
    list.current?.scrollToIndex(place, { align: line > 0 ? 'center' : 'end' })
    if (line <= 0) return
    setAtEnd(false)
    // What was not read may all be in view already.
    const look = setTimeout(() => {
      const handle = list.current
      if (handle && handle.scrollSize - handle.viewportSize - handle.scrollOffset < NEAR_END) setAtEnd(true)
    }, 100)
    return () => clearTimeout(look)
  }, [list, rows, isWanted, setAtEnd])
}

/** Brings the message that is looked for into the middle, once it is here. */
function useGoal(
  list: ListRef,
  rows: readonly RowView[],
  goal: Goal | undefined,
  onFound: (row: MessageView) => void,
) {
  const done = useRef<number>(undefined)
  const tell = useEffectEvent(onFound)
  const place = goal ? placeOf(rows, goal.id) : -1
  useLayoutEffect(() => {
    const row = rows[place]
    if (row?.kind !== 'message' || !goal || done.current === goal.at) return
    done.current = goal.at
    list.current?.scrollToIndex(place, { align: 'center' })
    tell(row)
  }, [list, rows, goal, place])
}

/** Who reads the end keeps it when the window changes its size, and when lines are wrapped anew by that. */
function useHeldEnd(isHeld: boolean, toEnd: () => void) {
  const frame = useRef<HTMLDivElement>(null)
  const hold = useEffectEvent(toEnd)
  useEffect(() => {
    const content = frame.current?.querySelector('[data-talk]')?.firstElementChild
    if (!isHeld || !frame.current || !content) return
    const observer = new ResizeObserver(() => hold())
    observer.observe(frame.current)
    observer.observe(content)
    return () => observer.disconnect()
  }, [isHeld])
  return frame
}

type Scrolling = Pick<TalkProps, 'hasOlder' | 'hasNewer' | 'onNear' | 'rows'>

/** Knows whether the end is in view, and asks for more at both ends in time. */
function useScrolling(
  list: ListRef,
  frame: React.RefObject<HTMLDivElement | null>,
  setAtEnd: React.Dispatch<React.SetStateAction<boolean>>,
  { hasOlder, hasNewer, onNear, rows }: Scrolling,
) {
  const seen = useRef({ offset: 0, height: 0 })
  const isLoading = useRef(false)
  const more = () => {
    const handle = list.current
    if (!handle || !onNear || isLoading.current) return
    const left = handle.scrollSize - handle.viewportSize - handle.scrollOffset
    const side =
      hasOlder && handle.scrollOffset < NEAR_FRONT
        ? 'older'
        : hasNewer && left < NEAR_FRONT
          ? 'newer'
          : undefined
    if (!side) return
    isLoading.current = true
    void onNear(side)
      .catch(() => undefined)
      .finally(() => (isLoading.current = false))
  }
  const again = useEffectEvent(more)
  // A page may bring little to see (answers in threads): then the next one is asked for at once.
  useEffect(() => {
    const timer = setTimeout(() => again(), 50)
    return () => clearTimeout(timer)
  }, [rows])
  return (offset: number) => {
    const handle = list.current
    if (!handle || !frame.current) return
    // The list learns of a new height a little later than the page.
    const height = frame.current.clientHeight
    // Only who scrolls up leaves the end; a window that shrinks or lines that wrap anew move it by themselves.
    const isLeft = offset < seen.current.offset && height === seen.current.height
    seen.current = { offset, height }
    setAtEnd((was) => handle.scrollSize - height - offset < NEAR_END || (was && !isLeft))
    more()
  }
}
