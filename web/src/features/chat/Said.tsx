import { lazy, Suspense } from 'react'

import { ChevronIcon } from '@/components/icons'
import type { Message, Quote } from '@/lib/chat/wire'
import { useNow } from '@/lib/clock'
import { cx } from '@/lib/cx'
import { listTime } from '@/lib/format'

import { Attachments } from './Attachments'
import { Previews } from './Previews'
import { Reactions } from './Reactions'
import { useScene } from './scene'
import { useT } from './t'
import { Words } from './Words'

const CardView = lazy(() => import('./CardView').then((module) => ({ default: module.CardView })))

/** What was said, with all that hangs on it. */
export function Said({ message, isPending }: { message: Message; isPending: boolean }) {
  const { acts, isThread, me } = useScene()
  const t = useT()
  if (message.deleted_at)
    return (
      <>
        <p className="py-0.5 text-md text-ink-3 italic">
          {t(message.moderated ? 'message.deleted.moderated' : 'message.deleted', {
            name: message.author_name,
          })}
        </p>
        {!isThread && <ThreadLine message={message} />}
      </>
    )
  return (
    <>
      {message.reply_to && <Quoted quote={message.reply_to} onJump={acts.jump} />}
      {message.body && message.body !== message.card?.title && (
        <div
          className={cx(
            'py-0.5 text-md leading-6 wrap-break-word whitespace-pre-wrap',
            isPending && 'text-ink-3',
          )}
        >
          <Words text={message.body} mentions={message.mentions} myId={me.id} />
          {message.edited_at && <Edited message={message} />}
        </div>
      )}
      <Attachments attachments={message.attachments} />
      {message.card && (
        <Suspense fallback={<div className="h-28" />}>
          <CardView message={message} card={message.card} />
        </Suspense>
      )}
      <Previews previews={message.previews} />
      <Reactions message={message} />
      {!isThread && <ThreadLine message={message} />}
    </>
  )
}

function Edited({ message }: { message: Message }) {
  const t = useT()
  const { acts } = useScene()
  return (
    <>
      {' '}
      <button
        type="button"
        title={t('message.edits')}
        className="reach text-xs text-ink-3 hover:underline"
        onClick={() => acts.history(message)}
      >
        {t('message.edited')}
      </button>
    </>
  )
}

/** The message that is answered, in one line. */
export function Quoted({ quote, onJump }: { quote: Quote; onJump?: (seq: number) => void }) {
  const t = useT()
  return (
    <button
      type="button"
      onClick={() => onJump?.(quote.seq)}
      aria-label={t('message.quote', { name: quote.author_name })}
      className="my-0.5 flex max-w-full items-baseline gap-2 border-l-2 border-accent py-0.5 pl-2.5 text-left text-sm text-ink-2 hover:text-ink"
    >
      <span className="shrink-0 font-semibold">{quote.author_name}</span>
      <span className="truncate">{quote.preview || t('message.deleted.quote')}</span>
    </button>
  )
}

function ThreadLine({ message }: { message: Message }) {
  const t = useT()
  const { acts } = useScene()
  const now = useNow(60_000)
  if (message.thread_count === 0) return null
  return (
    <button
      type="button"
      onClick={() => acts.thread(message.id)}
      className="reach my-1 inline-flex items-center gap-1.5 rounded-control text-sm font-semibold text-accent-text hover:underline"
    >
      {t('message.thread.count', { n: message.thread_count })}
      {message.thread_last_at && (
        <span className="num font-normal text-ink-3">{listTime(message.thread_last_at, now)}</span>
      )}
      <ChevronIcon size={16} />
    </button>
  )
}
