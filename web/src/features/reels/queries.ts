import { infiniteQueryOptions, queryOptions, type InfiniteData } from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'
import { createStore } from '@/lib/store'

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

/** What was asked away or removed while one looks; the next ranking leaves it out by itself. */
export const gone = createStore<ReadonlySet<string>>(new Set())

export const drop = (id: string) => gone.set((before) => new Set([...before, id]))

export const restore = (id: string) =>
  gone.set((before) => new Set([...before].filter((each) => each !== id)))

/** The list as it is watched: the one that was asked for first, then the feed without it. */
export function listed(
  first: Reel | undefined,
  feed: InfiniteData<Feed> | undefined,
  without: ReadonlySet<string> = new Set(),
): Reel[] {
  const ranked = feed?.pages.flatMap(({ data }) => data) ?? []
  const seen = new Set(without)
  const all: Reel[] = first ? [first, ...ranked] : ranked
  return all.filter(({ id, video_url }) => {
    if (seen.has(id) || !video_url) return false
    seen.add(id)
    return true
  })
}
