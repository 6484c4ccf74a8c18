import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Field, Select, Textarea } from '@/components/Field'
import { Loaded } from '@/components/Loaded'
import { Sheet } from '@/components/Sheet'
import { RowsSkeleton } from '@/components/Skeleton'
import { toast } from '@/lib/announce'
import { write } from '@/lib/chat/outbox'
import type { Message } from '@/lib/chat/wire'
import { dayAndTime } from '@/lib/format'

import { call } from './call'
import { editions } from './queries'
import { gist, isMine, useScene } from './scene'
import { useT } from './t'

export interface Ask {
  kind: 'history' | 'remove' | 'report'
  message: Message
}

/** What asks for attention about one message. */
export function AskSheets({ ask, onClose }: { ask: Ask; onClose: () => void }) {
  if (ask.kind === 'history') return <History message={ask.message} onClose={onClose} />
  if (ask.kind === 'remove') return <Remove message={ask.message} onClose={onClose} />
  return <Report message={ask.message} onClose={onClose} />
}

interface AskProps {
  message: Message
  onClose: () => void
}

function History({ message, onClose }: AskProps) {
  const t = useT()
  const query = useQuery(editions(message))
  return (
    <Sheet open title={t('message.history')} onClose={onClose}>
      <Loaded query={query} skeleton={<RowsSkeleton rows={3} />}>
        {(all) => (
          <ol className="flex flex-col gap-3">
            {all.toReversed().map(({ body, at }, place) => (
              <li key={at} className="border-b border-line pb-3 last:border-0">
                <p className="num pb-1 text-xs text-ink-3">
                  {place === 0 ? t('message.history.now') : dayAndTime(at)}
                </p>
                <p className="text-md whitespace-pre-wrap">{body}</p>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Sheet>
  )
}

/** Deleting cannot be taken back, so it is asked; for somebody else's message with a reason. */
function Remove({ message, onClose }: AskProps) {
  const t = useT()
  const { me } = useScene()
  const [reason, setReason] = useState('')
  const mine = isMine(message, me)
  const remove = () => {
    write(message.room, {
      kind: 'delete',
      target: message.id,
      ...(reason.trim() && { reason: reason.trim() }),
    })
    onClose()
  }
  return (
    <Sheet
      open
      title={t('message.delete.ask')}
      words={t(mine ? 'message.delete.words' : 'message.delete.other')}
      onClose={onClose}
      footer={
        <Button tone="bad" onClick={remove}>
          {t('message.delete')}
        </Button>
      }
    >
      <Cited message={message} />
      {!mine && (
        <Field label={t('message.delete.reason')} className="mt-4">
          <Textarea
            rows={2}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      )}
    </Sheet>
  )
}

const REASONS = ['spam', 'harassment', 'hate', 'sexual', 'violence', 'self_harm', 'illegal', 'other'] as const

function Report({ message, onClose }: AskProps) {
  const t = useT()
  const isOfClub = useScene().room.club_id !== null
  const [reason, setReason] = useState<(typeof REASONS)[number]>('spam')
  const [note, setNote] = useState('')
  const report = useMutation({
    mutationFn: () =>
      call('POST', `/rooms/${message.room}/reports`, {
        body: { message_id: message.id, reason, note: note.trim() },
      }),
    onSuccess: () => {
      toast(t(isOfClub ? 'message.reported' : 'message.reported.talk'))
      onClose()
    },
  })
  return (
    <Sheet
      open
      title={t('message.report.ask')}
      words={t(isOfClub ? 'message.report.words' : 'message.report.words.talk')}
      onClose={onClose}
      footer={
        <Button tone="ink" busy={report.isPending} onClick={() => report.mutate()}>
          {t('message.report')}
        </Button>
      }
    >
      <Cited message={message} />
      <div className="mt-4 flex flex-col gap-4">
        <Field label={t('message.report.reason')}>
          <Select value={reason} onChange={(event) => setReason(event.target.value as typeof reason)}>
            {REASONS.map((one) => (
              <option key={one} value={one}>
                {t(`report.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t('message.report.note')}>
          <Textarea rows={3} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </div>
    </Sheet>
  )
}

function Cited({ message }: { message: Message }) {
  return (
    <blockquote className="border-l-2 border-accent py-0.5 pl-3">
      <p className="text-sm font-semibold">{message.author_name}</p>
      <p className="line-clamp-4 text-md text-ink-2">{gist(message)}</p>
    </blockquote>
  )
}
