import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'

import { pieces } from '@/components/Marked'
import { faults, showApp } from '@/test/app'
import { hub, refusal, type Asked, type Replies } from '@/test/hub'

import { foundGroups, openingGroups, stepped } from './options'
import { forgetSearches, recentSearches, rememberSearch } from './recent'

const club = { id: 'c2', slug: 'night-runners', name: 'Night Runners', hue: 262 }
const ruth = { id: 'm2', handle: 'ruth', name: 'Ruth Abebe', hue: 75, avatar_url: null }
const found = (kind: string, title: string, over: object = {}) => ({
  kind,
  id: `${kind}-1`,
  title,
  marks: [],
  link: `/c/${title}`,
  hue: null,
  club: null,
  person: null,
  starts_at: null,
  poster_url: null,
  ...over,
})
const person = found('person', 'Ruth Abebe', { marks: [[0, 2]], link: '/m/ruth', person: ruth })
const theClub = found('club', 'Night Runners', { marks: [[6, 8]], link: '/c/night-runners', club })
const groups = [
  { kind: 'person', suggestions: [person] },
  { kind: 'club', suggestions: [theClub] },
]
// A mark parts a name in two for this DOM; browsers join it again.
const RUTH = /Ru ?th Abebe/
const RUNNERS = /Night Ru ?nners/
const hit = (each: object, excerpt = '') => ({
  ...each,
  excerpt,
  excerpt_marks: [],
  at: '2026-11-20T12:00:00Z',
})
const results = (over: object = {}) => ({
  data: [hit(person), hit(theClub, 'Running after dark')],
  page: { next: null },
  counts: { person: 1, club: 1 },
  total: 2,
  guessed: false,
  ...over,
})

async function openPalette(replies: Replies = {}) {
  const asked = hub({ 'GET /search/suggest': { groups }, 'GET /search': results(), ...replies })
  const shown = await showApp('/notifications')
  await userEvent.keyboard('{Control>}k{/Control}')
  const box = await screen.findByRole('combobox')
  return { ...shown, asked, box }
}
const suggested = (asked: Asked[]) => asked.filter(({ path }) => path === '/search/suggest')

test('what is typed is asked for once it stands still, and shown by kind', async () => {
  const { asked, box } = await openPalette()
  await userEvent.type(box, 'ru')
  const people = within(await screen.findByRole('group', { name: 'People' }))
  expect(people.getByRole('option', { name: RUTH })).toBeVisible()
  expect(screen.getByRole('group', { name: 'Clubs' })).toBeVisible()
  expect(suggested(asked).map(({ query }) => query.get('q'))).toEqual(['ru'])
})

test('what was said in her rooms stands among it, and opens at its place', async () => {
  const said = {
    id: 'msg1',
    room: 'r1',
    room_title: 'First team',
    seq: 42,
    thread: null,
    author_id: 'm2',
    author_name: 'Ruth Abebe',
    at: '2026-11-20T12:00:00Z',
    excerpt: 'bring running shoes',
    marks: [[6, 9]],
    attachments: 0,
  }
  const answer = { data: [said], page: { next: null }, total: 1, guessed: false }
  const { box, router, asked } = await openPalette({ 'GET /chat/search': answer })
  await userEvent.type(box, 'run')
  const messages = within(await screen.findByRole('group', { name: 'Messages' }))
  const option = messages.getByRole('option', { name: /bring run ?ning shoes/ })
  expect(option).toHaveTextContent('Ruth Abebe, First team')
  expect(asked.find(({ path }) => path === '/chat/search')?.query.get('q')).toBe('run')
  await userEvent.click(option)
  await waitFor(() => expect(router.state.location.pathname).toBe('/chat/r1'))
  expect(router.state.location.search).toMatchObject({ at: 42 })
})

test('what matched is marked', async () => {
  const { box } = await openPalette()
  await userEvent.type(box, 'ru')
  await screen.findByRole('group', { name: 'People' })
  expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Ru', 'Ru'])
})

test('arrows point at one after the other, Enter goes there, and the words are remembered', async () => {
  const { box, router } = await openPalette()
  await userEvent.type(box, 'ru')
  const option = await screen.findByRole('option', { name: RUTH })
  await userEvent.keyboard('{ArrowDown}')
  expect(option).toHaveAttribute('aria-selected', 'true')
  expect(box).toHaveAttribute('aria-activedescendant', option.id)
  expect(box).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/m/ruth'))
  expect(recentSearches('m1')).toEqual(['ru'])
})

test('Enter without a choice opens all results', async () => {
  const { box, router } = await openPalette()
  await userEvent.type(box, 'run{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/search'))
  expect(router.state.location.search).toEqual({ q: 'run' })
})

