import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Field, Select } from '@/components/Field'
import { Confirm } from '@/components/Sheet'
import { toast } from '@/lib/announce'
import { rooms, type Room } from '@/lib/queries/rooms'

import { call } from '../call'
import { useT } from '../t'

const EVER = 0
const DAYS = [EVER, 7, 30, 90, 365, 730] as const

/** How long messages stay. To keep them for less than before takes some away at once, so that is asked. */
export function Retention({ room }: { room: Room }) {
  const t = useT()
  const cache = useQueryClient()
  const [asked, setAsked] = useState<number>()
  const now = room.keep_days ?? EVER
  const keep = useMutation({
    mutationFn: (days: number) =>
      call('PUT', `/rooms/${room.id}/retention`, { body: { days: days === EVER ? null : days } }),
    onSuccess: async () => {
      toast(t('rules.saved'))
      await cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true })
    },
    onSettled: () => setAsked(undefined),
  })
  const choose = (days: number) => {
    if (days === EVER || (now !== EVER && days > now)) keep.mutate(days)
    else if (days !== now) setAsked(days)
  }
  const words = (days: number) => (days === EVER ? t('rules.keep.ever') : t('rules.keep.days', { n: days }))
  return (
    <Field label={t('rules.keep')} hint={t('rules.keep.hint')}>
      <Select
        value={String(asked ?? now)}
        disabled={keep.isPending}
        onChange={(event) => choose(Number(event.target.value))}
      >
        {[...new Set([...DAYS, now])].map((days) => (
          <option key={days} value={days}>
            {words(days)}
          </option>
        ))}
      </Select>
      <Confirm
        open={asked !== undefined}
        danger
        title={t('rules.keep.ask', { n: asked ?? 1 })}
        words={t('rules.keep.words', { n: asked ?? 1 })}
        verb={t('rules.keep.verb')}
        busy={keep.isPending}
        onClose={() => setAsked(undefined)}
        onConfirm={() => asked !== undefined && keep.mutate(asked)}
      />
    </Field>
  )
}
