import { DayInput } from '@/components/DayInput'
import { Field, Input, Select } from '@/components/Field'
import { Segmented } from '@/components/Segmented'

import { Chips } from './Chips'
import type { Draft } from './draft'
import { isLastOf, nthOf, WEEKDAYS, weekdayOf, type Every, type Repeat, type Weekday } from './recurrence'
import { useT } from './t'

interface RepeatsProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
  fault?: string | undefined
}

const EVERY: readonly Every[] = ['never', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'own']

// Any week will do to learn what the days are called: this one began on a Monday.
const dayWord = (day: Weekday, style: 'short' | 'long') =>
  new Intl.DateTimeFormat('en-GB', { weekday: style, timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(day)),
  )

/** Once, or again and again: how often, on which days, and till when. */
export function Repeats({ draft, set, fault }: RepeatsProps) {
  const t = useT()
  const { repeat } = draft
  const change = (part: Partial<Repeat>) => set({ repeat: { ...repeat, ...part }, left: [] })
  return (
    <div className="flex flex-col gap-5">
      <Field label={t('field.repeats')} fault={fault}>
        <Select
          value={repeat.every}
          onChange={(event) => change({ every: event.target.value as Every, days: [weekdayOf(draft.day)] })}
        >
          {EVERY.map((every) => (
            <option key={every} value={every}>
              {t(`every.${every}`)}
            </option>
          ))}
        </Select>
      </Field>
      {repeat.every === 'own' && (
        <Field label={t('rule.own')} hint={t('rule.own.hint')}>
          <Input
            value={repeat.own}
            spellCheck={false}
            onChange={(event) => change({ own: event.target.value })}
          />
        </Field>
      )}
      {repeat.every !== 'never' && repeat.every !== 'own' && (
        <>
          <Interval repeat={repeat} change={change} />
          {repeat.every === 'WEEKLY' && (
            <Chips
              label={t('rule.days')}
              value={repeat.days}
              onChange={(days) => change({ days })}
              options={WEEKDAYS.map((day) => ({
                value: day,
                label: dayWord(day, 'short'),
                name: dayWord(day, 'long'),
              }))}
            />
          )}
          {repeat.every === 'MONTHLY' && draft.day && (
            <Monthly day={draft.day} value={repeat.monthly} onChange={(monthly) => change({ monthly })} />
          )}
          <Ends repeat={repeat} change={change} first={draft.day} />
        </>
      )}
    </div>
  )
}

interface PartProps {
  repeat: Repeat
  change: (part: Partial<Repeat>) => void
}

function Interval({ repeat, change }: PartProps) {
  const t = useT()
  return (
    <Field label={t('rule.interval')} className="max-w-60">
      <Select value={repeat.interval} onChange={(event) => change({ interval: Number(event.target.value) })}>
        {[...new Set([1, 2, 3, 4, 6, 12, repeat.interval])]
          .sort((one, other) => one - other)
          .map((n) => (
            <option key={n} value={n}>
              {t(`interval.${repeat.every as 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'}`, { n })}
            </option>
          ))}
      </Select>
    </Field>
  )
}

function Monthly({
  day,
  value,
  onChange,
}: {
  day: string
  value: Repeat['monthly']
  onChange: (value: Repeat['monthly']) => void
}) {
  const t = useT()
  const weekday = dayWord(weekdayOf(day), 'long')
  const options = [
    { value: 'day' as const, label: t('monthly.day', { n: Number(day.slice(8)) }) },
    ...(nthOf(day) < 5
      ? [{ value: 'nth' as const, label: t('monthly.nth', { n: nthOf(day), weekday }) }]
      : []),
    ...(isLastOf(day) ? [{ value: 'last' as const, label: t('monthly.last', { weekday }) }] : []),
  ]
  return (
    <Segmented label={t('rule.monthly')} value={value} options={options} onChange={onChange} look="pills" />
  )
}

function Ends({ repeat, change, first }: PartProps & { first: string }) {
  const t = useT()
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div>
        <p className="mb-2 text-sm font-semibold">{t('rule.ends')}</p>
        <Segmented
          label={t('rule.ends')}
          value={repeat.ends}
          options={[
            { value: 'never', label: t('ends.never') },
            { value: 'on', label: t('ends.on') },
            { value: 'after', label: t('ends.after') },
          ]}
          onChange={(ends) => change({ ends })}
        />
      </div>
      {repeat.ends === 'on' && (
        <Field label={t('ends.until')} hideLabel className="w-48">
          <DayInput min={first} value={repeat.until} onChange={(until) => change({ until })} />
        </Field>
      )}
      {repeat.ends === 'after' && (
        <Field label={t('ends.count')} hideLabel className="w-28">
          <Input
            type="number"
            required
            min={1}
            max={5000}
            value={repeat.count}
            onChange={(event) => change({ count: Number(event.target.value) })}
          />
        </Field>
      )}
    </div>
  )
}
