import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'

import { adoptTheme, chooseTheme, themeChoice } from '@/lib/theme'
import { faults, showApp } from '@/test/app'
import { hub, ME, refusal, type Asked, type Replies } from '@/test/hub'

import { lineageOf } from './manifest'

const edits = (asked: Asked[]) => asked.filter(({ method }) => method === 'PATCH').map(({ body }) => body)
/** The hub keeps what it is told about me. */
function keeping(replies: Replies = {}) {
  let mine: object = ME
  return hub({
    'GET /me': () => mine,
    'PATCH /me': ({ body }: Asked) => (mine = { ...mine, ...(body as object) }),
    ...replies,
  })
}

test('a name is saved, and the shell shows it', async () => {
  const asked = keeping()
  await showApp('/settings')
  const name = await screen.findByLabelText('Name')
  expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled()
  await userEvent.clear(name)
  await userEvent.type(name, 'Mara A.')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Saved')).toBeVisible()
  expect(edits(asked)[0]).toEqual({ name: 'Mara A.', bio: '', hue: 152 })
  const rail = within(screen.getByRole('navigation', { name: 'Places and clubs' }))
  expect(rail.getByText('Mara A.')).toBeVisible()
})

test('a fault stands at its field and what was typed stays', async () => {
  const no = refusal(422, { errors: [{ pointer: '/name', detail: 'A name has at most 80 letters.' }] })
  keeping({ 'PATCH /me': no })
  await showApp('/settings')
  const name = await screen.findByLabelText('Name')
  await userEvent.type(name, ' X')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(name).toHaveAccessibleDescription('A name has at most 80 letters.'))
  expect(name).toHaveValue('Mara Aldén X')
})

test('a picture is sent and becomes my face; a refusal says why', async () => {
  const asked = keeping({ 'POST /media': { id: 'p1', alt: '', sizes: [] } })
  await showApp('/settings')
  const file = new File(['x'], 'me.png', { type: 'image/png' })
  await userEvent.upload(await screen.findByLabelText('Picture'), file)
  await waitFor(() => expect(edits(asked)).toEqual([{ avatar_id: 'p1' }]))
  keeping({ 'POST /media': refusal(415, { detail: 'This is no picture.' }) })
  await showApp('/settings')
  await userEvent.upload(await screen.findByLabelText('Picture'), file)
  expect(await screen.findByText(/This is no picture/)).toBeVisible()
})

