import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'

import { faults, showApp } from '@/test/app'
import { hub, ME } from '@/test/hub'

const member = (id: string, name: string) => ({ id, handle: id, name, hue: 30, avatar_url: null })
const row = (rank: number, id: string, name: string) => ({
  rank,
  member: member(id, name),
  points: 100 - rank,
  right: 3,
  picks: 9,
  rank_delta: 0,
  level_with_above: false,
})
const club = (id: string, name: string, since: string) => ({
  id,
  slug: id,
  name,
  hue: 30,
  role: 'member',
  since,
})
const climbing = club('climbing', 'Boulder Collective', '2026-02-28T10:00:00Z')
const running = club('running', 'Night Runners', '2026-01-23T10:00:00Z')

const replies = (clubs: object[]) => ({
  'GET /me': { ...ME, clubs },
  'GET /feed': { data: [], page: { next: null }, degraded: null },
  'GET /events': { data: [], complete: true },
  'GET /fixtures': { data: [], page: { next: null } },
  'GET /clubs/running/leaderboard': { data: [row(1, 'm9', 'Saga Lundgren')], me: null },
  'GET /clubs/climbing/leaderboard': { data: [row(1, 'm8', 'Minh Tran')], me: row(7, 'm1', 'Mara Aldén') },
})

test('the table beside the feed is of the club she is in longest, and another one is kept once chosen', async () => {
  hub(replies([climbing, running]))
  await showApp('/')
  expect(await screen.findByText('Saga Lundgren')).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: 'Night Runners' }))
  await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Boulder Collective' }))
  await userEvent.keyboard('{Escape}')
  expect(await screen.findByText('Minh Tran')).toBeInTheDocument()
  hub(replies([climbing, running]))
  await showApp('/')
  expect(await screen.findByText('Minh Tran')).toBeInTheDocument()
})

test('who stands further down sees her own place under the first ones', async () => {
  hub(replies([climbing]))
  await showApp('/')
  const mine = (await screen.findByRole('link', { name: 'You' })).closest('li')
  expect(mine && within(mine).getByText('7')).toBeVisible()
  expect(await faults()).toEqual([])
})

test('a post that is begun on a club’s page is meant for that club', async () => {
  hub(replies([climbing, running]))
  await showApp('/?compose=true&club=climbing')
  expect(await screen.findByRole('combobox', { name: 'Where' })).toHaveDisplayValue('Boulder Collective')
})

test('a post that is begun outlives the sheet, and is forgotten once it is posted', async () => {
  hub({ ...replies([running]), 'POST /posts': { id: 'p1' } })
  const first = await showApp('/?compose=true')
  await userEvent.type(await screen.findByRole('textbox', { name: /What is new|Say/ }), 'Snow on pitch 2')
  first.unmount()
  await showApp('/?compose=true')
  expect(await screen.findByDisplayValue('Snow on pitch 2')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Post' }))
  await waitFor(() => expect(localStorage.getItem('draft:m1:post')).toBeNull())
})
