import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'

import { session } from '@/lib/session'
import { faults, showApp } from '@/test/app'
import { soon } from '@/test/events'

import { page } from './example'

const member = { id: 'm1', handle: 'mara', name: 'Mara Aldén' }
const club = { id: 'c1', slug: 'night-runners', name: 'Night Runners', hue: 262, role: 'admin' }
const me = { ...member, clubs: [club], unread_notifications: 0 }
const ahead = { starts_at: soon(48), ends_at: soon(50), answers_close_at: soon(48) }

type Answer = unknown
interface Asked {
  method: string
  path: string
  body: unknown
  headers: Headers
}

/** The hub as seen through fetch: what it was asked, and what it answers by "METHOD /path". */
function hub(replies: Record<string, Answer | ((body: never) => Answer)>) {
  const asked: Asked[] = []
  const all: Record<string, Answer> = { 'GET /me': me, 'GET /rooms': { data: [] }, ...replies }
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    const path = new URL(request.url).pathname.replace('/api/v1', '')
    const text = await request.text()
    const body: unknown = text ? JSON.parse(text) : undefined
    asked.push({ method: request.method, path, body, headers: request.headers })
    const found = all[`${request.method} ${path}`]
    const answer = typeof found === 'function' ? (found as (body: unknown) => unknown)(body) : found
    if (answer instanceof Response) return answer
    const status = answer === undefined ? 404 : 200
    return new Response(JSON.stringify(answer ?? { title: 'Not here', detail: 'Nothing here.' }), { status })
  })
  return asked
}

const writes = (asked: Asked[]) => asked.filter(({ method }) => method !== 'GET')

beforeEach(() => {
  session.state.set({ status: 'member', member } as never)
  vi.spyOn(session, 'freshToken').mockResolvedValue('t')
})

test('an event says what, when and where, and who is coming', async () => {
  hub({ 'GET /events/e1': page(ahead) })
  await showApp('/e/e1')
  expect(await screen.findByRole('heading', { level: 1, name: /Frost Loop/ })).toBeVisible()
  expect(screen.getByText('Old Harbour steps')).toBeVisible()
  expect(screen.getByText('14 of 20 going')).toBeVisible()
  expect(screen.getAllByText('Jonas Lind')[0]).toBeInTheDocument()
  expect(await faults()).toEqual([])
})