test('my place is kept to about a kilometre, and can be taken away', async () => {
  const asked = keeping()
  const coords = { latitude: 57.70887, longitude: 11.97456 }
  vi.stubGlobal('navigator', {
    ...navigator,
    onLine: true,
    userAgent: navigator.userAgent,
    geolocation: { getCurrentPosition: (found: (at: object) => void) => found({ coords }) },
  })
  await showApp('/settings')
  await userEvent.click(await screen.findByRole('button', { name: 'Use where I am' }))
  expect(await screen.findByText('Near 57.71, 11.97')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect(await screen.findByText('Not told')).toBeVisible()
  expect(edits(asked)).toEqual([
    { lat: 57.71, lon: 11.97 },
    { lat: null, lon: null },
  ])
})

test('a look is chosen at once and kept for my other devices', async () => {
  const asked = keeping()
  await showApp('/settings?part=look')
  await userEvent.click(await screen.findByRole('radio', { name: /Dark/ }))
  expect(themeChoice.get()).toBe('dark')
  await waitFor(() => expect(edits(asked)).toEqual([{ theme: 'dark' }]))
  chooseTheme('system')
})

test('a look chosen elsewhere is taken over only where none was chosen', () => {
  localStorage.removeItem('theme')
  adoptTheme('dark')
  expect(themeChoice.get()).toBe('dark')
  chooseTheme('light')
  adoptTheme('dark')
  expect(themeChoice.get()).toBe('light')
  chooseTheme('system')
})

const known = {
  counters: { events_30d: 12.5, active_7d: 3 },
  sequence: [
    { kind: 'reel', item_id: 'r1', action: 'like', weight: 2, at: '2026-11-20T12:00:00Z' },
    { kind: 'event', item_id: 'e1', action: 'hide', weight: -3, at: '2026-11-21T12:00:00Z' },
  ],
  last_at: '2026-11-21T12:00:00Z',
}

test('suggestions are switched off and the switch stays off', async () => {
  const asked = keeping({ 'GET /me/features': known })
  await showApp('/settings?part=privacy')
  const personal = await screen.findByRole('switch', { name: /Suggestions made for you/ })
  await userEvent.click(personal)
  expect(personal).not.toBeChecked()
  await waitFor(() => expect(edits(asked)).toEqual([{ personalise: false }]))
})

test('mails about what I missed are switched off and the switch stays off', async () => {
  const asked = keeping({
    'GET /me/features': known,
    'GET /chat/mail': { wanted: true },
    'PUT /chat/mail': { wanted: false },
  })
  await showApp('/settings?part=privacy')
  const mails = await screen.findByRole('switch', { name: /Mails about what I missed/ })
  expect(mails).toBeChecked()
  await userEvent.click(mails)
  expect(mails).not.toBeChecked()
  await waitFor(() =>
    expect(asked.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([
      { wanted: false },
    ]),
  )
})

test('what the hub knows of me is told, newest first, with what counts against', async () => {
  keeping({ 'GET /me/features': known })
  await showApp('/settings?part=privacy')
  expect(await screen.findByText('12.5')).toBeVisible()
  const acts = screen.getAllByRole('listitem').filter((item) => /[−+]\d/.test(item.textContent))
  expect(acts[0]).toHaveTextContent('Asked for less like an event')
  expect(acts[0]).toHaveTextContent('−3.0')
  expect(screen.getByRole('link', { name: 'a reel' })).toHaveAttribute('href', '/reels?reel=r1')
})

test('it is forgotten only after I was asked', async () => {
  let now: object = known
  const asked = keeping({
    'GET /me/features': () => now,
    'DELETE /me/features': () => {
      now = { counters: {}, sequence: [], last_at: null }
      return 204
    },
  })
  await showApp('/settings?part=privacy')
  await userEvent.click(await screen.findByRole('button', { name: 'Forget my taste' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(asked.some(({ method }) => method === 'DELETE')).toBe(false)
  await userEvent.click(dialog.getByRole('button', { name: 'Forget my taste' }))
  expect(await screen.findByText(/Nothing yet/)).toBeVisible()
})

const device = (id: string, current: boolean) => ({
  id,
  device: current ? 'Firefox on Linux' : 'Safari on iPhone',
  ip_prefix: '192.0.2.0/24',
  created_at: '2026-11-20T12:00:00Z',
  last_used_at: '2026-11-20T12:00:00Z',
  current,
})

test('another device is signed out with one press; this one can not be', async () => {
  let list = [device('s2', false), device('s1', true)]
  const asked = keeping({
    'GET /auth/sessions': () => ({ data: list, page: {} }),
    'DELETE /auth/sessions/s2': () => {
      list = list.filter(({ id }) => id !== 's2')
      return 204
    },
  })
  await showApp('/settings?part=devices')
  expect(await screen.findByText('This device')).toBeVisible()
  const buttons = screen.getAllByRole('button', { name: 'Sign out' })
  expect(buttons).toHaveLength(1)
  await userEvent.click(buttons[0] as HTMLElement)
  await waitFor(() => expect(screen.queryByText('Safari on iPhone')).not.toBeInTheDocument())
  expect(asked.some(({ method, path }) => method === 'DELETE' && path === '/auth/sessions/s2')).toBe(true)
  expect(await screen.findByText('You are signed in here only.')).toBeVisible()
})

test('all others are signed out after a question', async () => {
  const asked = keeping({
    'GET /auth/sessions': { data: [device('s1', true), device('s2', false)], page: {} },
    'DELETE /auth/sessions': 204,
  })
  await showApp('/settings?part=devices')
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out everywhere else' }))
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Sign out everywhere else' }))
  await waitFor(() =>
    expect(asked.some(({ method, path }) => method === 'DELETE' && path === '/auth/sessions')).toBe(true),
  )
})

async function fillPassword(again: string) {
  await showApp('/settings?part=password')
  await userEvent.type(await screen.findByLabelText('Your password now'), 'the old sentence')
  await userEvent.type(screen.getByLabelText('New password'), 'a new sentence')
  await userEvent.type(screen.getByLabelText('New password, once more'), again)
  await userEvent.click(screen.getByRole('button', { name: 'Change password' }))
}

test('a new password is sent once both are the same', async () => {
  const asked = keeping({ 'POST /auth/password/change': 204 })
  await fillPassword('another sentence')
  expect(screen.getByText('These two are not the same.')).toBeVisible()
  expect(asked.some(({ path }) => path === '/auth/password/change')).toBe(false)
  await userEvent.clear(screen.getByLabelText('New password, once more'))
  await userEvent.type(screen.getByLabelText('New password, once more'), 'a new sentence{Enter}')
  expect(await screen.findByText(/Password changed/)).toBeVisible()
  expect(asked.find(({ path }) => path === '/auth/password/change')?.body).toEqual({
    current: 'the old sentence',
    new: 'a new sentence',
  })
})

test('a wrong password is told in the words of the hub', async () => {
  keeping({ 'POST /auth/password/change': refusal(403, { detail: 'That is not your password.' }) })
  await fillPassword('a new sentence')
  expect(await screen.findByText('That is not your password.')).toBeVisible()
})

test('the model says where it comes from, and that there is none when there is none', async () => {
  const metrics = {
    'event.hit': 0.867,
    'event.low': 0.79,
    'event.high': 0.945,
    'event.n': 60,
    'reel.hit': 1,
    'reel.low': 1,
    'reel.high': 1,
    'reel.n': 14,
  }
  const lineage = { watermark: '1795274016', seed: 7, sizes: { 'event.likings': 680 }, metrics }
  const status = {
    version: 'v7',
    is_warm: true,
    items: { event: 143, reel: 7, pick: 1066 },
    manifest: { lineage },
  }
  keeping({ 'GET /recommendations/model': status })
  await showApp('/settings?part=about')
  expect(await screen.findByText('Version v7')).toBeVisible()
  expect(screen.getByText('87 in 100')).toBeVisible()
  expect(screen.getByText(/between 79 and 95, by 60 lists. Learned from 680 acts/)).toBeVisible()
  expect(screen.getByText(/until .* 21 Nov/)).toBeVisible()
  expect(screen.getByText(/There are only 7, so every list has them all/)).toBeVisible()
  expect(screen.queryByText('100 in 100')).not.toBeInTheDocument()
  expect(screen.getByText(/Too little happened yet/)).toBeVisible()
  keeping({ 'GET /recommendations/model': { ...status, version: 'untrained', manifest: null } })
  await showApp('/settings?part=about')
  expect(await screen.findByText(/No model was trained/)).toBeVisible()
})

test.each(['profile', 'look', 'privacy', 'devices', 'password', 'about'])(
  'settings about %s break no rule of access',
  async (part) => {
    keeping({
      'GET /me/features': known,
      'GET /auth/sessions': { data: [device('s1', true), device('s2', false)], page: {} },
      'GET /recommendations/model': { version: 'u', is_warm: false, items: {}, manifest: null },
    })
    const { container } = await showApp(`/settings?part=${part}`)
    await screen.findAllByRole('heading', { level: 2 })
    expect(await faults(container)).toEqual([])
  },
)

test('a manifest of another shape is no lineage, and what was not measured is not shown as nought', () => {
  expect(lineageOf(null)).toBeUndefined()
  expect(lineageOf({ lineage: 'x' })).toBeUndefined()
  const metrics = { 'reel.hit': 0, 'reel.low': 0, 'reel.high': 0, 'reel.n': 0 }
  const read = lineageOf({ lineage: { sizes: { 'pick.likings': 'x' }, metrics, watermark: 'no date' } })
  expect(read?.until).toBeUndefined()
  expect(read?.kinds).toEqual([
    { kind: 'event', likings: undefined, found: undefined },
    { kind: 'reel', likings: undefined, found: undefined },
    { kind: 'pick', likings: undefined, found: undefined },
  ])
})
