import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'

import { api, once, take } from '@/lib/api'
import { uuidv7 } from '@/lib/uuid'

import { wishOf, type Draft, type Patch } from './draft'
import { ifMatch, type EventPage, type Scope } from './queries'

/** One key for one wish: sent again after a lost answer it is the same event, changed it is another. */
export function createKeyring(make: () => string = uuidv7) {
  let last: { wish: string; key: string } | undefined
  return (wish: unknown): string => {
    const words = JSON.stringify(wish)
    if (last?.wish !== words) last = { wish: words, key: make() }
    return last.key
  }
}

/** Plans a new event. */
export function useSchedule() {
  const cache = useQueryClient()
  const keys = useRef<ReturnType<typeof createKeyring>>(undefined)
  return useMutation({
    mutationFn: (draft: Draft) => {
      const body = wishOf(draft)
      keys.current ??= createKeyring()
      return take(
        api.POST('/api/v1/clubs/{club_id}/events', {
          params: { path: { club_id: draft.clubId } },
          headers: once(keys.current([draft.clubId, body])),
          body,
        }),
      )
    },
    meta: { quiet: true },
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['events'] }),
  })
}

/** Changes an event on the version that was read: who comes second is told instead of writing over the first. */
export function useEdit(page: EventPage | undefined) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ patch, scope }: { patch: Patch; scope: Scope }) => {
      if (!page) throw new Error('There is no event to change.')
      return take(
        api.PATCH('/api/v1/events/{event_id}', {
          params: { path: { event_id: page.id }, query: { scope }, header: ifMatch(page.version) },
          body: patch as never,
        }),
      )
    },
    meta: { quiet: true },
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['events'] }),
  })
}
