import { Button } from '@/components/Button'
import { outbox } from '@/lib/chat/outbox'
import type { Attached, Pending } from '@/lib/chat/overlay'
import type { Attachment } from '@/lib/chat/wire'
import { cx } from '@/lib/cx'

import { Attachments } from './Attachments'
import { Quoted } from './Said'
import { useScene } from './scene'
import { useT } from './t'
import { Words } from './Words'
import { Writer } from './Writer'

const isWhole = (one: Attached): one is Attachment => one.url !== undefined

/** A message on its way, or one that the hub refused. */
function DraftRow({ entry, begins }: { entry: Pending; begins: boolean }) {
  const t = useT()
  const { me } = useScene()
  if (entry.body.kind !== 'send') return null
  const { body, at, reply_to, attachments = [] } = entry.body
  const isRefused = entry.refused !== undefined
  const state = t(isRefused ? 'message.failed' : 'message.sending')
  return (
    <div className={cx('animate-rise -mx-3 flex gap-3.5 px-3 md:-mx-7 md:px-7', begins && 'pt-3')}>
      <Writer.Face face={me} begins={begins} at={at} />
      <article className="min-w-0 flex-1" aria-label={t('message.label', { name: me.name, time: state })}>
        {begins && <Writer.Name face={me} at={at} state={entry.settled === undefined ? state : undefined} />}
        {reply_to && <Quoted quote={reply_to} />}
        <p
          className={cx(
            'py-0.5 text-md leading-6 wrap-break-word whitespace-pre-wrap',
            !isRefused && entry.settled === undefined && 'text-ink-3',
          )}
        >
          <Words text={body} />
          {!begins && !isRefused && entry.settled === undefined && (
            <span className="sr-only">, {t('message.sending')}</span>
          )}
        </p>
        <Attachments attachments={attachments.filter(isWhole)} />
        {attachments.map((one) =>
          isWhole(one) ? null : (
            <p key={one.id} className="text-sm text-ink-3">
              {one.name}
            </p>
          ),
        )}
        {isRefused && <Refused entry={entry} />}
      </article>
    </div>
  )
}

/** Why the hub refused it, and what can be done. */
function Refused({ entry, words }: { entry: Pending; words?: string }) {
  const t = useT()
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 py-1 text-sm text-bad">
      {words} {entry.refused}
      <Button size="sm" onClick={() => void outbox.retry(entry.client_id)}>
        {t('message.retry')}
      </Button>
      <Button size="sm" tone="quiet" onClick={() => void outbox.discard(entry.client_id)}>
        {t('message.discard')}
      </Button>
    </div>
  )
}

export const Draft = Object.assign(DraftRow, { Refused })
