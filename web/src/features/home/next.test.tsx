import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'

import { faults, showApp } from '@/test/app'
import { eventCard, GOING } from '@/test/events'
import { hub } from '@/test/hub'

const narrow = window.matchMedia

const COMING = [
  eventCard('over', 'Early run', -3),
  eventCard('off', 'Called off', 1, { status: 'cancelled' }),
  eventCard('e1', 'Training', 2),
  eventCard('e2', 'Away match', 26, { my_answer: GOING }),
  eventCard('e3', 'Summer party', 50),
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
    'PUT /events/e1/answer': GOING,
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
