import { authorisedFetch } from '@/lib/api'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface Rest {
  query?: Record<string, string | number | undefined>
  body?: object
  headers?: Record<string, string>
}

/** Asks the hub under /api/v1. Refusals throw a Problem; an answer without a body is undefined. */
export async function call<T = undefined>(
  method: Method,
  path: string,
  { query, body, headers }: Rest = {},
): Promise<T> {
  const url = new URL(`/api/v1${path}`, location.origin)
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value))
  const json = body && { 'Content-Type': 'application/json' }
  const request = new Request(url, {
    method,
    headers: { ...json, ...headers },
    body: body && JSON.stringify(body),
  })
  const answer = await authorisedFetch(request)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}
