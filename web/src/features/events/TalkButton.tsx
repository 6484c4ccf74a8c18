import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { Button } from '@/components/Button'
import { ChatIcon } from '@/components/icons'
import { toast } from '@/lib/announce'
import { api, asProblem, take } from '@/lib/api'

import { useT } from './t'

/** Opens the talk of those who said yes, which begins when the first of them does. */
export function TalkButton({ eventId }: { eventId: string }) {
  const t = useT()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const open = useMutation({
    mutationFn: () =>
      take(api.PUT('/api/v1/rooms/of-event/{event_id}', { params: { path: { event_id: eventId } } })),
    onSuccess: async (room) => {
      await cache.invalidateQueries({ queryKey: ['rooms'], exact: true })
      await navigate({ to: '/chat/$roomId', params: { roomId: room.id } })
    },
    onError: (reason) => toast(asProblem(reason).message),
  })
  return (
    <Button size="sm" icon={ChatIcon} busy={open.isPending} onClick={() => open.mutate()}>
      {t('talk')}
    </Button>
  )
}
