import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'

import { serverClock } from '@/lib/clock'
import { notificationsCounted } from '@/lib/queries/me'
import { faults, showApp } from '@/test/app'
import { hub, refusal, type Replies } from '@/test/hub'

import { byStretch, showsEvent } from './days'
import type { Notification } from './queries'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const club = { id: 'c1', slug: 'riverside-fc', name: 'Riverside FC', hue: 152 }
const jonas = { id: 'm2', handle: 'jonas', name: 'Jonas Lind', hue: 262, avatar_url: null }
const note = (id: string, over: Partial<Notification> = {}): Notification => ({
  id,
  kind: 'message',
  text: `Jonas Lind sent you a message (${id})`,
  detail: 'no pressure',
  link: '/chat/r1',
  subject_id: 'r1',
  club: null,
  actors: [jonas],
  count: 1,
  at: '2026-11-21T11:00:00Z',
  seen: false,
  read: false,
  ...over,
})
const planned = note('n2', {
  kind: 'event_scheduled',
  text: 'Riverside FC planned Kit wash',
  link: '/e/e1',
  subject_id: 'e1',
  club,
})
const event = {
  id: 'e1',
  title: 'Kit wash',
  club,
  starts_at: '2026-11-22T17:00:00Z',
  ends_at: '2026-11-22T18:00:00Z',
  tzid: 'Europe/Stockholm',
  place: 'The clubhouse',
  capacity: 12,
  going: 3,
  maybe: 0,
  waiting: 0,
  status: 'scheduled',
  my_answer: null,
}

async function open(list: Notification[], replies: Replies = {}) {
  vi.spyOn(serverClock, 'now').mockReturnValue(NOW)
  const counts = { unread: 1, unseen: 0 }
  const asked = hub({
    'GET /notifications': { data: list, page: { next: null } },
    'POST /notifications/seen': counts,
    'PUT /notifications/n1/read': counts,
    'PUT /notifications/n2/read': counts,
    'GET /events/e1': event,
    ...replies,
  })
  return { ...(await showApp('/notifications')), asked }
}

test('what is new stands under its day, and the hub is told that it was seen, once', async () => {
  const { asked } = await open([
    note('n1'),
    note('n0', { at: '2026-11-20T11:00:00Z', read: true, seen: true }),
  ])
  expect(await screen.findByRole('heading', { name: 'Today' })).toBeVisible()
  expect(screen.getByRole('heading', { name: 'Yesterday' })).toBeVisible()
  await waitFor(() => expect(asked.filter(({ path }) => path.endsWith('/seen'))).toHaveLength(1))
})

test('opening one leads to what it is about and takes its dot', async () => {
  const { router, asked } = await open([note('n1')])
  await userEvent.click(await screen.findByRole('link', { name: /Jonas Lind sent you/ }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/chat/r1'))
  expect(asked.some(({ method, path }) => method === 'PUT' && path === '/notifications/n1/read')).toBe(true)
})

test('a dot goes at once and comes back when the hub could not be reached', async () => {
  let answer: (reply: Response) => void = () => undefined
  const late = new Promise<Response>((resolve) => (answer = resolve))
  await open([note('n1')], { 'PUT /notifications/n1/read': () => late })
  await userEvent.click(await screen.findByRole('button', { name: 'Mark as read' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Mark as read' })).not.toBeInTheDocument())
  answer(refusal(503, { detail: 'Later.' }))
  expect(await screen.findByRole('button', { name: 'Mark as read' })).toBeVisible()
})

test('all are read with one press', async () => {
  const { asked } = await open([note('n1'), note('n3')], {
    'POST /notifications/read-all': { unread: 0, unseen: 0 },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Mark all read' }))
  await waitFor(() => expect(screen.queryAllByRole('button', { name: 'Mark as read' })).toHaveLength(0))
  expect(asked.some(({ path }) => path === '/notifications/read-all')).toBe(true)
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Mark all read' })).not.toBeInTheDocument())
})

test('an event is answered where its news stands, and that reads the news', async () => {
  let mine: object | null = null
  const { asked } = await open([planned], {
    'PUT /events/e1/answer': () => (mine = { answer: 'yes', standing: 'going', guests: 0 }),
    'GET /events/e1': () => ({ ...event, my_answer: mine }),
  })
  const pills = within(await screen.findByRole('group', { name: 'Your answer to Kit wash' }))
  await userEvent.click(pills.getByRole('button', { name: 'Going' }))
  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'Going' })).toHaveAttribute('aria-pressed', 'true'),
  )
  await waitFor(() =>
    expect(asked.find(({ path }) => path === '/events/e1/answer')?.body).toMatchObject({ answer: 'yes' }),
  )
  expect(asked.some(({ path }) => path === '/notifications/n2/read')).toBe(true)
})

test('an event that is gone leaves its words', async () => {
  await open([{ ...planned, detail: 'Sun 22 Nov, 18:00' }], { 'GET /events/e1': undefined })
  expect(await screen.findByText('Sun 22 Nov, 18:00')).toBeVisible()
})

test('unread alone are asked for, and none of them is good news', async () => {
  const { asked } = await open([note('n1')], {
    'GET /notifications': ({ query }: { query: URLSearchParams }) => ({
      data: query.get('unread_only') === 'true' ? [] : [note('n1')],
      page: { next: null },
    }),
  })
  await userEvent.click(await screen.findByRole('radio', { name: /Unread/ }))
  expect(await screen.findByText('Nothing unread')).toBeVisible()
  expect(asked.at(-1)?.query.get('unread_only')).toBe('true')
})

test('what comes over the wire comes into the open centre', async () => {
  const list = [note('n1')]
  const { cache } = await open(list)
  await screen.findByText(/\(n1\)/)
  list.unshift(note('n9'))
  notificationsCounted(cache, { unread: 3 })
  expect(await screen.findByText(/\(n9\)/)).toBeVisible()
})

test('the centre breaks no rule of access', async () => {
  const { container } = await open([planned, note('n1')])
  await screen.findByRole('group', { name: 'Your answer to Kit wash' })
  expect(await faults(container)).toEqual([])
})

test('neighbours of one stretch stand together', () => {
  const at = (id: string, day: string) => note(id, { at: `2026-11-${day}T12:00:00Z` })
  const days = byStretch(
    [at('a', '21'), at('b', '21'), at('c', '20'), at('d', '17'), at('e', '01')],
    NOW,
    'UTC',
  )
  expect(days.map(({ day, list }) => [day, list.length])).toEqual([
    ['today', 2],
    ['yesterday', 1],
    ['week', 1],
    ['earlier', 1],
  ])
})

test('the event stands under fresh or unread news of it only', () => {
  expect(showsEvent(planned, NOW)).toBe(true)
  expect(showsEvent({ ...planned, read: true, at: '2026-10-01T00:00:00Z' }, NOW)).toBe(false)
  expect(showsEvent(note('n1'), NOW)).toBe(false)
})

test('news of a badge leads to the shelf it stands on', async () => {
  await open([
    note('n1', { kind: 'badge', text: 'You earned a badge: Clairvoyant', link: '/m/mara', club: null }),
  ])
  expect(await screen.findByRole('link', { name: 'You earned a badge: Clairvoyant' })).toHaveAttribute(
    'href',
    '/m/mara#badges',
  )
})
