import { queryOptions } from '@tanstack/react-query'

import { Problem, readProblem } from '@/lib/api/problem'

export interface Letter {
  id: string
  to: string
  subject: string
  text: string
  at: string
}

async function fetchLetters(): Promise<Letter[]> {
  const response = await fetch('/api/v1/dev/mail').catch(() => {
    throw Problem.offline()
  })
  if (!response.ok) throw await readProblem(response, Date.now())
  return ((await response.json()) as { data: Letter[] }).data
}

/** Newest first; looked at again every few seconds, for a letter that is on its way. */
export const mailbox = queryOptions({
  queryKey: ['dev', 'mail'],
  queryFn: fetchLetters,
  refetchInterval: 4000,
})
