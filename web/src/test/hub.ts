import { vi } from 'vitest'

import { session } from '@/lib/session'

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  body: unknown
}

type Reply = unknown
/** What the hub answers, by "GET /leagues"; a function sees what was asked. A number alone is a status without a body. */
export type Replies = Record<string, Reply | ((asked: Asked) => Reply)>

export const MARA = { id: 'm1', handle: 'mara', name: 'Mara Aldén' }

export const ME = {
  ...MARA,
  hue: 152,
  bio: '',
  lat: null,
  lon: null,
  language: 'en',
  theme: 'system',
  personalise: true,
  is_admin: false,
  avatar_url: null,
  unread_notifications: 2,
  clubs: [
    {
      id: 'c1',
      slug: 'riverside-fc',
      name: 'Riverside FC',
      hue: 152,
      role: 'member',
      since: '2026-02-26T19:33:00Z',
    },
  ],
}

/** Answers in place of the hub, and keeps what it was asked. Mara is signed in. */
export function hub(replies: Replies): Asked[] {
  session.state.set({ status: 'member', member: MARA, stale: false })
  vi.spyOn(session, 'freshToken').mockResolvedValue('t')
  const all: Replies = { 'GET /me': ME, 'GET /rooms': { data: [] }, ...replies }
  const asked: Asked[] = []
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(
      input instanceof Request ? input : new URL(String(input), location.origin),
      init,
    )
    const { pathname, searchParams } = new URL(request.url)
    const text = await request.clone().text()
    const isJson = request.headers.get('Content-Type')?.includes('json')
    const one: Asked = {
      method: request.method,
      path: pathname.replace('/api/v1', ''),
      query: searchParams,
      body: isJson && text ? JSON.parse(text) : text,
    }
    asked.push(one)
    const reply = all[`${one.method} ${one.path}`]
    const said = await (typeof reply === 'function' ? (reply as (asked: Asked) => Reply)(one) : reply)
    if (said instanceof Response) return said
    if (said === undefined) return new Response(JSON.stringify({ detail: 'Nothing here.' }), { status: 404 })
    if (typeof said === 'number') return new Response(null, { status: said })
    return new Response(JSON.stringify(said), {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
    })
  })
  return asked
}

/** A refusal as the hub writes it. */
export const refusal = (status: number, problem: object) => new Response(JSON.stringify(problem), { status })
