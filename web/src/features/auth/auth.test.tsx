import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'

import { session } from '@/lib/session'
import { faults, showApp } from '@/test/app'

const member = { id: 'm1', handle: 'mara', name: 'Mara Aldén' }
const grant = { access_token: 't1', expires_in: 600, member }
type Reply = [status: number, body?: unknown]

/** The hub as seen through fetch: what it was asked, and what it answers by path. */
function hub(replies: Record<string, Reply>) {
  const asked: { path: string; body: unknown }[] = []
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const request = input instanceof Request ? input : undefined
    const path = new URL(request?.url ?? String(input), location.origin).pathname.replace('/api/v1', '')
    asked.push({ path, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined })
    const [status, body] = replies[path] ?? [404, { detail: 'Nothing here.' }]
    return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }))
  })
  return asked
}

beforeEach(() => session.state.set({ status: 'anonymous' }))

test('a stranger who opens a room is led to the door, and after signing in to the room', async () => {
  const asked = hub({ '/auth/sign-in': [200, grant] })
  const { router } = await showApp('/chat/r1')
  expect(router.state.location.pathname).toBe('/sign-in')

  await userEvent.type(await screen.findByLabelText('Email'), 'mara@example.org')
  await userEvent.type(screen.getByLabelText('Password'), 'a short sentence')
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))

  await waitFor(() => expect(router.state.location.pathname).toBe('/chat/r1'))
  expect(asked[0]).toEqual({
    path: '/auth/sign-in',
    body: { email: 'mara@example.org', password: 'a short sentence' },
  })
})

test('a wrong password is told in the words of the hub and can be tried again', async () => {
  hub({ '/auth/sign-in': [401, { detail: 'Address and password do not fit together.' }] })
  await showApp('/sign-in')
  await userEvent.type(await screen.findByLabelText('Email'), 'mara@example.org')
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(await screen.findByText('Address and password do not fit together.')).toBeVisible()
  expect(screen.getByLabelText('Email')).toHaveValue('mara@example.org')
  expect(screen.getByRole('button', { name: 'Sign in' })).not.toHaveAttribute('aria-busy')
})

test('a fault stands at its field, and the field has the focus', async () => {
  hub({ '/auth/register': [422, { errors: [{ pointer: '/email', detail: 'This is no address.' }] }] })
  await showApp('/sign-up')
  await userEvent.type(await screen.findByLabelText('Name'), 'Mara')
  await userEvent.click(screen.getByRole('button', { name: 'Join' }))
  await waitFor(() => expect(screen.getByLabelText('Email')).toHaveFocus())
  expect(screen.getByLabelText('Email')).toHaveAccessibleDescription('This is no address.')
})

test('who joins is sent to the mail, whether or not the address is known', async () => {
  const asked = hub({ '/auth/register': [202, { message: 'Look in your mail.' }] })
  await showApp('/sign-up')
  await userEvent.type(await screen.findByLabelText('Name'), 'Mara')
  await userEvent.type(screen.getByLabelText('Email'), 'mara@example.org')
  await userEvent.type(screen.getByLabelText('Password'), 'a short sentence')
  await userEvent.click(screen.getByRole('button', { name: 'Join' }))
  expect(await screen.findByRole('heading', { name: 'Look in your mail' })).toBeVisible()
  expect(asked[0]?.body).toEqual({ name: 'Mara', email: 'mara@example.org', password: 'a short sentence' })
})

test('the link of the first letter signs in', async () => {
  const asked = hub({ '/auth/verify': [200, grant] })
  await showApp('/verify?token=abc')
  expect(await screen.findByText('You are in')).toBeVisible()
  expect(asked[0]?.body).toEqual({ token: 'abc' })
  expect(session.state.get()).toMatchObject({ status: 'member', member })
})

test('a link that was used up says so', async () => {
  hub({ '/auth/verify': [410, { title: 'Used up', detail: 'This link was used already. Sign in.' }] })
  await showApp('/verify?token=abc')
  expect(await screen.findByText(/This link was used already/)).toBeVisible()
})

test('a link without a token spends nothing', async () => {
  const asked = hub({})
  await showApp('/verify')
  expect(await screen.findByText('This link has no token')).toBeVisible()
  expect(asked).toEqual([])
})

test('a forgotten password is asked for by mail and set by the link', async () => {
  const asked = hub({ '/auth/password/forgot': [202, {}], '/auth/password/reset': [204] })
  await showApp('/sign-in')
  await userEvent.click(await screen.findByRole('button', { name: 'Forgot it' }))
  await userEvent.type(screen.getByLabelText('Email'), 'mara@example.org')
  await userEvent.click(screen.getByRole('button', { name: 'Send the link' }))
  expect(await screen.findByText(/If that address belongs to a member/)).toBeVisible()

  await showApp('/reset?token=abc')
  await userEvent.type(await screen.findByLabelText('New password'), 'another sentence')
  await userEvent.click(screen.getByRole('button', { name: 'Set the password' }))
  expect(await screen.findByText('Your new password is set')).toBeVisible()
  expect(asked.map(({ body }) => body)).toEqual([
    { email: 'mara@example.org' },
    { token: 'abc', password: 'another sentence' },
  ])
})

test('a password can be looked at', async () => {
  await showApp('/sign-in')
  await userEvent.click(await screen.findByRole('button', { name: 'Show the password' }))
  expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'text')
})

test('the letters of a hub without a mail server can be read, and their link opened here', async () => {
  const line = { id: '1', to: 'mara@example.org', subject: 'Confirm', at: '2026-11-21T13:00:00Z' }
  const text = 'Open this:\nhttps://elsewhere.example/verify?token=abc\nThat is all.'
  hub({ '/dev/mail': [200, { data: [line], page: {} }], '/dev/mail/1': [200, { ...line, text, html: null }] })
  await showApp('/dev/mail')
  expect(await screen.findByRole('link', { name: 'Open the link' })).toHaveAttribute(
    'href',
    '/verify?token=abc',
  )
})

test.each(['/sign-in', '/sign-up', '/reset?token=abc'])('%s breaks no rule of access', async (path) => {
  await showApp(path)
  await screen.findByRole('heading', { level: 1 })
  expect(await faults()).toEqual([])
})
