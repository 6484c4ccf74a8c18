import { useState } from 'react'

import { AnswerPills, CapacityBar, type Answer } from '@/components/AnswerPills'
import { Button } from '@/components/Button'
import { Card } from '@/components/Card'
import { Field, Input } from '@/components/Field'
import { RelativeTime } from '@/components/Time'
import { dayAndTime } from '@/lib/format'

import { useReply, type Reply } from './answering'
import type { EventPage } from './queries'
import { Stepper } from './Stepper'
import { useT } from './t'

const MOST_GUESTS = 5

/** Coming or not, with whom, and how full it is. */
export function Answering({ page, now }: { page: EventPage; now: number }) {
  const t = useT()
  if (page.status === 'cancelled')
    return (
      <Card className="border-bad p-5" role="status">
        <p className="display text-lg text-bad">{t('off.title')}</p>
        <p className="mt-1 text-ink-2">{page.cancel_reason || t('off.noReason')}</p>
      </Card>
    )
  if (Date.parse(page.ends_at) <= now)
    return (
      <Card className="p-5">
        <p className="font-semibold">{t('over.title')}</p>
        <p className="mt-1 text-ink-2">{t('over.words', { going: page.going })}</p>
      </Card>
    )
  return <Open page={page} now={now} />
}

function Open({ page, now }: { page: EventPage; now: number }) {
  const t = useT()
  const { mutate, isPending } = useReply(page)
  const mine = page.my_answer
  const isClosed = Date.parse(page.answers_close_at) <= now
  const isFull = page.capacity !== null && page.going >= page.capacity
  const reply = (change: Partial<Reply> & { answer: Answer }) =>
    mutate({ guests: change.answer === 'yes' ? (mine?.guests ?? 0) : 0, note: mine?.note ?? '', ...change })
  return (
    <Card className="flex flex-col gap-4 p-4 md:p-5">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        <AnswerPills
          of={page.title}
          value={mine?.answer}
          full={isFull}
          waiting={mine?.standing === 'waiting'}
          onAnswer={(answer) => reply({ answer })}
        />
        {page.guests_allowed && mine?.answer === 'yes' && (
          <Stepper
            label={t('guests.label')}
            words={t('guests', { n: mine.guests })}
            value={mine.guests}
            max={MOST_GUESTS}
            disabled={isPending}
            onChange={(guests) => reply({ answer: 'yes', guests })}
          />
        )}
      </div>
      <Standing page={page} isFull={isFull} />
      <Turnout page={page} />
      <Deadline page={page} isClosed={isClosed} />
      {mine && <Note key={mine.note} page={page} onSave={(note) => reply({ answer: mine.answer, note })} />}
    </Card>
  )
}

function Standing({ page, isFull }: { page: EventPage; isFull: boolean }) {
  const t = useT()
  const mine = page.my_answer
  if (mine?.standing === 'waiting')
    return (
      <p className="rounded-control bg-accent-soft px-3.5 py-2.5 font-medium text-accent-text" role="status">
        {mine.position ? t('line.place', { place: mine.position }) : t('line.joined')}
      </p>
    )
  if (isFull && mine?.standing !== 'going') return <p className="text-sm text-ink-2">{t('line.full')}</p>
  return null
}

function Turnout({ page }: { page: EventPage }) {
  const t = useT()
  const { going, capacity, waiting, maybe } = page
  const count = capacity ? t('going.of', { going, capacity }) : t('going.count', { going })
  return (
    <div>
      <p className="num flex flex-wrap justify-between gap-x-4 text-sm">
        <span className="font-semibold">{count}</span>
        <span className="flex gap-4 text-ink-3">
          {maybe > 0 && <span>{t('going.maybe', { maybe })}</span>}
          {waiting > 0 && <span>{t('going.waiting', { waiting })}</span>}
        </span>
      </p>
      {capacity && (
        <div className="mt-2">
          <CapacityBar going={going} capacity={capacity} />
        </div>
      )}
    </div>
  )
}

function Deadline({ page, isClosed }: { page: EventPage; isClosed: boolean }) {
  const t = useT()
  if (isClosed) return <p className="text-sm text-warn-text">{t('closed')}</p>
  if (page.answers_close_at === page.starts_at) return null
  return (
    <p className="text-sm text-ink-3">
      {t.rich('closes', {
        at: dayAndTime(page.answers_close_at, page.tzid),
        left: <RelativeTime at={page.answers_close_at} />,
      })}
    </p>
  )
}

/** A word to those who organise: "10 minutes late", "I bring the balls". */
function Note({ page, onSave }: { page: EventPage; onSave: (note: string) => void }) {
  const t = useT()
  const kept = page.my_answer?.note ?? ''
  const [note, setNote] = useState<string>()
  if (note === undefined)
    return (
      <div className="flex items-center gap-2 border-t border-line pt-3 text-sm">
        <span className="min-w-0 flex-1 text-ink-2">{kept || t('note.none')}</span>
        <Button size="sm" tone="quiet" onClick={() => setNote(kept)}>
          {kept ? t('note.change') : t('note.add')}
        </Button>
      </div>
    )
  return (
    <form
      // The field was asked for by the press just now.
      ref={(form) => form?.querySelector('input')?.focus()}
      className="flex items-end gap-2 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        setNote(undefined)
        if (note.trim() !== kept) onSave(note.trim())
      }}
    >
      <Field label={t('note.label')} className="flex-1">
        <Input
          value={note}
          maxLength={280}
          placeholder={t('note.example')}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      <Button type="submit" tone="accent" className="h-11">
        {t('note.save')}
      </Button>
    </form>
  )
}
