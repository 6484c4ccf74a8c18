import { queryOptions, type QueryClient } from '@tanstack/react-query'

import { api, take } from '@/lib/api'

/** The signed-in member with clubs, theme and what is unread. Every screen may read it; it is fetched once. */
export const me = queryOptions({
  queryKey: ['me'],
  queryFn: () => take(api.GET('/api/v1/me')),
  staleTime: 5 * 60_000,
})

/** How many notifications were not opened yet, as the wire tells it; the open centre is fetched anew. */
export function notificationsCounted(cache: QueryClient, { unread }: { unread: number }) {
  cache.setQueryData(me.queryKey, (before) => before && { ...before, unread_notifications: unread })
  void cache.invalidateQueries({ queryKey: ['notifications'] })
}
