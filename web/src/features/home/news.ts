import { useQuery, useQueryClient } from '@tanstack/react-query'

import { news, seen } from '@/lib/queries/news'

import type { Tab } from './queries'

/** How much is new since the list was fetched. */
export function useNews(tab: Tab) {
  const cache = useQueryClient()
  return { count: useQuery(news(tab)).data, clear: () => seen(cache, tab) }
}
