import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'

import { serverClock } from '@/lib/clock'
import { faults, showApp } from '@/test/app'
import { hub, refusal, type Asked } from '@/test/hub'

const NOW = Date.parse('2026-11-21T12:00:00Z')
beforeEach(() => void vi.spyOn(serverClock, 'now').mockReturnValue(NOW))

const league = {
  id: 'en.1',
  sport: 'soccer',
  name: 'Premier League',
  country: 'England',
  season: { id: 's', label: 'Demo season', demo: true, starts_at: '', ends_at: '' },
  current_round: 'Matchday 16',
  next_kickoff_at: null,
}
const round = (name: string, settled: number) => ({
  name,
  from_at: '2026-11-21T15:00:00Z',
  to_at: '2026-11-24T20:00:00Z',
  fixtures: 10,
  settled,
})
const fixture = (id: string, over: object = {}) => ({
  id,
  league_id: 'en.1',
  league_name: 'Premier League',
  season_id: 's',
  season_label: 'Demo season',
  demo: true,
  round: 'Matchday 16',
  home: { id: 'h', name: 'Arsenal FC', short: 'Arsenal', hue: 10 },
  away: { id: 'a', name: 'Tottenham Hotspur FC', short: 'Tottenham', hue: 215 },
  kickoff_at: '2026-11-21T15:00:00Z',
  time_known: true,
  lock_at: '2026-11-21T15:00:00Z',
  locked: false,
  status: 'scheduled',
  score: null,
  half_time: null,
  outcome: null,
  corrected: false,
  version: 1,
  my_pick: null,
  crowd: null,
  ...over,
})
const board = (...fixtures: object[]) => ({
  'GET /leagues': [league],
  'GET /leagues/en.1/rounds': [round('Matchday 15', 10), round('Matchday 16', 0)],
  'GET /fixtures': { data: fixtures, page: { next: null } },
  'GET /leaderboard': { data: [], me: null, ties: [], ranked: 0, delta_since: '', page: { next: null } },
})
const puts = (asked: Asked[]) => asked.filter(({ method }) => method === 'PUT')

test('the board opens on the round that is played now, says it is a demo, and when the next match locks', async () => {
  const asked = hub(board(fixture('f1')))
  await showApp('/picks')
  expect(await screen.findByRole('radio', { name: /Matchday 16/ })).toBeChecked()
  expect(await screen.findByRole('timer')).toHaveTextContent('3 h')
  expect(screen.getByText('Demo season')).toBeVisible()
  expect(asked.find(({ path }) => path === '/fixtures')?.query.get('round')).toBe('Matchday 16')
})

test('a call stands at once, says it is kept, and tells the hub where it was made', async () => {
  const asked = hub({ ...board(fixture('f1')), 'PUT /fixtures/f1/pick': {} })
  await showApp('/picks')
  await userEvent.click(await screen.findByRole('button', { name: '2, Tottenham' }))
  expect(screen.getByRole('button', { name: '2, Tottenham' })).toHaveAttribute('aria-pressed', 'true')
  expect(await screen.findByText('Kept until kick-off')).toBeVisible()
  expect(puts(asked)[0]?.body).toMatchObject({ choice: '2', surface: 'picks' })
  expect(screen.getByText('1 of 1 called')).toBeVisible()
})

test('a call that came too late is taken back and the board is asked anew', async () => {
  const locked = refusal(409, { code: 'pick_locked', detail: 'This match has begun.' })
  const asked = hub({ ...board(fixture('f1')), 'PUT /fixtures/f1/pick': locked })
  await showApp('/picks')
  await userEvent.click(await screen.findByRole('button', { name: '1, Arsenal' }))
  expect(await screen.findByText('This match has begun.')).toBeVisible()
  await waitFor(() =>
    expect(screen.getByRole('button', { name: '1, Arsenal' })).toHaveAttribute('aria-pressed', 'false'),
  )
  await waitFor(() => expect(asked.filter(({ path }) => path === '/fixtures').length).toBeGreaterThan(1))
})

