import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'

import { MemberLine } from './MemberLine'
import type { Roommate } from './queries'
import { roomOf, stage } from './rules/stage'
import { mayOf } from './scene'

const BEN = {
  person: { id: 'b1', handle: 'ben', name: 'Ben Okafor', hue: 152, avatar_url: null },
  role: 'member',
  joined_at: '2026-11-01T12:00:00Z',
  silenced_until: null,
} as Roommate

const UNTIL = { until: '2126-11-20T12:00:00Z' }

test.each([
  ['Silence', 'silence', 'A week', 10_080],
  ['Bar from this room', 'bar', 'An hour', 60],
  ['Bar from this room', 'bar', undefined, null],
])('%s (%s) for %s', async (verb, measure, length, minutes) => {
  const path = `PUT /rooms/r1/members/b1/${measure}`
  const { sent, user } = await stage(<MemberLine mate={BEN} />, { [path]: UNTIL })
  await user.click(screen.getByRole('button', { name: 'More about Ben Okafor' }))
  await user.click(await screen.findByRole('menuitem', { name: verb }))
  const why = await screen.findByRole('dialog', { name: `Ben Okafor: ${verb}` })
  if (length) await user.selectOptions(within(why).getByRole('combobox', { name: 'For how long' }), length)
  await user.type(within(why).getByRole('textbox', { name: 'Why' }), 'The third time')
  expect(within(why).queryByRole('switch')).toBeNull()
  await user.click(within(why).getByRole('button', { name: verb }))
  await waitFor(() =>
    expect(sent()).toEqual([[path, { reason: 'The third time', minutes, whole_club: false }]]),
  )
})

test('who runs the club may mean all its rooms', async () => {
  const { sent, user } = await stage(<MemberLine mate={BEN} />, {
    inClub: 'admin',
    room: roomOf({ role: 'member' }),
    'PUT /rooms/r1/members/b1/bar': UNTIL,
  })
  await user.click(await screen.findByRole('button', { name: 'More about Ben Okafor' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Bar from this room' }))
  await user.type(await screen.findByRole('textbox', { name: 'Why' }), 'The third time')
  await user.click(screen.getByRole('switch', { name: 'In all rooms of the club' }))
  await user.click(screen.getByRole('button', { name: 'Bar from this room' }))
  await waitFor(() => expect(sent()[0]?.[1]).toMatchObject({ whole_club: true, minutes: null }))
})

test('a group is run by its owner, and called by everybody in it', () => {
  const group = (role: 'owner' | 'member') => mayOf(roomOf({ kind: 'group', club_id: null, role }))
  expect(group('owner')).toMatchObject({ moderate: true, own: true, rename: true, ownClub: false })
  expect(group('member')).toMatchObject({ moderate: false, own: false, rename: true })
})

test('nobody runs a talk of two', () => {
  const talk = mayOf(roomOf({ kind: 'direct', club_id: null, role: 'member' }))
  expect(talk).toMatchObject({ moderate: false, own: false, rename: false, leave: false })
})

test('who runs the club keeps all its rooms, whatever she is in them', () => {
  const open = roomOf({ kind: 'public', role: 'member' })
  expect(mayOf(open, 'admin')).toMatchObject({ moderate: true, own: true, ownClub: true })
  expect(mayOf(open)).toMatchObject({ moderate: false, own: false, ownClub: false })
})
