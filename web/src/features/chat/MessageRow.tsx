import { memo, type ReactNode } from 'react'

import { Badge } from '@/components/Badge'
import type { Pending, Shown } from '@/lib/chat/overlay'
import { cx } from '@/lib/cx'
import { clockTime } from '@/lib/format'

import { Draft } from './Draft'
import { NoticeLine } from './NoticeLine'
import type { RowView } from './rows'
import { Said } from './Said'
import { faceOf, useScene } from './scene'
import { useT } from './t'
import { Toolbar } from './Toolbar'
import { Writer } from './Writer'

interface RowProps {
  row: RowView
  /** The one that Tab reaches. */
  isReached: boolean
  /** It was looked for: it lights up for a moment. */
  isFound: boolean
}

/** One row of the talk. */
export const Row = memo(function Row({ row, isReached, isFound }: RowProps) {
  switch (row.kind) {
    case 'day':
      return <DayLine label={row.label} />
    case 'unread':
      return <UnreadLine />
    case 'notice':
      return <NoticeLine notice={row.notice} />
    case 'draft':
      return <Draft entry={row.entry} begins={row.begins} />
    case 'message':
      return (
        <MessageRow
          shown={row.shown}
          rowKey={row.key}
          begins={row.begins}
          isReached={isReached}
          isFound={isFound}
        />
      )
  }
})

function DayLine({ label }: { label: string }) {
  return (
    <p className="py-4 text-center text-xs font-semibold text-ink-3" role="separator" aria-label={label}>
      {label}
    </p>
  )
}

function UnreadLine() {
  const t = useT()
  return (
    <div className="my-3 flex items-center gap-3 text-xs font-semibold text-live" role="separator">
      <i className="h-px flex-1 bg-live/60" />
      {t('room.new')}
      <i className="h-px flex-1 bg-live/60" />
    </div>
  )
}

interface MessageRowProps extends Omit<RowProps, 'row'> {
  shown: Shown
  rowKey: string
  begins: boolean
}

function MessageRow({ shown, rowKey, begins, isReached, isFound }: MessageRowProps) {
  const t = useT()
  const { faces, me } = useScene()
  const { message, isPending, refused } = shown
  const face = faceOf(message, faces)
  const names = message.mentions.some(({ kind, id }) => kind !== 'member' || id === me.id)
  return (
    <Frame
      begins={begins}
      face={<Writer.Face face={face} begins={begins} at={message.at} />}
      isFound={isFound}
      isForMe={names && message.author_id !== me.id}
    >
      <article
        data-row={rowKey}
        data-message={message.id}
        // Reached by Tab and arrow keys: a letter then does something with it (KeysPanel).
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={isReached ? 0 : -1}
        aria-label={t('message.label', { name: face.name, time: clockTime(message.at) })}
        aria-busy={isPending || undefined}
        className="min-w-0 flex-1 rounded-sm outline-offset-4"
      >
        {begins && (
          <Writer.Name face={face} at={message.at}>
            {message.source !== 'member' && <Badge>{t(`message.${message.source}`)}</Badge>}
            {message.pinned && <Badge>{t('message.pinned')}</Badge>}
          </Writer.Name>
        )}
        <Said message={message} isPending={isPending} />
        {refused.map((entry) => (
          <Refused key={entry.client_id} entry={entry} />
        ))}
        {!message.deleted_at && <Toolbar message={message} />}
      </article>
    </Frame>
  )
}

function Refused({ entry }: { entry: Pending }) {
  const t = useT()
  const { kind } = entry.body
  return <Draft.Refused entry={entry} words={kind === 'send' ? undefined : t(`message.refused.${kind}`)} />
}

interface FrameProps {
  begins: boolean
  face: ReactNode
  children: ReactNode
  isFound?: boolean
  isForMe?: boolean
}

function Frame({ begins, face, children, isFound, isForMe }: FrameProps) {
  return (
    <div
      className={cx(
        'group/row relative -mx-3 flex gap-3.5 px-3 transition-colors duration-240 md:-mx-7 md:px-7',
        begins && 'pt-3',
        isFound ? 'bg-accent-soft' : isForMe ? 'bg-accent-soft/50' : 'hover:bg-sunken/60',
      )}
    >
      {face}
      {children}
    </div>
  )
}
