import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'

import { session } from '@/lib/session'
import { hub, MARA } from '@/test/hub'
import { faults, show } from '@/test/render'

import { ReportedScreen } from './ReportedScreen'

const ofTalk = {
  id: 'p1',
  room: 'talk',
  room_title: '',
  message_id: 'm7',
  seq: 7,
  at: '2026-11-20T19:33:00Z',
  author_name: 'Ben Okafor',
  evidence: { body: 'rude words' },
  reason: 'harassment',
  note: 'About my sister',
}
const ofRoom = {
  ...ofTalk,
  id: 'p2',
  room_title: 'First team',
  evidence: { body: '', attachments: [{ name: 'boots.jpg' }], card: null },
}

async function stage({ isOperator = true } = {}) {
  let open = [ofTalk, ofRoom]
  const asked = hub({
    'GET /rooms/reports': () => ({ data: open }),
    'POST /rooms/reports/p1/resolve': () => {
      open = [ofRoom]
      return ofTalk
    },
  })
  const member = { ...MARA, is_admin: isOperator }
  act(() => session.state.set({ status: 'member', member, stale: false }))
  return { ...(await show(<ReportedScreen />)), asked, user: userEvent.setup() }
}

test('an operator sees what waits in all talks, with what was said and where', async () => {
  const { asked } = await stage()
  const line = within((await screen.findByText('rude words')).closest('li') ?? document.body)
  expect(line.getByText('In a talk without a club')).toBeVisible()
  expect(line.getByText(/About my sister/)).toBeVisible()
  expect(screen.getByText('First team')).toBeVisible()
  expect(screen.getByText('boots.jpg')).toBeVisible()
  expect(asked.find(({ path }) => path === '/rooms/reports')?.query.has('room_id')).toBe(false)
  expect(await faults()).toEqual([])
})

test('she settles it there, and it is gone', async () => {
  const { asked, user } = await stage()
  const line = within((await screen.findByText('rude words')).closest('li') ?? document.body)
  await user.click(line.getByRole('button', { name: 'Delete message' }))
  await waitFor(() => expect(screen.queryByText('rude words')).not.toBeInTheDocument())
  expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({ outcome: 'removed' })
  expect(screen.getByText('boots.jpg')).toBeVisible()
})

test('who does not run the hub is told so, and nothing is asked for', async () => {
  const { asked } = await stage({ isOperator: false })
  expect(await screen.findByRole('heading', { name: 'Not for you' })).toBeVisible()
  expect(asked.filter(({ path }) => path === '/rooms/reports')).toEqual([])
})
