import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'

import { me } from '@/lib/queries/me'
import { rooms } from '@/lib/queries/rooms'
import { session } from '@/lib/session'
import { themeChoice } from '@/lib/theme'
import { faults, showApp } from '@/test/app'
import { ME } from '@/test/hub'

const member = { id: 'm1', handle: 'mara', name: 'Mara Aldén' }

beforeEach(() => session.state.set({ status: 'member', member, stale: false }))

/** The house as a member with two clubs and seven unread messages sees it. */
async function showHouse(path: string) {
  const shown = await showApp(path)
  act(() => {
    shown.cache.setQueryData(me.queryKey, {
      ...ME,
      unread_notifications: 3,
      clubs: [
        { id: 'c1', slug: 'riverside', name: 'Riverside FC', hue: 152, role: 'member' },
        { id: 'c2', slug: 'night-runners', name: 'Night Runners', hue: 262, role: 'owner' },
      ],
    } as never)
    shown.cache.setQueryData(rooms.queryKey, [
      { id: 'r1', title: 'Eleven', kind: 'club', unread: 2, others: [], last: null, hue: 152 },
      { id: 'r2', title: 'Runners', kind: 'club', unread: 5, others: [], last: null, hue: 262 },
    ] as never)
  })
  return { ...shown, rail: within(screen.getByRole('navigation', { name: 'Places and clubs' })) }
}

test('the rail leads to every place and to my clubs, and counts what is unread', async () => {
  const { rail } = await showHouse('/')
  expect(await rail.findByRole('link', { name: /Chat.*7 unread/ })).toHaveAttribute('href', '/chat')
  expect(rail.getByRole('link', { name: /Notifications.*3 unread/ })).toBeVisible()
  expect(rail.getByRole('link', { name: 'Night Runners' })).toHaveAttribute('href', '/c/night-runners')
  expect(rail.getByRole('link', { name: /Home/ })).toHaveAttribute('aria-current', 'page')
})

test('the thumb bar has four places and what one can begin', async () => {
  await showHouse('/')
  const bar = within(screen.getByRole('navigation', { name: 'Places' }))
  expect(bar.getAllByRole('link')).toHaveLength(4)
  await userEvent.click(bar.getByRole('button', { name: 'Begin something' }))
  const sheet = within(await screen.findByRole('dialog', { name: 'Begin something' }))
  expect(sheet.getByRole('link', { name: /Schedule an event/ })).toHaveAttribute('href', '/schedule')
})

test('Ctrl K opens the search from anywhere, Escape closes it', async () => {
  await showHouse('/')
  await userEvent.keyboard('{Control>}k{/Control}')
  expect(await screen.findByRole('dialog', { name: 'Search' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
})

test('light and dark are chosen in my menu', async () => {
  const { rail } = await showHouse('/')
  await userEvent.click(rail.getByRole('button', { name: 'Mara Aldén' }))
  await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Dark' }))
  expect(themeChoice.get()).toBe('dark')
})

test('signing out leads to the door', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 204 })))
  const { rail, router } = await showHouse('/picks')
  await userEvent.click(rail.getByRole('button', { name: 'Mara Aldén' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }))
  expect(await screen.findByRole('heading', { name: 'Good to see you' })).toBeVisible()
  expect(router.state.location.search).toEqual({})
})

test('a session that is ended elsewhere leads to the door, and back afterwards', async () => {
  const { router } = await showHouse('/picks')
  act(() => session.forget())
  expect(await screen.findByRole('heading', { name: 'Good to see you' })).toBeVisible()
  expect(router.state.location.search).toEqual({ next: '/picks' })
})

test('chat and reels bring their own header beside a slim rail', async () => {
  const { rail } = await showHouse('/chat')
  expect(rail.queryByRole('link', { name: 'Night Runners' })).not.toBeInTheDocument()
  expect(rail.getByRole('link', { name: /^Chat/ })).toHaveAttribute('aria-current', 'page')
})

test('inside a room the thumb bar makes place for the keyboard', async () => {
  await showHouse('/chat/r1')
  expect(screen.queryByRole('navigation', { name: 'Places' })).not.toBeInTheDocument()
})

test('after a change of page the focus is in the page', async () => {
  const { router } = await showHouse('/')
  await act(() => router.navigate({ to: '/picks' }))
  await waitFor(() => expect(screen.getByRole('main')).toHaveFocus())
})

test('an address that leads nowhere says so and leads home', async () => {
  await showApp('/nowhere')
  expect(screen.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  expect(screen.getByRole('link', { name: 'Go to home' })).toHaveAttribute('href', '/')
})

test.each(['/', '/chat', '/calendar', '/reels', '/picks', '/notifications', '/clubs', '/settings'])(
  'the house at %s breaks no rule of access',
  async (path) => {
    await showHouse(path)
    await screen.findByRole('main')
    expect(await faults()).toEqual([])
  },
)

test.each([true, false])(
  'what was reported is in the menu of who runs the hub alone: %s',
  async (is_admin) => {
    session.state.set({ status: 'member', member: { ...member, is_admin }, stale: false })
    const { rail } = await showHouse('/')
    await userEvent.click(rail.getByRole('button', { name: 'Mara Aldén' }))
    const menu = within(await screen.findByRole('menu'))
    expect(menu.getByRole('menuitem', { name: 'Settings' })).toBeVisible()
    expect(menu.queryAllByRole('menuitem', { name: 'Reported' })).toHaveLength(is_admin ? 1 : 0)
  },
)
