import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'

export type EventPage = Wire<'EventOut'>
export type Standing = Wire<'Attendee'>['standing']
export type Scope = 'this' | 'following' | 'all'

/** The event with its people, its neighbours in the series and what I may do with it. */
export const event = (id: string) =>
  queryOptions({
    queryKey: ['events', id],
    queryFn: () => take(api.GET('/api/v1/events/{event_id}', { params: { path: { event_id: id } } })),
    staleTime: 30_000,
  })

/** Everybody who answered in one way, the first first. */
export const answers = (id: string, standing: Standing) =>
  infiniteQueryOptions({
    queryKey: ['events', id, 'answers', standing],
    queryFn: ({ pageParam }) =>
      take(
        api.GET('/api/v1/events/{event_id}/answers', {
          params: { path: { event_id: id }, query: { standing, cursor: pageParam, limit: 50 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.page?.next ?? undefined,
  })

/** The version an edit is made on, as If-Match wants it. */
export const ifMatch = (version: number) => ({ 'if-match': `"v${version}"` })

export type Timing = Wire<'Timing'>

/** What a plan means, before anything is stored: its sentence and its first dates. */
export const preview = (clubId: string, timing: Timing) =>
  queryOptions({
    queryKey: ['event-preview', clubId, timing],
    queryFn: () =>
      take(
        api.POST('/api/v1/clubs/{club_id}/events/preview', {
          params: { path: { club_id: clubId } },
          body: timing,
        }),
      ),
    staleTime: 5 * 60_000,
    retry: false,
  })
