import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'
import { deviceZone } from '@/lib/format'

export type Kind = Wire<'SearchHit'>['kind']
type Marks = number[][]
export type Found = Omit<Wire<'FoundThing'>, 'marks'> & { marks: Marks }
export type Hit = Omit<Wire<'SearchHit'>, 'marks' | 'excerpt_marks'> & { marks: Marks; excerpt_marks: Marks }
export type Said = Omit<Wire<'FoundMessage'>, 'marks'> & { marks: Marks }
export const KINDS: readonly Kind[] = ['person', 'club', 'event', 'post', 'reel']

/** While somebody types. What was found for the letters before stays until the next answer comes. */
export const suggestions = (words: string) =>
  queryOptions({
    queryKey: ['search', 'suggest', words],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/search/suggest', { params: { query: { q: words, per_kind: 4 } }, signal })),
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })

const MESSAGES_SHOWN = 4

/** What was said in her own rooms, beside the other suggestions. */
export const messages = (words: string) =>
  queryOptions({
    queryKey: ['search', 'messages', words],
    queryFn: async ({ signal }) => {
      const query = { q: words, zone: deviceZone(), limit: MESSAGES_SHOWN }
      return (await take(api.GET('/api/v1/chat/search', { params: { query }, signal }))).data as Said[]
    },
    enabled: words.length > 1,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })

export const results = (words: string, kind: Kind | undefined) =>
  infiniteQueryOptions({
    queryKey: ['search', 'results', words, kind ?? 'all'],
    queryFn: ({ pageParam: cursor }) => {
      const query = { q: words, kinds: kind && [kind], cursor, limit: 20 }
      return take(api.GET('/api/v1/search', { params: { query } }))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page.next ?? undefined,
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
