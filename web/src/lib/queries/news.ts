import { queryOptions, type QueryClient } from '@tanstack/react-query'

type Tab = 'following' | 'clubs' | 'for-you'

/** How much is new in a feed since its list was fetched. Counted wherever the member is; she comes home to it. */
export const news = (tab: Tab) =>
  queryOptions({
    queryKey: ['news', tab],
    queryFn: () => 0,
    initialData: 0,
    staleTime: Infinity,
    gcTime: Infinity,
  })

export function seen(cache: QueryClient, tab: Tab) {
  cache.setQueryData(news(tab).queryKey, 0)
}

/** The ranked list is new as a whole, so it counts once. */
export function rankingMoved(cache: QueryClient) {
  if (isKept(cache, 'for-you')) cache.setQueryData(news('for-you').queryKey, 1)
}

export function somethingPosted(cache: QueryClient) {
  for (const tab of ['following', 'clubs'] as const)
    if (isKept(cache, tab)) cache.setQueryData(news(tab).queryKey, (n = 0) => n + 1)
}

/** A list that was never fetched will be new when it is. */
function isKept(cache: QueryClient, tab: Tab) {
  return cache.getQueryData(['feed', tab]) !== undefined
}
