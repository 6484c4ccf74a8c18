import { queryOptions } from '@tanstack/react-query'

import { Problem, readProblem } from '@/lib/api/problem'
import type { components } from '@/lib/api/schema.gen'

export type LetterLine = components['schemas']['MailSummary']
export type Letter = components['schemas']['MailOut']

async function get<T>(path: string): Promise<T> {
  const response = await fetch(`/api/v1/dev/mail${path}`).catch(() => {
    throw Problem.offline()
  })
  if (!response.ok) throw await readProblem(response, Date.now())
  return (await response.json()) as T
}

/** Newest first; looked at again every few seconds, for a letter that is on its way. */
export const mailbox = queryOptions({
  queryKey: ['dev', 'mail'],
  queryFn: async () => (await get<{ data: LetterLine[] }>('')).data,
  refetchInterval: 4000,
})

export const letter = (id: string) =>
  queryOptions({
    queryKey: ['dev', 'mail', id],
    queryFn: () => get<Letter>(`/${encodeURIComponent(id)}`),
    staleTime: Infinity,
  })
