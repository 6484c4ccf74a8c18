import { queryOptions, useQueries } from '@tanstack/react-query'

import type { Person } from '@/components/Avatar'
import { api, take } from '@/lib/api'

const AT_ONCE = 50

const people = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['people', ids],
    queryFn: async () => {
      const { data } = await take(api.GET('/api/v1/people', { params: { query: { ids: [...ids] } } }))
      return data
    },
    staleTime: 10 * 60_000,
  })

/** Faces and handles of writers, in whole chunks so that one new writer asks for one chunk only. */
export function useFaces(ids: readonly string[]): ReadonlyMap<string, Person & { handle?: string }> {
  const chunks = Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, index) =>
    ids.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  )
  return useQueries({
    queries: chunks.map(people),
    combine: (results) =>
      new Map(results.flatMap(({ data }) => data?.map((person) => [person.id, person] as const) ?? [])),
  })
}
