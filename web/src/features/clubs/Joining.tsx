import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { Button } from '@/components/Button'
import { Confirm } from '@/components/Sheet'
import { announce, toast } from '@/lib/announce'
import { api, take } from '@/lib/api'
import { me } from '@/lib/queries/me'
import { rooms } from '@/lib/queries/rooms'

import type { ClubDetail } from './queries'
import { useT } from './t'

/** After a change of standing, everything that depends on it is fetched anew. */
function useStandingChanged() {
  const cache = useQueryClient()
  return async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: ['clubs'] }),
      cache.invalidateQueries({ queryKey: me.queryKey }),
    ])
    void cache.invalidateQueries({ queryKey: rooms.queryKey })
    void cache.invalidateQueries({ queryKey: ['feed'] })
    void cache.invalidateQueries({ queryKey: ['events'] })
  }
}

/** The way in: join, ask, wait, or a word that it takes an invitation. */
export function JoinButton({ club, token }: { club: ClubDetail; token?: string }) {
  const t = useT()
  const changed = useStandingChanged()
  const join = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/clubs/{club}/join', {
          params: { path: { club: club.slug } },
          body: { token: token ?? null, note: '' },
        }),
      ),
    onSuccess: async (standing) => {
      announce(t(standing.state === 'member' ? 'join.joined' : 'join.asked'))
      await changed()
    },
  })
  if (club.my_state === 'member') return null
  if (club.my_state === 'pending') return <Button disabled>{t('join.pending')}</Button>
  if (club.join_policy === 'invite' && !token) return <Button disabled>{t('join.invited')}</Button>
  return (
    <Button tone="accent" busy={join.isPending} onClick={() => join.mutate()}>
      {t(club.join_policy === 'request' && !token ? 'join.ask' : 'join')}
    </Button>
  )
}

export function LeaveConfirm({
  club,
  open,
  onClose,
}: {
  club: ClubDetail
  open: boolean
  onClose: () => void
}) {
  const t = useT()
  const navigate = useNavigate()
  const changed = useStandingChanged()
  const leave = useMutation({
    mutationFn: () => api.POST('/api/v1/clubs/{club}/leave', { params: { path: { club: club.slug } } }),
    onSuccess: async () => {
      onClose()
      toast(t('leave'))
      await changed()
      await navigate({ to: '/clubs' })
    },
  })
  return (
    <Confirm
      open={open}
      onClose={onClose}
      onConfirm={() => leave.mutate()}
      title={t('leave')}
      words={t('leave.words')}
      verb={t('leave')}
      busy={leave.isPending}
      danger
    />
  )
}