test('before anything is typed stand my last searches, and they can be forgotten', async () => {
  rememberSearch('m1', 'frost loop')
  const { box } = await openPalette()
  await userEvent.click(screen.getByRole('option', { name: 'frost loop' }))
  expect(box).toHaveValue('frost loop')
  await userEvent.clear(box)
  await userEvent.click(screen.getByRole('button', { name: 'Forget all' }))
  expect(screen.queryByRole('group', { name: 'Recent' })).not.toBeInTheDocument()
  expect(screen.getByRole('option', { name: 'Calendar' })).toBeVisible()
})

test('a search that does not answer says so and still leads to the results', async () => {
  const { box } = await openPalette({ 'GET /search/suggest': () => refusal(429, { detail: 'Slowly.' }) })
  await userEvent.type(box, 'ru')
  expect(await screen.findByText(/Enter still opens the results/)).toBeVisible()
  expect(screen.getByRole('option', { name: /See everything/ })).toBeVisible()
})

test('the palette breaks no rule of access', async () => {
  const { box } = await openPalette()
  await userEvent.type(box, 'ru')
  await screen.findByRole('group', { name: 'People' })
  expect(await faults()).toEqual([])
})

test('results have a tab per kind with its count, and the kind stays in the address', async () => {
  const asked = hub({ 'GET /search': results() })
  const { router, container } = await showApp('/search?q=run')
  expect(await screen.findByRole('link', { name: RUNNERS })).toHaveAttribute('href', '/c/night-runners')
  expect(screen.getByText('Running after dark')).toBeVisible()
  expect(await faults(container)).toEqual([])
  await userEvent.click(screen.getByRole('tab', { name: /Clubs\s*1/ }))
  expect(router.state.location.search).toEqual({ q: 'run', kind: 'club' })
  await waitFor(() => expect(asked.at(-1)?.query.getAll('kinds')).toEqual(['club']))
})

test('a short post is shown by its words, other things once by their name', async () => {
  const post = hit(found('post', 'Found a glove', { link: '/p/p1', person: ruth }), 'Found a glove')
  hub({ 'GET /search': results({ data: [post, hit(theClub, 'Night Runners')] }) })
  await showApp('/search?q=glove')
  expect(await screen.findByText('Found a glove')).toBeVisible()
  expect(screen.getByText('Ruth Abebe')).toBeVisible()
  expect(screen.queryByText('Night Runners')).not.toBeInTheDocument()
})

test('a guess is called a guess, and nothing is called nothing', async () => {
  hub({ 'GET /search': results({ guessed: true }) })
  await showApp('/search?q=rivrside')
  expect(await screen.findByText(/This comes closest/)).toBeVisible()
  hub({ 'GET /search': results({ data: [], counts: {}, total: 0 }) })
  await showApp('/search?q=zzz')
  expect(await screen.findByText('Nothing found for “zzz”')).toBeVisible()
})

test('words typed on the page become its address', async () => {
  hub({ 'GET /search': results() })
  const { router } = await showApp('/search')
  await userEvent.type(await screen.findByRole('textbox'), 'oak')
  await waitFor(() => expect(router.state.location.search).toEqual({ q: 'oak' }))
})

test('marks count letters as people see them', () => {
  expect(pieces('🏃 run', [[2, 5]])).toEqual([
    { text: '🏃 ', marked: false },
    { text: 'run', marked: true },
  ])
  expect(pieces('run', [])).toEqual([{ text: 'run', marked: false }])
})

test('past the last option comes the box again, and before the first the last', () => {
  expect(stepped(-1, 1, 3)).toBe(0)
  expect(stepped(2, 1, 3)).toBe(-1)
  expect(stepped(-1, -1, 3)).toBe(2)
})

test('the way to everything is always the last option', () => {
  expect(foundGroups('x', []).flatMap(({ options }) => options)).toMatchObject([{ type: 'everything' }])
  expect(openingGroups(['a']).map(({ key }) => key)).toEqual(['recent', 'go'])
})

test('each search is remembered once, the newest first, for one member alone', () => {
  for (const words of ['a', 'b', 'A', '  ']) rememberSearch('m1', words)
  expect(recentSearches('m1')).toEqual(['A', 'b'])
  expect(recentSearches('m2')).toEqual([])
  forgetSearches('m1')
  expect(recentSearches('m1')).toEqual([])
})

test('a spoilt memory is an empty one', () => {
  localStorage.setItem('searched.m1', '{')
  expect(recentSearches('m1')).toEqual([])
})
