import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import type { Wire } from '@/lib/api'

import { call } from '../call'

export type Barred = Wire<'BarredOut'>
export type Hook = Wire<'HookOut'>
export type Deed = Wire<'DeedOut'>
export type Deletion = Wire<'DeletionOut'>

export const barred = (roomId: string) =>
  queryOptions({
    queryKey: ['barred', roomId],
    queryFn: async () => (await call<{ data: Barred[] }>('GET', `/rooms/${roomId}/barred`)).data,
    staleTime: 15_000,
  })

export const hooks = (roomId: string) =>
  queryOptions({
    queryKey: ['hooks', roomId],
    queryFn: async () => (await call<{ data: Hook[] }>('GET', `/rooms/${roomId}/hooks`)).data,
    staleTime: 15_000,
  })

export const blockedTerms = (clubId: string) =>
  queryOptions({
    queryKey: ['blocked-terms', clubId],
    queryFn: async () =>
      (await call<{ terms: string[] }>('GET', `/rooms/of-club/${clubId}/blocked-terms`)).terms,
    staleTime: 15_000,
  })

/** How far the log is read on each side; null: to its end. */
interface Reached {
  cursor?: string | null
  before?: number | null
}

export interface LogPage {
  deeds: readonly Deed[]
  deletions: readonly Deletion[]
  next: Reached
}

const DELETIONS = 100

/** What moderators did and what was deleted: two records of the hub, read on together. */
export const log = (roomId: string) =>
  infiniteQueryOptions({
    queryKey: ['moderation-log', roomId],
    queryFn: async ({ pageParam }): Promise<LogPage> => {
      const [deeds, deletions] = await Promise.all([
        deedsFrom(roomId, pageParam.cursor),
        deletionsFrom(roomId, pageParam.before),
      ])
      const last = deletions.length < DELETIONS ? null : (deletions.at(-1)?.deleted_seq ?? null)
      return { deeds: deeds.data, deletions, next: { cursor: deeds.page.next ?? null, before: last } }
    },
    initialPageParam: {} as Reached,
    getNextPageParam: ({ next }) => (next.cursor === null && next.before === null ? undefined : next),
    staleTime: 0,
  })

interface Deeds {
  data: Deed[]
  page: { next?: string | null }
}

const deedsFrom = (roomId: string, cursor: string | null | undefined): Promise<Deeds> | Deeds =>
  cursor === null
    ? { data: [], page: {} }
    : call<Deeds>('GET', `/rooms/${roomId}/audit`, { query: { cursor, limit: 50 } })

const deletionsFrom = async (roomId: string, before: number | null | undefined): Promise<Deletion[]> =>
  before === null
    ? []
    : (await call<{ data: Deletion[] }>('GET', `/rooms/${roomId}/deletions`, { query: { before } })).data
