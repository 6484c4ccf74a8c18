import { useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'

import { Button } from '@/components/Button'
import { Crest } from '@/components/Crest'
import { DayInput } from '@/components/DayInput'
import { Field, Input, Select, Switch, Textarea } from '@/components/Field'
import { Hue } from '@/components/Hue'
import { WarnIcon } from '@/components/icons'
import { Segmented } from '@/components/Segmented'
import { TimeInput } from '@/components/TimeInput'
import { toast } from '@/lib/announce'
import { asProblem, type Problem } from '@/lib/api'

import { changesOf, isOfSeries, isTimed, type Draft } from './draft'
import type { EventPage } from './queries'
import { Reminders } from './Reminders'
import { Repeats } from './Repeats'
import { useEdit, useSchedule } from './saving'
import { ScopeSheet } from './ScopeSheet'
import { remember } from './seen'
import { useT } from './t'
import { Upcoming } from './Upcoming'
import { ZoneSelect } from './ZoneSelect'

interface Club {
  id: string
  name: string
  hue: number
}

interface ScheduleFormProps {
  clubs: readonly Club[]
  initial: Draft
  /** The event that is changed; absent for a new one. */
  edited?: EventPage
}

/** Every field of an event, with what its rule comes to beside it. */
export function ScheduleForm({ clubs, initial, edited }: ScheduleFormProps) {
  const t = useT()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(initial)
  const [isAsking, setAsking] = useState(false)
  const schedule = useSchedule()
  const edit = useEdit(edited)
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const failed = schedule.error ?? edit.error
  const problem = failed ? asProblem(failed) : undefined
  const patch = edited ? changesOf(initial, draft) : {}
  const open = (eventId: string) => void navigate({ to: '/e/$eventId', params: { eventId }, replace: true })

  const plan = () =>
    schedule.mutate(draft, {
      onSuccess: ({ events, dates }) => {
        toast(t('schedule.done', { n: dates }))
        const [first] = events
        if (first) open(first.id)
      },
    })
  const change = (scope: 'this' | 'following' | 'all') =>
    edit.mutate(
      { patch, scope },
      {
        onSuccess: ({ event, changed }) => {
          // Her own change is no news to her.
          remember(event)
          toast(t('edit.done', { n: changed }))
          open(event.id)
        },
        onSettled: () => setAsking(false),
      },
    )
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!edited) return plan()
    if (Object.keys(patch).length === 0) return open(edited.id)
    if (edited.series.rrule !== null) return setAsking(true)
    change('this')
  }
  const club = clubs.find(({ id }) => id === draft.clubId)

  return (
    <Hue value={club?.hue} as="div">
      <form onSubmit={onSubmit} className="flex flex-col gap-9">
        <Part title={t('part.what')}>
          <What draft={draft} set={set} clubs={clubs} isNew={!edited} problem={problem} />
        </Part>
        <Part title={t('part.when')}>
          <WhenFields draft={draft} set={set} problem={problem} />
          <Repeats draft={draft} set={set} fault={problem?.fault('rrule')} />
          {isTimed(draft) && <Upcoming draft={draft} set={set} />}
        </Part>
        <Part title={t('part.who')}>
          <Who draft={draft} set={set} problem={problem} />
        </Part>
        <Refusal problem={problem} edited={edited} />
        <div className="z-20 flex justify-end gap-2 border-t border-line bg-paper/92 py-3 backdrop-blur-sm md:sticky md:bottom-0">
          <Button
            type="submit"
            tone="accent"
            size="lg"
            busy={schedule.isPending || edit.isPending}
            className="flex-1 md:flex-none"
          >
            {t(edited ? 'edit.save' : 'schedule.save')}
          </Button>
        </div>
      </form>
      {isAsking && (
        <ScopeSheet
          withoutThis={isOfSeries(patch)}
          busy={edit.isPending}
          onClose={() => setAsking(false)}
          onChosen={change}
        />
      )}
    </Hue>
  )
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="flex flex-col gap-5">
      <h2 className="border-b border-line pb-2 text-lg">{title}</h2>
      {children}
    </section>
  )
}

interface PartProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
  problem?: Problem | undefined
}

