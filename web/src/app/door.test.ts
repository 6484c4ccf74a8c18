import { expect, test } from 'vitest'

import { session } from '@/lib/session'

import { membersOnly, safeNext, settled, strangersOnly } from './door'

const member = { id: 'm1', handle: 'mara', name: 'Mara' }
const as = (status: 'opening' | 'anonymous' | 'member') =>
  session.state.set(status === 'member' ? { status, member, stale: false } : { status })

test.each([
  ['/chat/r1?x=1', '/chat/r1?x=1'],
  ['https://else.example', '/'],
  ['//else.example', '/'],
  ['/\\else.example', '/'],
  ['javascript:alert(1)', '/'],
  [undefined, '/'],
])('after signing in, %s leads to %s', (next, expected) => {
  expect(safeNext(next)).toBe(expected)
})

test('a stranger is led to the door, and back afterwards', async () => {
  as('anonymous')
  await expect(membersOnly({ location: { href: '/chat' } })).rejects.toMatchObject({
    options: { to: '/sign-in', search: { next: '/chat' } },
  })
})

test('a member passes, and does not stand at the door again', async () => {
  as('member')
  await membersOnly({ location: { href: '/chat' } })
  await expect(strangersOnly({ search: { next: '/picks' } })).rejects.toMatchObject({
    options: { to: '/picks' },
  })
})

test('while it is not known who is there, everyone waits', async () => {
  as('opening')
  const known = settled()
  as('anonymous')
  expect((await known).status).toBe('anonymous')
})
