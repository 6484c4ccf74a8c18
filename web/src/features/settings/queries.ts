import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { api, authorisedFetch, take, type Wire } from '@/lib/api'
import { pushState } from '@/lib/push'
import { me } from '@/lib/queries/me'
import { session } from '@/lib/session'

export type Me = Wire<'social_service__people__page_schemas__Me'>
export type Edit = Wire<'EditMe'>

/** Changes what is given; the shell's name and face follow. */
export function useEditMe({ quiet = false } = {}) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (edit: Edit) => take(api.PATCH('/api/v1/me', { body: edit })),
    onSuccess: (now) => {
      cache.setQueryData(me.queryKey, now)
      session.rename({ name: now.name, avatar_url: now.avatar_url ?? null, hue: now.hue })
    },
    meta: { quiet },
  })
}

/** Sends a picture; refusals (not a picture, too large) are Problems. */
export async function sendPicture(file: File): Promise<Wire<'Picture'>> {
  const body = new FormData()
  body.append('file', file)
  const answer = await authorisedFetch(
    new Request(new URL('/api/v1/media', location.origin), { method: 'POST', body }),
  )
  return (await answer.json()) as Wire<'Picture'>
}

export const features = queryOptions({
  queryKey: ['me', 'features'],
  queryFn: () => take(api.GET('/api/v1/me/features')),
  staleTime: 0,
})

export const mailChoice = queryOptions({
  queryKey: ['chat', 'mail'],
  queryFn: () => take(api.GET('/api/v1/chat/mail')),
  staleTime: 0,
})

/** What this browser does; asked anew, for it is changed in the browser's own settings too. */
export const pushHere = queryOptions({
  queryKey: ['chat', 'push'],
  queryFn: pushState,
  staleTime: 0,
})

export const model = queryOptions({
  queryKey: ['recommendations', 'model'],
  queryFn: () => take(api.GET('/api/v1/recommendations/model')),
  staleTime: 60_000,
})

export const sessions = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await take(api.GET('/api/v1/auth/sessions'))).data,
  staleTime: 30_000,
})

/** Signs one device out, or all others. They leave the list at once. */
export function useEndSession() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (id: string | 'others') => {
      if (id === 'others') await api.DELETE('/api/v1/auth/sessions')
      else await api.DELETE('/api/v1/auth/sessions/{session_id}', { params: { path: { session_id: id } } })
    },
    onMutate: (id) => {
      const before = cache.getQueryData(sessions.queryKey)
      cache.setQueryData(sessions.queryKey, (list) =>
        list?.filter((each) => each.current || (id !== 'others' && each.id !== id)),
      )
      return before
    },
    onError: (_problem, _id, before) => cache.setQueryData(sessions.queryKey, before),
    onSettled: () => void cache.invalidateQueries({ queryKey: sessions.queryKey }),
  })
}
