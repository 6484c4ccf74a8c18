import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Field, Input, Select, Switch } from '@/components/Field'
import { Sheet } from '@/components/Sheet'
import { toast } from '@/lib/announce'
import { asProblem } from '@/lib/api'
import { rooms, type Room } from '@/lib/queries/rooms'

import { call } from './call'
import { roommates } from './queries'
import { barred } from './rules/queries'
import { useMay } from './scene'
import { useT } from './t'

export type Measure = 'silence' | 'unsilence' | 'bar' | 'unbar'

const MINUTES = { hour: 60, day: 1440, week: 10_080, month: 43_200, ever: null } as const
type Length = keyof typeof MINUTES
const LENGTHS = Object.keys(MINUTES) as Length[]

const VERBS = {
  silence: 'info.member.mute',
  unsilence: 'info.member.unmute',
  bar: 'info.member.bar',
  unbar: 'info.member.unbar',
} as const

const isLifting = (measure: Measure) => measure === 'unsilence' || measure === 'unbar'

interface WhyProps {
  room: Room
  person: { id: string; name: string }
  measure: Measure
  onClose: () => void
}

/** A measure against a member wants its reason, which stands in the record, and says for how long it holds. */
export function Why({ room, person, measure, onClose }: WhyProps) {
  const t = useT()
  const may = useMay(room)
  const [reason, setReason] = useState('')
  const [length, setLength] = useState<Length>(measure === 'bar' ? 'ever' : 'day')
  const [inWholeClub, setInWholeClub] = useState(false)
  const act = useMeasure({ room, person, measure, onClose })
  const lifts = isLifting(measure)
  const verb = t(VERBS[measure])
  const submit = () =>
    act.mutate({
      reason: reason.trim(),
      ...(!lifts && { minutes: MINUTES[length], whole_club: inWholeClub }),
    })
  return (
    <Sheet
      open
      title={`${person.name}: ${verb}`}
      words={t('info.why.words')}
      onClose={onClose}
      footer={
        <Button
          tone={lifts ? 'ink' : 'bad'}
          busy={act.isPending}
          disabled={reason.trim().length < 3}
          onClick={submit}
        >
          {verb}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {!lifts && (
          <Field label={t('info.long')}>
            <Select value={length} onChange={(event) => setLength(event.target.value as Length)}>
              {LENGTHS.map((one) => (
                <option key={one} value={one}>
                  {t(`info.long.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field label={t('info.why')} fault={act.error ? asProblem(act.error).message : undefined}>
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {!lifts && may.ownClub && room.club_id && (
          <Switch label={t('info.why.club')} checked={inWholeClub} onChange={setInWholeClub} />
        )}
      </div>
    </Sheet>
  )
}

function useMeasure({ room, person, measure, onClose }: WhyProps) {
  const t = useT()
  const cache = useQueryClient()
  const method = isLifting(measure) ? 'POST' : 'PUT'
  return useMutation({
    mutationFn: (body: object) => call(method, `/rooms/${room.id}/members/${person.id}/${measure}`, { body }),
    meta: { quiet: true },
    onSuccess: () => {
      toast(t(`info.done.${measure}`, { name: person.name }))
      onClose()
      return Promise.all([
        cache.invalidateQueries({ queryKey: roommates(room.id).queryKey }),
        cache.invalidateQueries({ queryKey: barred(room.id).queryKey }),
        cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true }),
      ])
    },
  })
}
