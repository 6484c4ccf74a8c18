import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'
import { me } from '@/lib/queries/me'

export type Notification = Wire<'Notification'>
type Page = Wire<'Page_Notification_'>
type Pages = InfiniteData<Page, string | undefined>

const LISTS = ['notifications', 'list'] as const

export const notifications = (unreadOnly: boolean) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, unreadOnly ? 'unread' : 'all'],
    queryFn: ({ pageParam: cursor }) => {
      const query = { unread_only: unreadOnly, cursor, limit: 30 }
      return take(api.GET('/api/v1/notifications', { params: { query } }))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page?.next ?? undefined,
    staleTime: 30_000,
  })

/** The event a notification is about, as its page asks for it. */
export const eventOf = (id: string) =>
  queryOptions({
    queryKey: ['events', id],
    queryFn: () => take(api.GET('/api/v1/events/{event_id}', { params: { path: { event_id: id } } })),
    staleTime: 60_000,
    retry: false,
  })

/** The badge goes when the centre is looked at; the dots stay until a notification is opened. */
export function useSeen() {
  return useMutation({
    mutationFn: () => take(api.POST('/api/v1/notifications/seen')),
    meta: { quiet: true },
  })
}

/** Opens one, or all of them. The lists and the count show it at once. */
export function useRead() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string | 'all') => {
      if (id === 'all') return take(api.POST('/api/v1/notifications/read-all'))
      const params = { path: { notification_id: id } }
      return take(api.PUT('/api/v1/notifications/{notification_id}/read', { params }))
    },
    onMutate: (id) => markRead(cache, id),
    onError: (_problem, _id, back) => back?.(),
    onSuccess: (counts) => countUnread(cache, () => counts.unread),
  })
}

function countUnread(cache: QueryClient, change: (before: number) => number) {
  cache.setQueryData(
    me.queryKey,
    (before) => before && { ...before, unread_notifications: change(before.unread_notifications) },
  )
}

function markRead(cache: QueryClient, id: string | 'all'): () => void {
  const before = cache.getQueriesData<Pages>({ queryKey: LISTS })
  const known = cache.getQueryData(me.queryKey)
  const hits = (each: Notification) => !each.read && (id === 'all' || each.id === id)
  const isUnread = before.some(([, list]) => list?.pages.some(({ data }) => data.some(hits)))
  cache.setQueriesData<Pages>({ queryKey: LISTS }, (list) => list && withRead(list, hits))
  if (isUnread || id === 'all') countUnread(cache, (count) => (id === 'all' ? 0 : Math.max(0, count - 1)))
  return () => {
    for (const [key, list] of before) cache.setQueryData(key, list)
    cache.setQueryData(me.queryKey, known)
  }
}

function withRead(list: Pages, hits: (each: Notification) => boolean): Pages {
  return {
    ...list,
    pages: list.pages.map((page) => ({
      ...page,
      data: page.data.map((each) => (hits(each) ? { ...each, read: true } : each)),
    })),
  }
}
