import { Problem, readProblem } from '@/lib/api/problem'

export type AuthVerb = 'register' | 'password/forgot' | 'password/reset'

/** The door's own calls: before there is a session, so nothing is signed or refreshed. */
export async function post(verb: AuthVerb, body: Record<string, string>): Promise<void> {
  const response = await fetch(`/api/v1/auth/${verb}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw Problem.offline()
  })
  if (!response.ok) throw await readProblem(response, Date.now())
}
