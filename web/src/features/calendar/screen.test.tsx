import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'

import { session } from '@/lib/session'
import { faults, showApp } from '@/test/app'
import { eventCard, GOING } from '@/test/events'

const member = { id: 'm1', handle: 'mara', name: 'Mara Aldén' }
const clubs = [
  { id: 'c1', slug: 'riverside-fc', name: 'Riverside FC', hue: 152, role: 'admin' },
  { id: 'c2', slug: 'night-runners', name: 'Night Runners', hue: 262, role: 'member' },
]
const mine = { my_answer: GOING }

function hub(data: unknown[], replies: Record<string, unknown> = {}) {
  const asked: URL[] = []
  const all: Record<string, unknown> = {
    'GET /me': { ...member, clubs, unread_notifications: 0 },
    'GET /rooms': { data: [] },
    'GET /events': { data, complete: true },
    ...replies,
  }
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    asked.push(url)
    const found = all[`${request.method} ${url.pathname.replace('/api/v1', '')}`]
    const answer: unknown = typeof found === 'function' ? (found as () => unknown)() : found
    if (answer instanceof Response) return Promise.resolve(answer)
    const status = answer === undefined ? 404 : 200
    return Promise.resolve(new Response(JSON.stringify(answer ?? { detail: 'Nothing here.' }), { status }))
  })
  return asked
}

beforeEach(() => {
  session.state.set({ status: 'member', member } as never)
  vi.spyOn(session, 'freshToken').mockResolvedValue('t')
})

test('the agenda shows what comes with my answer, and what falls together', async () => {
  hub([eventCard('a', 'Frost Loop', 50, mine), eventCard('b', 'Home match', 50.5, mine)])
  await showApp('/calendar?view=agenda')
  expect(await screen.findByRole('link', { name: 'Frost Loop' })).toHaveAttribute('href', '/e/a')
  expect(screen.getAllByText('Two at once')).toHaveLength(2)
  expect(screen.getAllByRole('button', { name: 'Going', pressed: true })).toHaveLength(2)
  expect(await faults()).toEqual([])
})

test('only what waits for my word is left when that is asked for', async () => {
  hub([eventCard('a', 'Frost Loop', 50, mine), eventCard('b', 'Home match', 80)])
  const { router } = await showApp('/calendar?view=agenda')
  await screen.findByRole('link', { name: 'Frost Loop' })
  await userEvent.click(screen.getByRole('button', { name: /Any answer/ }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Not answered' }))
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Frost Loop' })).not.toBeInTheDocument())
  expect(screen.getByRole('link', { name: 'Home match' })).toBeVisible()
  expect(router.state.location.search).toMatchObject({ answer: 'open' })
})

test('one club is asked for by its name in the address', async () => {
  const asked = hub([])
  await showApp('/calendar?view=agenda&club=night-runners')
  expect(await screen.findByText('Nothing fits')).toBeVisible()
  const query = asked.find(({ pathname }) => pathname.endsWith('/events'))?.searchParams
  expect(query?.get('club_id')).toBe('night-runners')
})

test('an empty calendar invites', async () => {
  hub([])
  await showApp('/calendar?view=agenda')
  expect(await screen.findByText('Nothing planned')).toBeVisible()
  expect(screen.getAllByRole('link', { name: 'Find a club' })[0]).toHaveAttribute('href', '/clubs')
})

test('a hub that stumbles is asked again by a press', async () => {
  let isUp = false
  const events = { data: [eventCard('a', 'Frost Loop', 50)], complete: true }
  hub([], {
    'GET /events': () => (isUp ? events : new Response('{"title": "Stumbled"}', { status: 500 })),
  })
  await showApp('/calendar?view=agenda')
  const again = await screen.findByRole('button', { name: 'Try again' })
  isUp = true
  await userEvent.click(again)
  expect(await screen.findByRole('link', { name: 'Frost Loop' })).toBeVisible()
})

test('a month stands on a sheet that is turned', async () => {
  hub([eventCard('a', 'Frost Loop', 1)])
  const { router } = await showApp('/calendar?view=month&on=2026-12-24')
  expect(await screen.findByRole('heading', { name: 'December 2026' })).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'The next month' }))
  expect(await screen.findByRole('heading', { name: 'January 2027' })).toBeVisible()
  expect(router.state.location.search).toMatchObject({ on: '2027-01-01' })
})

test('an address for a calendar app is made, shown once, and can be revoked', async () => {
  hub([], {
    'POST /clubs/c1/calendar-link': {
      url: 'https://hub/x.ics?token=t',
      webcal_url: 'webcal://hub/x.ics?token=t',
    },
    'DELETE /clubs/c1/calendar-link': {},
  })
  await showApp('/calendar?view=agenda')
  await userEvent.click(await screen.findByRole('button', { name: 'Subscribe' }))
  const [make] = await screen.findAllByRole('button', { name: 'Make an address' })
  await userEvent.click(make as HTMLElement)
  expect(await screen.findByDisplayValue('https://hub/x.ics?token=t')).toBeVisible()
  expect(screen.getByRole('link', { name: 'Open in a calendar app' })).toHaveAttribute(
    'href',
    'webcal://hub/x.ics?token=t',
  )
})
