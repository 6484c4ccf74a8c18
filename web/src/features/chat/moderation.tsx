import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button } from '@/components/Button'
import { Field, Input } from '@/components/Field'
import { Sheet } from '@/components/Sheet'
import { asProblem } from '@/lib/api'
import { rooms, type Room } from '@/lib/queries/rooms'

import { call } from './call'
import { roommates, type Roommate } from './queries'
import { useT } from './t'

export type Measure = 'silence' | 'unsilence' | 'bar'

const DAY = 1440

export function useSlowMode(room: Room) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (seconds: number) => call('PUT', `/rooms/${room.id}/slow-mode`, { body: { seconds } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true }),
  })
}

interface WhyProps {
  room: Room
  mate: Roommate
  measure: Measure
  onClose: () => void
}

/** A measure against a member wants its reason: it stands in the record. */
export function Why({ room, mate, measure, onClose }: WhyProps) {
  const t = useT()
  const cache = useQueryClient()
  const [reason, setReason] = useState('')
  const path = `/rooms/${room.id}/members/${mate.person.id}/${measure}`
  const act = useMutation({
    mutationFn: () =>
      measure === 'unsilence'
        ? call('POST', path, { body: { reason: reason.trim() } })
        : call('PUT', path, { body: { reason: reason.trim(), minutes: measure === 'silence' ? DAY : null } }),
    meta: { quiet: true },
    onSuccess: async () => {
      onClose()
      await cache.invalidateQueries({ queryKey: roommates(room.id).queryKey })
    },
  })
  const verbs = {
    silence: t('info.member.mute'),
    unsilence: t('info.member.unmute'),
    bar: t('info.member.bar'),
  }
  return (
    <Sheet
      open
      title={`${mate.person.name}: ${verbs[measure]}`}
      words={t('info.why.words')}
      onClose={onClose}
      footer={
        <Button
          tone={measure === 'unsilence' ? 'ink' : 'bad'}
          busy={act.isPending}
          disabled={reason.trim().length < 3}
          onClick={() => act.mutate()}
        >
          {verbs[measure]}
        </Button>
      }
    >
      <Field label={t('info.why')} fault={act.error ? asProblem(act.error).message : undefined}>
        <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </Sheet>
  )
}