test('after the lock the crowd is seen and nothing can be called', async () => {
  const locked = { locked: true, lock_at: '2026-11-21T11:00:00Z', crowd: { home: 6, draw: 2, away: 2 } }
  hub(board(fixture('f1', { ...locked, kickoff_at: '2026-11-21T11:00:00Z' })))
  await showApp('/picks')
  expect(await screen.findByRole('button', { name: '1, Arsenal, 60 percent of the club' })).toBeDisabled()
  expect(screen.getByText('10 members called it')).toBeVisible()
  expect(screen.getByText('All matches of this round are locked')).toBeVisible()
})

test('a settled match says what came of it; one that was not called blames nobody', async () => {
  const over = {
    status: 'settled',
    locked: true,
    score: { home: 2, away: 1 },
    outcome: '1',
    kickoff_at: '2026-11-20T15:00:00Z',
    lock_at: '2026-11-20T15:00:00Z',
  }
  const explanation = 'You picked Arsenal to win; it ended 2:1: right, 3 points.'
  const mine = { fixture_id: 'f1', choice: '1', placed_at: '', lock_at: '', points: 3, explanation }
  hub(board(fixture('f1', { ...over, my_pick: mine }), fixture('f2', over)))
  await showApp('/picks')
  expect(await screen.findByText(explanation)).toBeVisible()
  expect(screen.getByText('Right')).toBeVisible()
  expect(screen.getByText('Not called')).toBeVisible()
  expect(screen.queryByText('Missed')).not.toBeInTheDocument()
  expect(screen.getByRole('list', { name: 'This round: 1 right, 1 not called' })).toBeInTheDocument()
})

test('another round is one press away and stays in the address', async () => {
  const asked = hub(board(fixture('f1')))
  const { router } = await showApp('/picks')
  await userEvent.click(await screen.findByRole('radio', { name: /Matchday 15/ }))
  expect(router.state.location.search).toEqual({ league: 'en.1', round: 'Matchday 15' })
  await waitFor(() => expect(asked.at(-1)?.query.get('round')).toBe('Matchday 15'))
})

test('the rules are told with the examples the hub reckoned', async () => {
  const rules = {
    version: '1x2.1',
    points_right: 3,
    points_wrong: 0,
    rules: ['Picks lock at kick-off.'],
    ties: ['More points come first.'],
    examples: [{ choice: '1', score: '2:1', points: 3, explanation: 'You picked Home to win.' }],
  }
  hub({ ...board(), 'GET /picks/rules': rules })
  await showApp('/picks')
  await userEvent.click(await screen.findByRole('button', { name: 'Rules' }))
  const drawer = within(await screen.findByRole('dialog', { name: 'How picks work' }))
  expect(await drawer.findByText('You picked Home to win.')).toBeVisible()
  expect(drawer.getByText('More points come first.')).toBeVisible()
})

test('what is suggested begins with why, and less like this sends it away', async () => {
  const reason = { code: 'your_club', text: 'From a league you follow', item_ids: [] }
  const suggestion = { id: 'f1', kind: 'pick', score: 1, reason, rank_id: 'r1', card: {} }
  const asked = hub({
    ...board(fixture('f1')),
    'GET /recommendations': { data: [suggestion], degraded: null, model_version: 'v', rank_id: 'r1' },
    'POST /feed/hide': 204,
  })
  await showApp('/picks?league=for-you')
  expect(await screen.findByText('From a league you follow')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'About this suggestion' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Less like this' }))
  await waitFor(() => expect(screen.queryByText('From a league you follow')).not.toBeInTheDocument())
  expect(asked.find(({ path }) => path === '/feed/hide')?.body).toMatchObject({
    kind: 'pick',
    item_id: 'f1',
    rank_id: 'r1',
    surface: 'picks',
  })
})

test('the board breaks no rule of access', async () => {
  hub(board(fixture('f1'), fixture('f2', { kickoff_at: '2026-11-22T15:00:00Z' })))
  const { container } = await showApp('/picks')
  await screen.findAllByRole('button', { name: '1, Arsenal' })
  expect(await faults(container)).toEqual([])
})
