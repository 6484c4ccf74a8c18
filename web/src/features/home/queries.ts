import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { api, take } from '@/lib/api'

export type Tab = 'following' | 'clubs' | 'for-you'

/** A feed, page by page. It is fetched anew only when the member asks: what is on screen never moves by itself. */
export const feed = (tab: Tab) =>
  infiniteQueryOptions({
    queryKey: ['feed', tab],
    queryFn: ({ pageParam }) =>
      take(api.GET('/api/v1/feed', { params: { query: { tab, cursor: pageParam, limit: 20 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next ?? undefined,
    staleTime: Infinity,
    gcTime: 30 * 60_000,
  })

export const fixturesById = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['fixtures', 'some', ids],
    queryFn: async () =>
      (await take(api.GET('/api/v1/fixtures', { params: { query: { ids: [...ids] } } }))).data,
    enabled: ids.length > 0,
    staleTime: 60_000,
  })

const DAY = 86_400_000

/** My next events: what I answered yes to, and what my clubs plan. */
export const nextEvents = (now: number) =>
  queryOptions({
    queryKey: ['events', 'next', Math.floor(now / 3_600_000)],
    queryFn: () =>
      take(
        api.GET('/api/v1/events', {
          params: {
            query: {
              from: new Date(now).toISOString(),
              to: new Date(now + 30 * DAY).toISOString(),
              mine: true,
            },
          },
        }),
      ),
    staleTime: 5 * 60_000,
  })

/** Matches that can still be called, soonest first. */
export const openPicks = (now: number) =>
  queryOptions({
    queryKey: ['fixtures', 'open', Math.floor(now / 3_600_000)],
    queryFn: async () => {
      const query = {
        from: new Date(now).toISOString(),
        to: new Date(now + 7 * DAY).toISOString(),
        limit: 20,
      }
      const { data } = await take(api.GET('/api/v1/fixtures', { params: { query } }))
      return data
    },
    staleTime: 5 * 60_000,
  })

export const clubTable = (clubId: string) =>
  queryOptions({
    queryKey: ['leaderboard', clubId, 'month'],
    queryFn: () =>
      take(
        api.GET('/api/v1/clubs/{club_id}/leaderboard', {
          params: { path: { club_id: clubId }, query: { period: 'month', limit: 5 } },
        }),
      ),
    staleTime: 5 * 60_000,
  })

export const comments = (postId: string) =>
  queryOptions({
    queryKey: ['comments', postId],
    queryFn: () =>
      take(api.GET('/api/v1/posts/{post_id}/comments', { params: { path: { post_id: postId } } })),
    staleTime: 30_000,
  })
