import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'

import { outbox } from '@/lib/chat/outbox'
import type { Room } from '@/lib/queries/rooms'
import { hub, MARA } from '@/test/hub'
import { faults, show } from '@/test/render'

import { Reports } from './Reports'
import { Scene, type SceneValue } from './scene'

const room = { id: 'r1', title: 'First team', kind: 'club', role: 'moderator' } as unknown as Room
const report = {
  id: 'p1',
  room: 'r1',
  message_id: 'm7',
  seq: 7,
  author_name: 'Ben Okafor',
  evidence: { body: 'rude words' },
  reason: 'harassment',
  note: 'About my sister',
}

async function stage() {
  const jump = vi.fn()
  let open = [report]
  const asked = hub({
    'GET /rooms/reports': () => ({ data: open }),
    'POST /rooms/reports/p1/resolve': () => {
      open = []
      return report
    },
  })
  const scene = { room, me: MARA, acts: { jump } } as unknown as SceneValue
  const shown = await show(
    <Scene value={scene}>
      <Reports room={room} />
    </Scene>,
  )
  await screen.findByText('rude words')
  const settled = () => asked.find(({ method }) => method === 'POST')?.body
  return { ...shown, settled, jump, user: userEvent.setup() }
}

beforeEach(() => outbox.entries.set([]))

test('a report is settled in one go: the hub deletes the message with it', async () => {
  const { settled, user } = await stage()
  expect(await faults()).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Delete message' }))
  await waitFor(() => expect(settled()).toMatchObject({ outcome: 'removed' }))
  await waitFor(() => expect(screen.queryByText('rude words')).not.toBeInTheDocument())
  expect(outbox.entries.get()).toEqual([])
})

test('what is kept is dismissed, and what was said is a step away', async () => {
  const { settled, jump, user } = await stage()
  await user.click(screen.getByRole('button', { name: 'Show' }))
  expect(jump).toHaveBeenCalledWith(7)
  await user.click(screen.getByRole('button', { name: 'Leave it' }))
  await waitFor(() => expect(settled()).toMatchObject({ outcome: 'dismissed' }))
})
