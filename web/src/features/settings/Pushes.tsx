import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { Switch } from '@/components/Field'
import { Loaded } from '@/components/Loaded'
import { Bone } from '@/components/Skeleton'
import { turnOff, turnOn } from '@/lib/push'
import { useMember } from '@/lib/session'

import { Part } from './Part'
import { pushHere } from './queries'
import { useT } from './t'

/** Whether this device tells of mentions and direct messages; the browser is asked only once she wants it. */
export function Pushes() {
  const t = useT()
  const { id } = useMember()
  const cache = useQueryClient()
  const query = useQuery(pushHere)
  const choose = useMutation({
    mutationFn: (permission: Promise<NotificationPermission> | undefined) =>
      permission ? turnOn(id, permission) : turnOff(),
    onSuccess: (state) => cache.setQueryData(pushHere.queryKey, state),
    onError: () => void cache.invalidateQueries({ queryKey: pushHere.queryKey }),
  })
  return (
    <Part title={t('pushes.title')}>
      <Loaded query={query} skeleton={<Bone className="h-12 w-full" />}>
        {(state) => {
          const isAble = state === 'on' || state === 'off'
          return (
            <Switch
              label={t('pushes.here')}
              detail={t(isAble ? 'pushes.here.words' : `pushes.${state}`)}
              checked={state === 'on'}
              disabled={!isAble || choose.isPending}
              onChange={(on) => choose.mutate(on ? Notification.requestPermission() : undefined)}
            />
          )
        }}
      </Loaded>
    </Part>
  )
}
