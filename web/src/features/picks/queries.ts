import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'

export type Fixture = Wire<'BoardFixture'>
export type Period = Wire<'Leaderboard'>['period']

export const leagues = queryOptions({
  queryKey: ['leagues'],
  queryFn: () => take(api.GET('/api/v1/leagues')),
  staleTime: 10 * 60_000,
})

export const rounds = (leagueId: string) =>
  queryOptions({
    queryKey: ['leagues', leagueId, 'rounds'],
    queryFn: () =>
      take(api.GET('/api/v1/leagues/{league_id}/rounds', { params: { path: { league_id: leagueId } } })),
    staleTime: 5 * 60_000,
  })

/** Every match of a round, soonest first. The crowd is part of it from each match's lock on. */
export const board = (league: string, round: string | undefined) =>
  queryOptions({
    queryKey: ['fixtures', 'board', league, round],
    queryFn: async () => {
      const query = { league, round, limit: 100 }
      return (await take(api.GET('/api/v1/fixtures', { params: { query } }))).data
    },
    enabled: round !== undefined,
    staleTime: 30_000,
  })

/** What the hub thinks I would like to call, each with its reason. */
export const suggested = queryOptions({
  queryKey: ['recommendations', 'pick'],
  queryFn: () => take(api.GET('/api/v1/recommendations', { params: { query: { kind: 'pick', limit: 12 } } })),
  staleTime: Infinity,
})

/** The matches themselves, by id. */
export const someFixtures = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['fixtures', 'some', ids],
    queryFn: async () =>
      (await take(api.GET('/api/v1/fixtures', { params: { query: { ids: [...ids] } } }))).data,
    enabled: ids.length > 0,
    staleTime: 30_000,
  })

export const rules = queryOptions({
  queryKey: ['picks', 'rules'],
  queryFn: () => take(api.GET('/api/v1/picks/rules')),
  staleTime: Infinity,
})

const PLACES = 50

/** A table, page by page: of a club, or of everybody here. */
export const table = (clubId: string | undefined, period: Period) =>
  infiniteQueryOptions({
    queryKey: ['leaderboard', 'table', clubId ?? 'hub', period],
    queryFn: ({ pageParam: cursor }) => {
      const query = { period, cursor, limit: PLACES }
      if (!clubId) return take(api.GET('/api/v1/leaderboard', { params: { query } }))
      const path = { club_id: clubId }
      return take(api.GET('/api/v1/clubs/{club_id}/leaderboard', { params: { path, query } }))
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ page }) => page?.next ?? undefined,
    staleTime: 60_000,
  })

/** A result came in: the boards, the rounds and the tables say something new. */
export function resultsCameIn(cache: QueryClient) {
  for (const queryKey of [['fixtures'], ['leagues'], ['leaderboard']])
    void cache.invalidateQueries({ queryKey })
}