test('who said yes opens the talk of those who are coming', async () => {
  const my_answer = {
    answer: 'yes',
    standing: 'going',
    guests: 0,
    note: '',
    answered_at: soon(0),
    position: null,
  }
  const asked = hub({
    'GET /events/e1': page({ ...ahead, my_answer: my_answer as never }),
    'PUT /rooms/of-event/e1': { id: 'r9' },
  })
  const { router } = await showApp('/e/e1')
  await userEvent.click(await screen.findByRole('button', { name: 'Talk to who is coming' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/chat/r9'))
  expect(writes(asked).map(({ path }) => path)).toContain('/rooms/of-event/e1')
})

test('who did not say yes is not offered the talk', async () => {
  hub({ 'GET /events/e1': page(ahead) })
  await showApp('/e/e1')
  await screen.findByRole('heading', { level: 1, name: /Frost Loop/ })
  expect(screen.queryByRole('button', { name: 'Talk to who is coming' })).toBeNull()
})

test('a yes counts at once, and guests with it', async () => {
  let now = page(ahead)
  const asked = hub({
    'GET /events/e1': () => now,
    'PUT /events/e1/answer': ({ guests }: { guests: number }) => {
      const my_answer = {
        answer: 'yes',
        standing: 'going',
        guests,
        note: '',
        answered_at: soon(0),
        position: null,
      }
      now = { ...now, going: 15 + guests, my_answer: my_answer as never }
      const { going, maybe, waiting, capacity } = now
      return { event_id: 'e1', going, maybe, waiting, capacity, my_answer, message: 'You are going.' }
    },
  })
  await showApp('/e/e1')
  await userEvent.click(await screen.findByRole('button', { name: 'Going' }))
  expect(await screen.findByText('15 of 20 going')).toBeVisible()
  await userEvent.click(await screen.findByRole('button', { name: 'One guest more' }))
  await waitFor(() =>
    expect(writes(asked).map(({ body }) => body)).toMatchObject([
      { answer: 'yes', guests: 0, surface: 'event' },
      { answer: 'yes', guests: 1, surface: 'event' },
    ]),
  )
})

test('a place in line is told in words', async () => {
  const mine = { answer: 'yes', standing: 'waiting', guests: 0, note: '', answered_at: soon(0), position: 3 }
  hub({ 'GET /events/e1': page({ ...ahead, going: 20, waiting: 4, my_answer: mine as never }) })
  await showApp('/e/e1')
  expect(await screen.findByText('You are 3rd in line. We ask you in turn.')).toBeVisible()
  expect(screen.getByText('4 in line')).toBeVisible()
})

test('what was called off says why and asks for no answer', async () => {
  hub({ 'GET /events/e1': page({ ...ahead, status: 'cancelled', cancel_reason: 'The ice is back.' }) })
  await showApp('/e/e1')
  expect(await screen.findByText('The ice is back.')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Going' })).not.toBeInTheDocument()
})

test('an event that is not for me has a closed door', async () => {
  hub({})
  await showApp('/e/e9')
  expect(await screen.findByText(/Nothing here/)).toBeVisible()
})

test('those who run it call off this and the following, on the version they saw', async () => {
  const asked = hub({
    'GET /events/e1': page({ ...ahead, may_edit: true, repeats: true }),
    'POST /events/e1/cancel': { event: page(ahead), changed: 4 },
  })
  await showApp('/e/e1')
  await userEvent.click(await screen.findByRole('button', { name: 'For those who run it' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Call it off' }))
  const sheet = await screen.findByRole('dialog')
  await userEvent.click(within(sheet).getByRole('radio', { name: /This and the following/ }))
  await userEvent.type(within(sheet).getByLabelText('Why'), 'Ice')
  await userEvent.click(within(sheet).getByRole('button', { name: 'Call it off' }))
  await waitFor(() => expect(writes(asked)).toHaveLength(1))
  expect(writes(asked)[0]).toMatchObject({ path: '/events/e1/cancel', body: { reason: 'Ice' } })
  expect(writes(asked)[0]?.headers.get('if-match')).toBe('"v3"')
})

const preview = {
  summary: 'Every Tuesday at 19:00, until you stop it.',
  next_dates: [
    {
      local: '2027-03-28T02:30:00',
      utc: '2027-03-28T01:30:00Z',
      ends_utc: '2027-03-28T03:00:00Z',
      note: 'The clocks skip 02:30 on this day, so it starts at 03:30.',
    },
  ],
  dates: 57,
  endless: true,
}

test('the form shows what a rule means, with its clock changes, before anything is stored', async () => {
  const asked = hub({ 'POST /clubs/c1/events/preview': preview })
  await showApp('/schedule')
  await userEvent.selectOptions(await screen.findByLabelText('Repeats'), 'WEEKLY')
  expect(await screen.findByText(preview.summary)).toBeVisible()
  expect(screen.getByText(/The clocks skip 02:30/)).toBeVisible()
  await waitFor(() => expect(JSON.stringify(writes(asked).at(-1)?.body)).toContain('FREQ=WEEKLY;BYDAY='))
  expect(await faults()).toEqual([])
})

test('a new event is sent once, under a key, and its page opens', async () => {
  const first = page({ ...ahead, id: 'e7' })
  const asked = hub({
    'POST /clubs/c1/events/preview': preview,
    'POST /clubs/c1/events': { series: first.series, events: [first], next_dates: [], dates: 1 },
    'GET /events/e7': first,
  })
  const { router } = await showApp('/schedule')
  await userEvent.type(await screen.findByLabelText('What'), 'Frost Loop')
  await userEvent.click(screen.getByRole('button', { name: 'Put it in the calendar' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/e/e7'))
  const sent = writes(asked).filter(({ path }) => path === '/clubs/c1/events')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.body).toMatchObject({
    title: 'Frost Loop',
    rrule: null,
    visibility: 'club',
    capacity: null,
  })
  expect(sent[0]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/)
})

test('a fault of the hub stands at its field', async () => {
  const detail = 'This start has passed already.'
  const refusal = { title: 'Not like this', detail, errors: [{ pointer: '/starts_local', detail }] }
  hub({
    'POST /clubs/c1/events/preview': preview,
    'POST /clubs/c1/events': () => new Response(JSON.stringify(refusal), { status: 422 }),
  })
  await showApp('/schedule')
  await userEvent.type(await screen.findByLabelText('What'), 'Frost Loop')
  await userEvent.click(screen.getByRole('button', { name: 'Put it in the calendar' }))
  await waitFor(() => expect(screen.getByLabelText('Day')).toHaveAccessibleDescription(detail))
  expect(screen.getByLabelText('What')).toHaveValue('Frost Loop')
})

test('a change to a series asks which dates are meant, and sends only the change', async () => {
  const held = page({ ...ahead, may_edit: true, repeats: true })
  const series = { ...held.series, rrule: 'FREQ=WEEKLY;BYDAY=TH', summary: 'Every Thursday at 19:00.' }
  const asked = hub({
    'GET /events/e1': { ...held, series },
    'POST /clubs/c1/events/preview': preview,
    'PATCH /events/e1': { event: held, changed: 1 },
  })
  const { router } = await showApp('/schedule?event=e1')
  const place = await screen.findByLabelText('Where')
  await userEvent.clear(place)
  await userEvent.type(place, 'The other steps')
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }))
  const sheet = await screen.findByRole('dialog')
  expect(within(sheet).getByRole('radio', { name: /Only this date/ })).toBeChecked()
  await userEvent.click(within(sheet).getByRole('button', { name: 'Save changes' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/e/e1'))
  const [sent] = writes(asked).filter(({ method }) => method === 'PATCH')
  expect(sent?.body).toEqual({ place: 'The other steps' })
  expect(sent?.headers.get('if-match')).toBe('"v3"')
})

test('who runs no club is told how to', async () => {
  hub({ 'GET /me': { ...me, clubs: [{ ...club, role: 'member' }] } })
  await showApp('/schedule')
  expect(await screen.findByText('You run no club yet')).toBeVisible()
})
