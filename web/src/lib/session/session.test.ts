import { expect, test, vi } from 'vitest'

import { csrfCookie } from '.'
import { createSession } from './session'

const member = { id: 'm1', handle: 'mara', name: 'Mara Aldén' }
const grant = (token = 't1') =>
  new Response(JSON.stringify({ access_token: token, expires_in: 600, member }), { status: 200 })
const no = (status = 401) => new Response(JSON.stringify({ detail: 'No.' }), { status })

function stage({
  csrf = 'c1' as string | null,
  memory = {} as Record<string, string>,
  now = (): number => 0,
} = {}) {
  const fetch = vi.fn<(input: string, init: RequestInit) => Promise<Response>>()
  const remembered = {
    getItem: (key: string) => memory[key] ?? null,
    setItem: (key: string, value: string) => void (memory[key] = value),
    removeItem: (key: string) => void Reflect.deleteProperty(memory, key),
  }
  const session = createSession({
    fetch,
    csrf: () => csrf ?? undefined,
    now,
    alone: (work) => work(),
    remembered,
  })
  return { fetch, memory, session }
}

test('without the cookie nobody is asked and nobody is signed in', async () => {
  const { fetch, session } = stage({ csrf: null })
  expect((await session.open()).status).toBe('anonymous')
  expect(fetch).not.toHaveBeenCalled()
})

test('with a living session the member is back', async () => {
  const { fetch, session } = stage()
  fetch.mockResolvedValue(grant())
  expect(await session.open()).toEqual({ status: 'member', member, stale: false })
  expect(session.token()).toBe('t1')
})

test('it is known for how long the token still holds', async () => {
  let now = 5_000
  const { fetch, session } = stage({ now: () => now })
  fetch.mockResolvedValue(grant())
  await session.refresh()
  now += 590_000
  expect(session.holdsFor()).toBe(10)
  now += 20_000
  expect(session.holdsFor()).toBe(0)
})

test('a refresh carries the CSRF header', async () => {
  const { fetch, session } = stage()
  fetch.mockResolvedValue(grant())
  await session.refresh()
  expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ 'X-CSRF-Token': 'c1' })
})

test('ten callers refresh once', async () => {
  const { fetch, session } = stage()
  fetch.mockResolvedValue(grant())
  await Promise.all(Array.from({ length: 10 }, () => session.refresh()))
  expect(fetch).toHaveBeenCalledOnce()
})

test('a refused refresh ends the session', async () => {
  const { fetch, session, memory } = stage({ memory: { member: JSON.stringify(member) } })
  fetch.mockResolvedValue(no())
  expect((await session.open()).status).toBe('anonymous')
  expect(memory).toEqual({})
})

test('a hub that restarts keeps the remembered member, as stale', async () => {
  const { fetch, session } = stage({ memory: { member: JSON.stringify(member) } })
  fetch.mockResolvedValue(no(503))
  expect(await session.open()).toEqual({ status: 'member', member, stale: true })
})

test('no network keeps the remembered member, as stale', async () => {
  const { fetch, session } = stage({ memory: { member: JSON.stringify(member) } })
  fetch.mockRejectedValue(new TypeError('failed'))
  expect(await session.open()).toEqual({ status: 'member', member, stale: true })
})

test('a spoilt memory is nobody', async () => {
  const { fetch, session } = stage({ memory: { member: '{' } })
  fetch.mockRejectedValue(new TypeError('failed'))
  expect((await session.open()).status).toBe('anonymous')
})

test('a token about to end is renewed before it is used', async () => {
  let time = 0
  const { fetch, session } = stage({ now: () => time })
  fetch.mockResolvedValueOnce(grant('t1')).mockResolvedValueOnce(grant('t2'))
  await session.open()
  expect(await session.freshToken()).toBe('t1')
  time = 580_000
  expect(await session.freshToken()).toBe('t2')
})

test('the token of the first letter is a way in', async () => {
  const { fetch, session } = stage()
  fetch.mockResolvedValue(grant())
  expect(await session.enter('verify', { token: 'x' })).toEqual(member)
  expect(fetch.mock.calls[0]?.[0]).toBe('/api/v1/auth/verify')
  expect(session.state.get().status).toBe('member')
})

test('a wrong password is the sentence of the server', async () => {
  const { fetch, session } = stage()
  fetch.mockResolvedValue(no())
  await expect(session.enter('sign-in', { email: 'a', password: 'b' })).rejects.toMatchObject({
    message: 'No.',
    status: 401,
  })
})

test('signing out forgets the member even without a network', async () => {
  const { fetch, session, memory } = stage()
  fetch.mockResolvedValueOnce(grant()).mockRejectedValueOnce(new TypeError('failed'))
  await session.open()
  await session.signOut()
  expect(session.state.get().status).toBe('anonymous')
  expect(session.token()).toBeUndefined()
  expect(memory).toEqual({})
})

test('a new name is shown and remembered', async () => {
  const { fetch, session, memory } = stage()
  fetch.mockResolvedValue(grant())
  await session.open()
  session.rename({ name: 'Mara A.' })
  expect(session.state.get()).toMatchObject({ member: { name: 'Mara A.' } })
  expect(memory.member).toContain('Mara A.')
})

test('a new token leaves colour and face as they were, and another member begins without them', async () => {
  const { fetch, session, memory } = stage()
  fetch.mockImplementation(() => Promise.resolve(grant()))
  await session.open()
  session.rename({ hue: 230, avatar_url: '/files/face.webp' })
  await session.refresh()
  expect(session.state.get()).toMatchObject({ member: { hue: 230, avatar_url: '/files/face.webp' } })
  memory.member = JSON.stringify({ ...member, id: 'm2', hue: 10 })
  expect(await session.enter('sign-in', {})).toEqual(member)
})

test('the CSRF cookie is found among others', () => {
  expect(csrfCookie('a=1; csrf=to%3Dken; b=2')).toBe('to=ken')
  expect(csrfCookie('__Host-csrf=x')).toBe('x')
  expect(csrfCookie('notcsrf=1')).toBeUndefined()
})
