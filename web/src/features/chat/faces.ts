import { queryOptions, useQueries } from '@tanstack/react-query'
import { useState } from 'react'

import { api, take } from '@/lib/api'

import type { Faces } from './scene'

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

/** Faces and handles of writers. They are asked for in chunks that stay as they are: a new writer is a chunk of her own. */
export function useFaces(ids: readonly string[]): Faces {
  const [chunks, setChunks] = useState<readonly (readonly string[])[]>([])
  const known = new Set(chunks.flat())
  const fresh = ids.filter((id) => !known.has(id))
  if (fresh.length > 0) {
    const more = Array.from({ length: Math.ceil(fresh.length / AT_ONCE) }, (_, index) =>
      fresh.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
    )
    setChunks([...chunks, ...more])
  }
  return useQueries({
    queries: chunks.map(people),
    combine: facesOf,
  })
}

type Answers = readonly { data?: readonly { id: string; name: string; handle?: string }[] }[]

const facesOf = (results: Answers): Faces =>
  new Map(results.flatMap(({ data }) => data?.map((person) => [person.id, person] as const) ?? []))
