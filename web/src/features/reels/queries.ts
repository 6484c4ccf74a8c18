import {
  infiniteQueryOptions,
  queryOptions,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'

export type Reel = Wire<'ReelCard'> & Partial<Pick<Wire<'RankedReel'>, 'reason' | 'rank_id'>>
export type ReelPage = Wire<'ReelOut'>
type Feed = Wire<'ReelFeed'>

/** Reels ranked for me. Old pages stay as they were: a list that is being watched must not move. */
export const reelFeed = infiniteQueryOptions({
  queryKey: ['reels', 'feed'],
  queryFn: ({ pageParam }) =>
    take(api.GET('/api/v1/reels/feed', { params: { query: { cursor: pageParam, limit: 8 } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next ?? undefined,
  staleTime: Infinity,
  refetchOnReconnect: false,
  refetchOnWindowFocus: false,
})

/** One reel, with how far its preparation has come. */
export const reel = (id: string) =>
  queryOptions({
    queryKey: ['reels', id],
    queryFn: () => take(api.GET('/api/v1/reels/{reel_id}', { params: { path: { reel_id: id } } })),
    staleTime: 60_000,
  })

/** The list as it is watched: the one that was asked for first, then the feed without it. */
export function listed(first: Reel | undefined, feed: InfiniteData<Feed> | undefined): Reel[] {
  const ranked = feed?.pages.flatMap(({ data }) => data) ?? []
  const seen = new Set<string>()
  const all: Reel[] = first ? [first, ...ranked] : ranked
  return all.filter(({ id, video_url }) => {
    if (seen.has(id) || !video_url) return false
    seen.add(id)
    return true
  })
}

/** Takes a reel out of the feed at once. */
export function dropped(cache: QueryClient, id: string) {
  cache.setQueryData(
    reelFeed.queryKey,
    (feed) =>
      feed && {
        ...feed,
        pages: feed.pages.map((page) => ({ ...page, data: page.data.filter((each) => each.id !== id) })),
      },
  )
}
