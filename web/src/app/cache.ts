import { MutationCache, QueryClient } from '@tanstack/react-query'

import { toast } from '@/lib/announce'
import { asProblem } from '@/lib/api/problem'

/** A refusal is an answer and is not asked again; a busy or unreachable hub is, with growing pauses. */
export function shouldRetry(failures: number, error: unknown): boolean {
  const { status } = asProblem(error)
  const mayPass = status === 0 || status === 429 || status >= 500
  return mayPass && failures < 3
}

export function retryDelay(failures: number, error: unknown): number {
  const { retryAfter } = asProblem(error)
  if (retryAfter !== undefined) return Math.min(retryAfter * 1000, 30_000)
  return Math.min(500 * 2 ** failures, 8000)
}

/** A mutation that does not show its own failure gets a toast. One that does says so with `meta: { quiet: true }`. */
export function createCache(): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (!mutation.meta?.quiet) toast(asProblem(error).message, { tone: 'bad' })
      },
    }),
    defaultOptions: {
      queries: { staleTime: 30_000, retry: shouldRetry, retryDelay, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
