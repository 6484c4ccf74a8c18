import { useMutation, useQueryClient } from '@tanstack/react-query'

import { Field, Select } from '@/components/Field'
import { rooms, type Room } from '@/lib/queries/rooms'

import { call } from '../call'
import { useT } from '../t'

const SLOW = [0, 5, 10, 30, 60, 300, 900, 3600] as const

export function SlowMode({ room }: { room: Room }) {
  const t = useT()
  const cache = useQueryClient()
  const slow = useMutation({
    mutationFn: (seconds: number) => call('PUT', `/rooms/${room.id}/slow-mode`, { body: { seconds } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: rooms.queryKey, exact: true }),
  })
  return (
    <Field label={t('info.slow')}>
      <Select
        value={String(room.slow_seconds)}
        disabled={slow.isPending}
        onChange={(event) => slow.mutate(Number(event.target.value))}
      >
        {[...new Set([...SLOW, room.slow_seconds])].map((seconds) => (
          <option key={seconds} value={seconds}>
            {seconds === 0 ? t('info.slow.off') : t('info.slow.every', { n: seconds })}
          </option>
        ))}
      </Select>
    </Field>
  )
}
