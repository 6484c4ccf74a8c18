import createClient from 'openapi-fetch'

import { serverClock } from '@/lib/clock'
import { csrfCookie, session } from '@/lib/session'

import { createAuthorisedFetch } from './authorised-fetch'
import type { components, paths } from './schema.gen'

export { asProblem, Problem, type FieldFault } from './problem'

/** A wire shape by its name in the contract: `Wire<'ClubOut'>`. */
export type Wire<Name extends keyof components['schemas']> = components['schemas'][Name]

export const authorisedFetch = createAuthorisedFetch({
  session,
  csrf: () => csrfCookie(),
  fetch: (request) => fetch(request),
  clock: serverClock,
  now: () => Date.now(),
})

/** The typed client: `api.GET('/api/v1/clubs/{slug}', { params: { path: { slug } } })`. Refusals throw a Problem. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: authorisedFetch })

/** The body of an answer: `const club = await take(api.GET(...))`. Refusals have already thrown. */
export async function take<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer
  return data as T
}

/** Headers for a write that must happen once, however often it is sent. */
export function once(key: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key }
}
