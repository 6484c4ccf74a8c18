import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'

import { faults, showApp } from '@/test/app'
import { eventCard, GOING } from '@/test/events'
import { hub, ME, type Replies } from '@/test/hub'

const clubs = [
  { id: 'c1', slug: 'riverside-fc', name: 'Riverside FC', hue: 152, role: 'admin' },
  { id: 'c2', slug: 'night-runners', name: 'Night Runners', hue: 262, role: 'member' },
]
const mine = { my_answer: GOING }

/** The hub, with these events in the calendar. */
const calendar = (data: unknown[], replies: Replies = {}) =>
  hub({ 'GET /me': { ...ME, clubs }, 'GET /events': { data, complete: true }, ...replies })

test('the agenda shows what comes with my answer, and what falls together', async () => {
  calendar([eventCard('a', 'Frost Loop', 50, mine), eventCard('b', 'Home match', 50.5, mine)])
  await showApp('/calendar?view=agenda')
  expect(await screen.findByRole('link', { name: 'Frost Loop' })).toHaveAttribute('href', '/e/a')
  expect(screen.getAllByText('Two at once')).toHaveLength(2)
  expect(screen.getAllByRole('button', { name: 'Going', pressed: true })).toHaveLength(2)
  expect(await faults()).toEqual([])
})

test('only what waits for my word is left when that is asked for', async () => {
  calendar([eventCard('a', 'Frost Loop', 50, mine), eventCard('b', 'Home match', 80)])
  const { router } = await showApp('/calendar?view=agenda')
  await screen.findByRole('link', { name: 'Frost Loop' })
  await userEvent.click(screen.getByRole('button', { name: /Any answer/ }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Not answered' }))
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Frost Loop' })).not.toBeInTheDocument())
  expect(screen.getByRole('link', { name: 'Home match' })).toBeVisible()
  expect(router.state.location.search).toMatchObject({ answer: 'open' })
})

test('one club is asked for by its name in the address', async () => {
  const asked = calendar([])
  await showApp('/calendar?view=agenda&club=night-runners')
  expect(await screen.findByText('Nothing fits')).toBeVisible()
  const query = asked.find(({ path }) => path === '/events')?.query
  expect(query?.get('club_id')).toBe('night-runners')
})

test('an empty calendar invites', async () => {
  calendar([])
  await showApp('/calendar?view=agenda')
  expect(await screen.findByText('Nothing planned')).toBeVisible()
  expect(screen.getAllByRole('link', { name: 'Find a club' })[0]).toHaveAttribute('href', '/clubs')
})

test('a hub that stumbles is asked again by a press', async () => {
  let isUp = false
  const events = { data: [eventCard('a', 'Frost Loop', 50)], complete: true }
  calendar([], {
    'GET /events': () => (isUp ? events : new Response('{"title": "Stumbled"}', { status: 500 })),
  })
  await showApp('/calendar?view=agenda')
  const again = await screen.findByRole('button', { name: 'Try again' })
  isUp = true
  await userEvent.click(again)
  expect(await screen.findByRole('link', { name: 'Frost Loop' })).toBeVisible()
})

test('a month stands on a sheet that is turned', async () => {
  calendar([eventCard('a', 'Frost Loop', 1)])
  const { router } = await showApp('/calendar?view=month&on=2026-12-24')
  expect(await screen.findByRole('heading', { name: 'December 2026' })).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'The next month' }))
  expect(await screen.findByRole('heading', { name: 'January 2027' })).toBeVisible()
  expect(router.state.location.search).toMatchObject({ on: '2027-01-01' })
})

test('an address for a calendar app is made, shown once, and can be revoked', async () => {
  calendar([], {
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
