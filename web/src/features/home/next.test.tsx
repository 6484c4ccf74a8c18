import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'

import { faults, showApp } from '@/test/app'
import { hub, ME } from '@/test/hub'

const narrow = window.matchMedia
const HOUR = 3_600_000
const soon = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()

const event = (id: string, title: string, hours: number, rest = {}) => ({
  id,
  series_id: 's',
  club: ME.clubs[0],
  title,
  starts_at: soon(hours),
  ends_at: soon(hours + 1.5),
  starts_local: soon(hours).slice(0, 19),
  tzid: 'UTC',
  place: 'Pitch 4',
  capacity: 20,
  going: 4,
  maybe: 0,
  waiting: 0,
  guests_allowed: false,
  answers_close_at: soon(hours),
  status: 'scheduled',
  repeats: false,
  visibility: 'club',
  my_answer: null,
  created_at: soon(-99),
  version: 1,
  lat: null,
  lon: null,
  ...rest,
})
const going = { answer: 'yes', standing: 'going', guests: 0, note: '', answered_at: soon(-1) }

const COMING = [
  event('over', 'Early run', -3),
  event('off', 'Called off', 1, { status: 'cancelled' }),
  event('e1', 'Training', 2),
  event('e2', 'Away match', 26, { my_answer: going }),
  event('e3', 'Summer party', 50),
]

/** Home, in a window as wide as is said. */
async function home(events: unknown, { isWide = false } = {}) {
  vi.spyOn(window, 'matchMedia').mockImplementation((media) => ({
    ...narrow(media),
    matches: isWide && media === '(min-width: 80rem)',
  }))
  const asked = hub({
    'GET /feed': { data: [], page: { next: null }, degraded: null },
    'GET /fixtures': { data: [], page: { next: null } },
    'GET /clubs/riverside-fc/leaderboard': { data: [], me: null },
    'GET /clubs/c1/leaderboard': { data: [], me: null },
    'GET /events': events,
    'PUT /events/e1/answer': going,
  })
  await showApp('/')
  await waitFor(() => expect(asked.some(({ path }) => path === '/events')).toBe(true))
  const beside = await screen.findByRole('complementary')
  return { asked, feed: screen.getByRole('tabpanel'), beside, user: userEvent.setup() }
}

const titles = (where: HTMLElement) =>
  within(where)
    .queryAllByRole('heading', { level: 3 })
    .map(({ textContent }) => textContent)

test('on a phone the next date stands above the feed: no other, none that is over or called off', async () => {
  const { asked, feed } = await home({ data: COMING, complete: true })
  await waitFor(() => expect(titles(feed)[0]).toBe('Training'))
  expect(titles(feed)).not.toContain('Away match')
  expect(within(feed).getByRole('heading', { name: 'Next up' })).toBeVisible()
  expect(within(feed).getByRole('link', { name: 'Calendar' })).toHaveAttribute('href', '/calendar')
  const { query } = asked.find(({ path }) => path === '/events') ?? {}
  expect(query?.get('mine')).toBe('true')
  expect(await faults()).toEqual([])
})

test('it is answered where it stands', async () => {
  const { asked, feed, user } = await home({ data: COMING, complete: true })
  const answer = await within(feed).findByRole('group', { name: /Training/ })
  await user.click(within(answer).getByRole('button', { name: 'Going' }))
  await waitFor(() =>
    expect(asked.find(({ method }) => method === 'PUT')?.body).toMatchObject({
      answer: 'yes',
      surface: 'calendar',
    }),
  )
})

test('on a phone nothing is said where nothing comes, and where the hub cannot say', async () => {
  const none = await home({ data: [], complete: true })
  expect(await within(none.beside).findByText(/Nothing/)).toBeInTheDocument()
  expect(within(none.feed).queryByRole('heading', { name: 'Next up' })).not.toBeInTheDocument()
  const broken = await home(undefined)
  await waitFor(() =>
    expect(within(broken.feed).queryByRole('heading', { name: 'Next up' })).not.toBeInTheDocument(),
  )
})

test('in a wide window the next two stand beside the feed, and are not said twice', async () => {
  const { feed, beside } = await home({ data: COMING, complete: true }, { isWide: true })
  await waitFor(() => expect(titles(beside)).toEqual(['Training', 'Away match']))
  expect(within(feed).queryByRole('heading', { name: 'Next up' })).not.toBeInTheDocument()
  expect(within(beside).queryByRole('group', { name: /Away match/ })).not.toBeInTheDocument()
})
