import { expect, test } from 'vitest'

import { asProblem, Problem, readProblem, readRetryAfter } from './problem'

const json = (body: unknown, status: number, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers })

test('a problem carries the sentence a member can read', async () => {
  const problem = await readProblem(json({ type: 'x', detail: 'All 20 seats are taken.' }, 409), 0)
  expect(problem.message).toBe('All 20 seats are taken.')
  expect(problem.status).toBe(409)
})

test('an answer that is not JSON still ends in a sentence', async () => {
  const problem = await readProblem(new Response('<html>bad gateway</html>', { status: 502 }), 0)
  expect(problem.status).toBe(502)
  expect(problem.message).toMatch(/Try again/)
})

test('an answer of null still ends in a sentence', async () => {
  expect((await readProblem(json(null, 500), 0)).message).toMatch(/Try again/)
})

test('a fault is found by the name of its field', () => {
  const problem = new Problem({ errors: [{ pointer: '/body/email', detail: 'Not an address.' }] })
  expect(problem.fault('email')).toBe('Not an address.')
  expect(problem.fault('name')).toBeUndefined()
})

test('a named code wins, and without one the address ends in it', () => {
  expect(new Problem({ type: 'about:blank', code: 'event_full' }).is('event_full')).toBe(true)
  expect(new Problem({ type: 'https://hub.example/problems/event_full' }).is('event_full')).toBe(true)
  expect(new Problem({ type: 'urn:problem:event_full' }).is('event_full')).toBe(true)
  expect(new Problem({ type: 'not_event_full' }).is('event_full')).toBe(false)
})

test('Retry-After is read as seconds and as a date', () => {
  expect(readRetryAfter('7', 0)).toBe(7)
  expect(readRetryAfter(new Date(30_000).toUTCString(), 10_000)).toBe(20)
  expect(readRetryAfter('later', 0)).toBeUndefined()
  expect(readRetryAfter(null, 0)).toBeUndefined()
})

test('any thrown thing becomes a problem', () => {
  expect(asProblem(new TypeError('x'))).toBeInstanceOf(Problem)
  const known = Problem.offline()
  expect(asProblem(known)).toBe(known)
  expect(known.isOffline).toBe(true)
})
