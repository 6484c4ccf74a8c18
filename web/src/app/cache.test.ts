import { expect, test } from 'vitest'

import { toasts } from '@/lib/announce'
import { Problem } from '@/lib/api/problem'

import { createCache, retryDelay, shouldRetry } from './cache'

const status = (code: number) => new Problem({ status: code, detail: `Answer ${code}.` })

test.each([401, 403, 404, 409, 422])('a refusal of %i is not asked again', (code) => {
  expect(shouldRetry(0, status(code))).toBe(false)
})

test.each([0, 429, 500, 503])('%i may pass and is asked again, three times', (code) => {
  expect([0, 1, 2, 3].map((failures) => shouldRetry(failures, status(code)))).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test('the pause is the one the hub asked for, else it grows', () => {
  expect(retryDelay(0, new Problem({ status: 429 }, 7))).toBe(7000)
  expect([0, 1, 2].map((failures) => retryDelay(failures, status(503)))).toEqual([500, 1000, 2000])
})

test('a failed write is told, unless its screen tells it', async () => {
  const cache = createCache()
  const fail = (meta?: { quiet: boolean }) =>
    cache
      .getMutationCache()
      .build(cache, { mutationFn: () => Promise.reject(status(409)), meta })
      .execute(undefined)
      .catch(() => undefined)
  toasts.set([])
  await fail({ quiet: true })
  expect(toasts.get()).toEqual([])
  await fail()
  expect(toasts.get().map(({ words }) => words)).toEqual(['Answer 409.'])
  toasts.set([])
})
