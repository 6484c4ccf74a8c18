import { Link } from '@tanstack/react-router'
import { memo } from 'react'

import { Avatar, type Person } from '@/components/Avatar'
import { Button } from '@/components/Button'
import { clockTime } from '@/lib/format'

import { linked } from './linked'
import { outbox } from './outbox'
import type { RowView } from './rows'
import { useT } from './t'

interface RowProps {
  row: RowView
  /** The writer, as far as we know more than the name. */
  person: Person
  handle?: string
}

/** One row of the talk. */
export const Row = memo(function Row({ row, person, handle }: RowProps) {
  const t = useT()
  if (row.kind === 'day')
    return (
      <p
        className="py-4 text-center text-xs font-semibold text-ink-3"
        role="separator"
        aria-label={row.label}
      >
        {row.label}
      </p>
    )
  if (row.kind === 'unread')
    return (
      <div className="my-3 flex items-center gap-3 text-xs font-semibold text-live" role="separator">
        <i className="h-px flex-1 bg-live/60" />
        {t('room.new')}
        <i className="h-px flex-1 bg-live/60" />
      </div>
    )
  const isDraft = row.kind === 'draft'
  const at = isDraft ? row.entry.body.at : row.message.at
  const body = isDraft ? row.entry.body.body : row.message.body
  const refused = isDraft ? row.entry.refused : undefined
  return (
    <article
      className={isDraft ? 'animate-rise flex gap-3.5' : 'flex gap-3.5'}
      aria-label={t('message.label', { name: person.name, time: clockTime(at) })}
    >
      <div className="w-10 shrink-0">
        {row.begins && <Avatar person={person} size={40} className="mt-3" />}
      </div>
      <div className="min-w-0 flex-1">
        {row.begins && (
          <p className="mt-3 flex items-baseline gap-2.5">
            {handle ? (
              <Link to="/m/$handle" params={{ handle }} className="text-md font-semibold hover:underline">
                {person.name}
              </Link>
            ) : (
              <span className="text-md font-semibold">{person.name}</span>
            )}
            <span className="num text-xs text-ink-3">
              {isDraft ? t(refused ? 'message.failed' : 'message.sending') : clockTime(at)}
            </span>
          </p>
        )}
        <p
          className={`py-0.5 text-md leading-6 wrap-break-word whitespace-pre-wrap ${isDraft && !refused ? 'text-ink-3' : ''}`}
        >
          {linked(body)}
          {isDraft && !row.begins && !refused && <span className="sr-only">, {t('message.sending')}</span>}
        </p>
        {refused && <Refused clientId={row.key} why={refused} />}
      </div>
    </article>
  )
})

function Refused({ clientId, why }: { clientId: string; why: string }) {
  const t = useT()
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 py-1 text-sm text-bad">
      {why}
      <Button size="sm" onClick={() => void outbox.retry(clientId)}>
        {t('message.retry')}
      </Button>
      <Button size="sm" tone="quiet" onClick={() => void outbox.discard(clientId)}>
        {t('message.discard')}
      </Button>
    </div>
  )
}
