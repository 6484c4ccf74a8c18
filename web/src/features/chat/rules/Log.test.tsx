import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { faults } from '@/test/render'

import { Log } from './Log'
import { roomOf, stage } from './stage'

const deed = {
  room: 'r1',
  by: 'm1',
  by_name: 'Mara',
  member_id: null,
  message_id: null,
  why: '',
  details: {},
}
const barredBen = {
  ...deed,
  id: 'd2',
  what: 'barred',
  member_id: 'b1',
  why: 'It was the third time.',
  details: { until: '2126-11-20T12:00:00Z', whole_club: false },
  at: '2026-11-20T12:02:00Z',
}
const deleted = {
  ...deed,
  id: 'd1',
  what: 'deleted',
  member_id: 'b1',
  message_id: 'm7',
  why: 'Rude',
  at: '2026-11-20T12:01:00Z',
}
const words = {
  message: 'm7',
  author_name: 'Ben',
  body: 'rude words',
  by_name: 'Mara',
  reason: 'Rude',
  moderated: true,
  deleted_seq: 9,
  at: '2026-11-20T12:01:00Z',
}
const own = {
  ...words,
  message: 'm6',
  body: 'a slip',
  reason: '',
  by_name: 'Ben',
  moderated: false,
  deleted_seq: 8,
}

test('acts and deletions are told in one list, with why and what was said', async () => {
  await stage(<Log room={roomOf()} onClose={vi.fn()} />, {
    'GET /rooms/r1/audit': { data: [barredBen, deleted], page: { next: null } },
    'GET /rooms/r1/deletions': { data: [words, { ...own, at: '2026-11-20T12:00:00Z' }] },
    'GET /people': { data: [{ id: 'b1', handle: 'ben', name: 'Ben Okafor' }] },
  })
  const sheet = await screen.findByRole('dialog', { name: 'What moderators did' })
  await within(sheet).findByText('Mara barred Ben Okafor')
  const lines = within(sheet).getAllByRole('listitem')
  expect(lines[0]).toHaveTextContent(/Until it is taken back.*It was the third time\./)
  expect(lines[1]).toHaveTextContent(/Mara deleted a message by Ben.*Rude.*rude words/)
  expect(lines[2]).toHaveTextContent(/Ben deleted an own message.*a slip/)
  expect(lines).toHaveLength(3)
  expect(await faults()).toEqual([])
})

test('older acts are a step away', async () => {
  const { user } = await stage(<Log room={roomOf()} onClose={vi.fn()} />, {
    'GET /rooms/r1/audit': ({ query }: { query: URLSearchParams }) =>
      query.get('cursor') === 'older'
        ? {
            data: [
              { ...deed, id: 'd0', what: 'slowed', details: { seconds: 30 }, at: '2026-11-19T12:00:00Z' },
            ],
            page: {},
          }
        : { data: [deleted], page: { next: 'older' } },
    'GET /rooms/r1/deletions': { data: [] },
    'GET /people': { data: [] },
  })
  await user.click(await screen.findByRole('button', { name: 'Show older' }))
  expect(await screen.findByText('Mara set slow mode to 30 seconds')).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Show older' })).toBeNull()
})

test('a room in which nothing was moderated says so', async () => {
  await stage(<Log room={roomOf()} onClose={vi.fn()} />, {
    'GET /rooms/r1/audit': { data: [], page: {} },
    'GET /rooms/r1/deletions': { data: [] },
  })
  expect(await screen.findByText('Nothing was moderated or deleted here.')).toBeVisible()
})
