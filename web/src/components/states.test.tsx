import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'

import { announce, toast, toasts } from '@/lib/announce'
import { Problem } from '@/lib/api/problem'
import { faults, show } from '@/test/render'

import { Avatar } from './Avatar'
import { CountBadge } from './Badge'
import { ConnectionChip } from './ConnectionChip'
import { Crest } from './Crest'
import { DRAWINGS, type Drawing } from './drawings'
import { EmptyState, ErrorState } from './EmptyState'
import { LeaderboardRow } from './LeaderboardRow'
import { Loaded } from './Loaded'
import { NewPill } from './NewPill'
import { Page, PageHeader } from './Page'
import { SmartImage } from './SmartImage'
import { Countdown } from './Time'
import { LiveRegion, Toasts } from './Toasts'

const query = <T,>(rest: { data?: T; error?: unknown; isPending?: boolean }) => ({
  data: undefined,
  error: undefined,
  isPending: false,
  refetch: vi.fn(),
  ...rest,
})

test('loading says so once, to those who listen', async () => {
  await show(
    <Loaded query={query({ isPending: true })} skeleton={<i>bones</i>}>
      {() => null}
    </Loaded>,
  )
  expect(screen.getByRole('status')).toHaveTextContent('Loading')
})

test('an error is the sentence of the hub, with another try', async () => {
  const failed = query({ error: new Problem({ status: 503, detail: 'The hub is restarting.' }) })
  await show(
    <Loaded query={failed} skeleton={null}>
      {() => null}
    </Loaded>,
  )
  expect(screen.getByRole('alert')).toHaveTextContent('The hub is restarting.')
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(failed.refetch).toHaveBeenCalledOnce()
})

test('what is closed to the member is not offered again', async () => {
  await show(
    <ErrorState error={new Problem({ status: 403, detail: 'Members only.' })} onRetry={() => undefined} />,
  )
  expect(screen.queryByRole('button')).not.toBeInTheDocument()
})

test('an empty list is an invitation, a full one is itself', async () => {
  const list = (data: string[]) => (
    <Loaded
      query={query({ data })}
      skeleton={null}
      empty={<EmptyState drawing="chat" title="No rooms yet" />}
    >
      {(rooms) => <p>{rooms.join()}</p>}
    </Loaded>
  )
  await show(
    <>
      {list([])}
      {list(['First team'])}
    </>,
  )
  expect(screen.getByRole('heading', { name: 'No rooms yet' })).toBeVisible()
  expect(screen.getByText('First team')).toBeVisible()
})

test('what is on screen stays when a later fetch fails', async () => {
  await show(
    <Loaded query={query({ data: 'kept', error: Problem.offline() })} skeleton={null}>
      {(words) => <p>{words}</p>}
    </Loaded>,
  )
  expect(screen.getByText('kept')).toBeVisible()
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

test.each(Object.keys(DRAWINGS) as Drawing[])('the drawing %s is silent', async (drawing) => {
  await show(<EmptyState drawing={drawing} title="Nothing" />)
  expect(await faults()).toEqual([])
})

test('a good line is quiet, a lost one says how much waits', async () => {
  await show(
    <>
      <ConnectionChip status="live" />
      <ConnectionChip status="offline" queued={2} />
    </>,
  )
  expect(screen.queryByText('Live')).not.toBeInTheDocument()
  expect(screen.getByText('Offline')).toBeVisible()
  expect(screen.getByText('2 waiting')).toBeVisible()
})

test('a count is heard in words and stops at 99', async () => {
  await show(<CountBadge count={128} label="128 unread" />)
  expect(screen.getByText('99+')).toBeVisible()
  expect(screen.getByText('128 unread')).toBeInTheDocument()
})

test('no count, no badge', async () => {
  const { container } = await show(<CountBadge count={0} label="0 unread" />)
  expect(container).toHaveTextContent('')
})

test('a crest and a face are drawn from the name when there is no picture', async () => {
  const { container } = await show(
    <>
      <Crest name="Riverside FC" />
      <Avatar person={{ name: 'Mara Aldén' }} />
    </>,
  )
  expect([...container.querySelectorAll('text')].map((text) => text.textContent)).toEqual(['RF', 'MA'])
})

test('a picture that is lost leaves its words', async () => {
  await show(<SmartImage src="/lost.jpg" alt="Under-14s in the mud" />)
  act(() => screen.getByRole('img').dispatchEvent(new Event('error')))
  expect(screen.getByText('Under-14s in the mud')).toBeVisible()
})

test('a countdown tells once that it is over', async () => {
  const onOver = vi.fn()
  await show(<Countdown to={Date.now() - 1000} onOver={onOver} />)
  expect(screen.getByRole('timer')).toHaveTextContent('0 s')
  expect(onOver).toHaveBeenCalledOnce()
})

test('the new is shown when it is asked for', async () => {
  const onShow = vi.fn()
  await show(<NewPill count={3} onShow={onShow} />)
  await userEvent.click(screen.getByRole('button', { name: '3 new for you' }))
  expect(onShow).toHaveBeenCalledOnce()
})

test('my own row of the table says you', async () => {
  const member = { name: 'Mara Aldén', handle: 'mara' }
  await show(
    <ol>
      <LeaderboardRow entry={{ rank: 2, points: 137, moved: 3, member, is_me: true }} />
    </ol>,
  )
  expect(screen.getByRole('link', { name: 'You' })).toHaveAttribute('href', '/m/mara')
  expect(screen.getByText('up 3')).toBeVisible()
  expect(await faults()).toEqual([])
})

test('a page names its window and holds its one main part', async () => {
  await show(
    <Page title="Chat">
      <PageHeader title="Chat" back />
    </Page>,
  )
  expect(document.title).toBe('Chat · ClubHoloHub')
  expect(screen.getByRole('main')).toHaveAttribute('id', 'main')
  expect(screen.getByRole('button', { name: 'Back' })).toBeVisible()
})

test('words said politely are on the page for those who listen', async () => {
  await show(<LiveRegion />)
  act(() => announce('Message sent'))
  expect(screen.getByText('Message sent')).toBeInTheDocument()
})

test('a toast offers its way back and leaves when it is taken', async () => {
  const undo = vi.fn()
  await show(<Toasts />)
  act(() => void toast('Deleted', { action: { label: 'Undo', run: undo } }))
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(undo).toHaveBeenCalledOnce()
  expect(toasts.get()).toEqual([])
})
