import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'

import { around } from '@/components/leaderboard'
import { faults, showApp } from '@/test/app'
import { hub } from '@/test/hub'

import { behind, stacked, type Row } from './standings'

const row = (rank: number, points: number, id = `m${rank}00`, over: Partial<Row> = {}): Row => ({
  rank,
  member: { id, handle: id, name: `Member ${id}`, hue: 30, avatar_url: null },
  points,
  right: points / 3,
  picks: 40,
  rank_delta: 0,
  level_with_above: false,
  ...over,
})
const me = row(4, 30, 'm1', { rank_delta: 2, member: { ...row(4, 30).member, id: 'm1', name: 'Mara Aldén' } })
const table = (rows: Row[], mine: Row | null = me) => ({
  period: 'month',
  data: rows,
  me: mine,
  ranked: 18,
  ties: ['More points come first.'],
  starts_at: '2026-11-01T00:00:00Z',
  ends_at: '2026-12-01T00:00:00Z',
  delta_since: '2026-11-14T00:00:00Z',
  page: { next: null },
})
const rows = [row(1, 60), row(2, 45), row(3, 33), me]

test('my place is told in figures, with what parts me from the one above', async () => {
  hub({ 'GET /leaderboard': table(rows) })
  await showApp('/leaderboard')
  expect(await screen.findByText('of 18')).toBeVisible()
  expect(screen.getByText('3 points behind the place above', { exact: false })).toBeVisible()
  expect(screen.getByText('2 places won', { exact: false })).toBeVisible()
  expect(screen.getByText('1 Nov to 30 Nov')).toBeVisible()
})

test('a club and a period are chosen, and both are in the address', async () => {
  const asked = hub({ 'GET /leaderboard': table(rows), 'GET /clubs/c1/leaderboard': table(rows) })
  const { router } = await showApp('/leaderboard')
  await userEvent.click(await screen.findByRole('radio', { name: 'Riverside FC' }))
  await userEvent.click(await screen.findByRole('radio', { name: 'Week' }))
  expect(router.state.location.search).toEqual({ club: 'riverside-fc', period: 'week' })
  await screen.findAllByText('Mara Aldén')
  expect(asked.at(-1)).toMatchObject({ path: '/clubs/c1/leaderboard' })
  expect(asked.at(-1)?.query.get('period')).toBe('week')
})

test('I stand in the table even when my page is not loaded yet', async () => {
  hub({ 'GET /leaderboard': table([row(1, 60), row(2, 45), row(3, 33)]) })
  await showApp('/leaderboard')
  expect(await screen.findByRole('link', { name: 'Mara Aldén', current: false })).toBeVisible()
})

test('who has no settled pick yet is told how to come onto the table', async () => {
  hub({ 'GET /leaderboard': table([row(1, 60), row(2, 45)], null) })
  await showApp('/leaderboard')
  expect(await screen.findByText(/One settled pick is enough/)).toBeVisible()
})

test('a table breaks no rule of access', async () => {
  const level = row(5, 30, 'm9', { level_with_above: true, rank_delta: null })
  hub({ 'GET /leaderboard': table([...rows, level]) })
  const { container } = await showApp('/leaderboard')
  await screen.findByText('of 18')
  expect(await faults(container)).toEqual([])
})

test('beside the board stand the first three, and me between my neighbours', () => {
  const long = Array.from({ length: 12 }, (_, place) => row(place + 1, 100 - place))
  const mine = long[8] ?? me
  expect(around(long, mine).map(({ rank }) => rank)).toEqual([1, 2, 3, 8, 9, 10])
  expect(around(long, null).map(({ rank }) => rank)).toEqual([1, 2, 3])
  expect(around(long.slice(0, 3), me).map(({ rank }) => rank)).toEqual([1, 2, 3, 4])
})

test('points behind are known only where the row above is', () => {
  expect(behind(rows, 3)).toBe(3)
  expect(behind(rows, 0)).toBeUndefined()
  expect(behind(rows, -1)).toBeUndefined()
})

test('equal points stand on each other and I stand on the ground, on top', () => {
  const level = [row(1, 30), row(2, 30), me]
  expect(stacked(level, me).map(({ row: { rank }, storey }) => [rank, storey])).toEqual([
    [1, 1],
    [2, 2],
    [4, 0],
  ])
})
