import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'

export type ClubDetail = Wire<'ClubDetail'>

const next = ({ page }: { page: { next?: string | null } }) => page.next ?? undefined
const first = undefined as string | undefined

export const clubs = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['clubs', 'all', q],
    queryFn: ({ pageParam }) =>
      take(
        api.GET('/api/v1/clubs', {
          params: { query: { sort: 'members', q: q || undefined, cursor: pageParam, limit: 24 } },
        }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
    staleTime: 60_000,
  })

export const club = (slug: string) =>
  queryOptions({
    queryKey: ['clubs', slug],
    queryFn: () => take(api.GET('/api/v1/clubs/{club}', { params: { path: { club: slug } } })),
    staleTime: 60_000,
  })

export const clubPosts = (slug: string) =>
  infiniteQueryOptions({
    queryKey: ['clubs', slug, 'posts'],
    queryFn: ({ pageParam }) =>
      take(
        api.GET('/api/v1/clubs/{club}/posts', {
          params: { path: { club: slug }, query: { cursor: pageParam, limit: 20 } },
        }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })

export const clubEvents = (clubId: string, from: number) =>
  queryOptions({
    queryKey: ['events', 'club', clubId],
    queryFn: () => {
      const to = new Date(from + 90 * 86_400_000).toISOString()
      const query = { from: new Date(from).toISOString(), to, club_id: clubId }
      return take(api.GET('/api/v1/events', { params: { query } }))
    },
    staleTime: 60_000,
  })

export const clubReels = (slug: string) =>
  queryOptions({
    queryKey: ['clubs', slug, 'reels'],
    queryFn: () => take(api.GET('/api/v1/reels', { params: { query: { club: slug, limit: 30 } } })),
    staleTime: 60_000,
  })

export const members = (slug: string) =>
  infiniteQueryOptions({
    queryKey: ['clubs', slug, 'members'],
    queryFn: ({ pageParam }) =>
      take(
        api.GET('/api/v1/clubs/{club}/members', {
          params: { path: { club: slug }, query: { cursor: pageParam, limit: 50 } },
        }),
      ),
    initialPageParam: first,
    getNextPageParam: next,
  })

export const requests = (slug: string) =>
  queryOptions({
    queryKey: ['clubs', slug, 'requests'],
    queryFn: () => take(api.GET('/api/v1/clubs/{club}/requests', { params: { path: { club: slug } } })),
  })

export type Period = 'week' | 'month' | 'season'

export const table = (clubId: string, period: Period) =>
  queryOptions({
    queryKey: ['leaderboard', clubId, period, 'club'],
    queryFn: () =>
      take(
        api.GET('/api/v1/clubs/{club_id}/leaderboard', {
          params: { path: { club_id: clubId }, query: { period, limit: 50 } },
        }),
      ),
  })
