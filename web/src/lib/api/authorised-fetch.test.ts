import { expect, test, vi } from 'vitest'

import type { SessionState } from '@/lib/session'
import { createStore } from '@/lib/store'

import { createAuthorisedFetch } from './authorised-fetch'
import { Problem } from './problem'

const ok = (body = 'ok') => new Response(body)
const status = (code: number, headers = {}) =>
  new Response(JSON.stringify({ detail: `Answer ${code}.` }), { status: code, headers })

function stage({ refreshes = true, token = 'old' as string | null } = {}) {
  let current = token ?? undefined
  const sent: Request[] = []
  const answers: (() => Promise<Response>)[] = []
  const refresh = vi.fn(() => {
    if (refreshes) current = 'new'
    return Promise.resolve(refreshes)
  })
  const observeHeader = vi.fn()
  const send = createAuthorisedFetch({
    session: {
      token: () => current,
      freshToken: () => Promise.resolve(current),
      refresh,
      state: createStore<SessionState>({ status: 'opening' }),
    },
    csrf: () => 'c1',
    fetch: (request) => {
      sent.push(request)
      return answers.shift()?.() ?? Promise.resolve(ok())
    },
    clock: { observeHeader },
    now: () => 0,
  })
  return { send, sent, answers, refresh, observeHeader }
}

const get = () => new Request('https://hub.example/api/v1/feed')
const put = () => new Request('https://hub.example/api/v1/like', { method: 'PUT', body: 'hello' })
const bearer = (request: Request | undefined) => request?.headers.get('Authorization')

test('a request carries the token; a read carries no CSRF header, a write does', async () => {
  const { send, sent } = stage()
  await send(get())
  await send(put())
  expect(bearer(sent[0])).toBe('Bearer old')
  expect(sent[0]?.headers.has('X-CSRF-Token')).toBe(false)
  expect(sent[1]?.headers.get('X-CSRF-Token')).toBe('c1')
})

test('a 401 is refreshed once and the request repeated whole', async () => {
  const { send, sent, answers, refresh } = stage()
  answers.push(() => Promise.resolve(status(401)))
  await send(put())
  expect(refresh).toHaveBeenCalledOnce()
  expect(bearer(sent[1])).toBe('Bearer new')
  expect(await sent[1]?.text()).toBe('hello')
})

test('a second 401 is a problem, not a loop', async () => {
  const { send, sent, answers } = stage()
  answers.push(
    () => Promise.resolve(status(401)),
    () => Promise.resolve(status(401)),
  )
  await expect(send(get())).rejects.toMatchObject({ status: 401 })
  expect(sent).toHaveLength(2)
})

test('a stranger is not refreshed', async () => {
  const { send, answers, refresh } = stage({ token: null })
  answers.push(() => Promise.resolve(status(401)))
  await expect(send(get())).rejects.toBeInstanceOf(Problem)
  expect(refresh).not.toHaveBeenCalled()
})

test('no network is a problem that says so', async () => {
  const { send, answers } = stage()
  answers.push(() => Promise.reject(new TypeError('failed')))
  await expect(send(get())).rejects.toMatchObject({ isOffline: true })
})

test('a request that was called off stays called off', async () => {
  const { send, answers } = stage()
  answers.push(() => Promise.reject(new DOMException('gone', 'AbortError')))
  await expect(send(get())).rejects.toMatchObject({ name: 'AbortError' })
})

test('a refusal carries when to come back', async () => {
  const { send, answers } = stage()
  answers.push(() => Promise.resolve(status(429, { 'Retry-After': '12' })))
  await expect(send(get())).rejects.toMatchObject({ status: 429, retryAfter: 12 })
})

test('the clock reads the date of every answer', async () => {
  const { send, answers, observeHeader } = stage()
  answers.push(() => Promise.resolve(new Response('', { headers: { Date: 'today' } })))
  await send(get())
  expect(observeHeader).toHaveBeenCalledWith('today', 0, 0)
})
