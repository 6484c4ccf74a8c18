import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { api, take } from '@/lib/api'

const path = (handle: string) => ({ params: { path: { handle } } })

export const profile = (handle: string) =>
  queryOptions({
    queryKey: ['profile', handle],
    queryFn: () => take(api.GET('/api/v1/people/{handle}', path(handle))),
    staleTime: 60_000,
  })

export const achievements = (handle: string) =>
  queryOptions({
    queryKey: ['profile', handle, 'achievements'],
    queryFn: () => take(api.GET('/api/v1/people/{handle}/achievements', path(handle))),
    staleTime: 60_000,
  })

export const activity = (handle: string) =>
  queryOptions({
    queryKey: ['profile', handle, 'activity'],
    queryFn: () =>
      take(
        api.GET('/api/v1/people/{handle}/activity', { params: { path: { handle }, query: { limit: 30 } } }),
      ),
    staleTime: 60_000,
  })

export const posts = (handle: string) =>
  infiniteQueryOptions({
    queryKey: ['profile', handle, 'posts'],
    queryFn: ({ pageParam }) =>
      take(
        api.GET('/api/v1/people/{handle}/posts', {
          params: { path: { handle }, query: { cursor: pageParam, limit: 20 } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next ?? undefined,
  })
