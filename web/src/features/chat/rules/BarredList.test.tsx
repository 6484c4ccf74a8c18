import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'

import { toasts } from '@/lib/announce'
import { faults } from '@/test/render'

import { BarredList } from './BarredList'
import { roomOf, stage } from './stage'

const BEN = { id: 'b1', handle: 'ben', name: 'Ben Okafor', hue: 152, avatar_url: null }
const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString()

test('who is barred is let back in, with a reason for the record', async () => {
  let all = [{ person: BEN, until: days(36_500) }]
  const { sent, user } = await stage(<BarredList room={roomOf()} />, {
    'GET /rooms/r1/barred': () => ({ data: all }),
    'POST /rooms/r1/members/b1/unbar': () => {
      all = []
      return 204
    },
  })
  expect(await screen.findByText('Until it is taken back')).toBeVisible()
  expect(await faults()).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Let back in: Ben Okafor' }))
  const why = await screen.findByRole('dialog', { name: 'Ben Okafor: Let back in' })
  expect(within(why).queryByRole('combobox', { name: 'For how long' })).toBeNull()
  await user.type(within(why).getByRole('textbox', { name: 'Why' }), 'Said sorry')
  await user.click(within(why).getByRole('button', { name: 'Let back in' }))
  expect(await screen.findByText('Nobody is barred.')).toBeVisible()
  expect(sent()).toEqual([['POST /rooms/r1/members/b1/unbar', { reason: 'Said sorry' }]])
  await waitFor(() => expect(toasts.get().at(-1)?.words).toBe('Ben Okafor may come in again.'))
})

test('a bar that ends says when', async () => {
  await stage(<BarredList room={roomOf()} />, {
    'GET /rooms/r1/barred': { data: [{ person: BEN, until: '2027-01-07T12:00:00Z' }] },
  })
  expect(await screen.findByText(/^Until Thu 7 Jan, \d\d:00$/)).toBeVisible()
})