function What({ draft, set, clubs, isNew, problem }: PartProps & { clubs: readonly Club[]; isNew: boolean }) {
  const t = useT()
  const club = clubs.find(({ id }) => id === draft.clubId)
  return (
    <>
      <Field label={t('field.title')} fault={problem?.fault('title')}>
        <Input
          value={draft.title}
          required
          maxLength={120}
          placeholder={t('field.title.example')}
          onChange={(event) => set({ title: event.target.value })}
        />
      </Field>
      {isNew && clubs.length > 1 ? (
        <Field label={t('field.club')}>
          <Select value={draft.clubId} onChange={(event) => set({ clubId: event.target.value })}>
            {clubs.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        club && (
          <p className="flex items-center gap-2.5 font-medium">
            <Crest name={club.name} hue={club.hue} size={28} />
            {club.name}
          </p>
        )
      )}
      <Field label={t('field.text')} end={t('optional')} fault={problem?.fault('text')}>
        <Textarea
          value={draft.text}
          maxLength={8000}
          placeholder={t('field.text.example')}
          onChange={(event) => set({ text: event.target.value })}
        />
      </Field>
      <Field label={t('field.place')} end={t('optional')} fault={problem?.fault('place')}>
        <Input
          value={draft.place}
          maxLength={200}
          placeholder={t('field.place.example')}
          onChange={(event) => set({ place: event.target.value })}
        />
      </Field>
    </>
  )
}

const LENGTHS = [30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 360, 480, 720, 1440, 2880]

function WhenFields({ draft, set, problem }: PartProps) {
  const t = useT()
  const lengths = [...new Set([...LENGTHS, draft.minutes])].sort((one, other) => one - other)
  return (
    <>
      <div className="grid grid-cols-2 gap-x-3 gap-y-5 md:grid-cols-3">
        <Field
          label={t('field.day')}
          fault={problem?.fault('starts_local')}
          className="col-span-2 md:col-span-1"
        >
          <DayInput value={draft.day} onChange={(day) => set({ day, left: [] })} />
        </Field>
        <Field label={t('field.time')}>
          <TimeInput value={draft.time} onChange={(time) => set({ time, left: [] })} />
        </Field>
        <Field label={t('field.length')} fault={problem?.fault('duration_minutes')}>
          <Select value={draft.minutes} onChange={(event) => set({ minutes: Number(event.target.value) })}>
            {lengths.map((minutes) => (
              <option key={minutes} value={minutes}>
                {t('length', {
                  days: Math.floor(minutes / 1440),
                  hours: Math.floor((minutes % 1440) / 60),
                  minutes: minutes % 60,
                })}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Field label={t('field.zone')} hint={t('field.zone.hint')} fault={problem?.fault('tzid')}>
        <ZoneSelect value={draft.zone} onChange={(zone) => set({ zone })} />
      </Field>
    </>
  )
}

const DEADLINES = [0, 60, 180, 720, 1440, 2880, 10_080] as const

function Who({ draft, set, problem }: PartProps) {
  const t = useT()
  const deadlines = [...new Set([...DEADLINES, draft.deadline])].sort((one, other) => one - other)
  return (
    <>
      <div className="grid gap-5 md:grid-cols-2">
        <Field
          label={t('field.capacity')}
          end={t('optional')}
          hint={t('field.capacity.hint')}
          fault={problem?.fault('capacity')}
        >
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            max={5000}
            value={draft.capacity}
            placeholder={t('field.capacity.none')}
            onChange={(event) => set({ capacity: event.target.value })}
          />
        </Field>
        <Field label={t('field.deadline')} fault={problem?.fault('rsvp_deadline_minutes')}>
          <Select value={draft.deadline} onChange={(event) => set({ deadline: Number(event.target.value) })}>
            {deadlines.map((minutes) => (
              <option key={minutes} value={minutes}>
                {minutes === 0 ? t('deadline.none') : t('before', span(minutes))}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Switch
        label={t('field.guests')}
        detail={t('field.guests.words')}
        checked={draft.guests}
        onChange={(guests) => set({ guests })}
      />
      <div>
        <p className="mb-2 text-sm font-semibold">{t('field.visibility')}</p>
        <Segmented
          label={t('field.visibility')}
          value={draft.visibility}
          options={[
            { value: 'club', label: t('visibility.club') },
            { value: 'public', label: t('visibility.public') },
          ]}
          onChange={(visibility) => set({ visibility })}
        />
        <p className="mt-2 text-sm text-ink-3">{t(`visibility.${draft.visibility}.words`)}</p>
      </div>
      <Reminders
        value={draft.reminders}
        onChange={(reminders) => set({ reminders })}
        fault={problem?.fault('reminders')}
      />
    </>
  )
}

/** Minutes as days, hours and minutes, for a message. */
function span(minutes: number) {
  return { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 }
}

function Refusal({ problem, edited }: { problem: Problem | undefined; edited: EventPage | undefined }) {
  const t = useT()
  return (
    <div role="alert">
      {problem && (
        <p className="flex items-start gap-2.5 rounded-control border border-bad px-3.5 py-3 text-sm font-medium text-bad">
          <WarnIcon size={18} />
          <span>
            {problem.status === 412 ? t('edit.meanwhile') : problem.message}
            {edited && problem.status === 412 && (
              <button type="button" className="ml-2 underline" onClick={() => location.reload()}>
                {t('edit.reload')}
              </button>
            )}
          </span>
        </p>
      )}
    </div>
  )
}
