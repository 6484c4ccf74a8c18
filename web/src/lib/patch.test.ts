import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'

import { patchEverywhere, thing } from './patch'

const reel = (id: string, likes = 1) => ({ id, liked: false, likes })
const like = (one: ReturnType<typeof reel>) => ({ ...one, liked: true, likes: one.likes + 1 })

function shelves() {
  const cache = new QueryClient()
  cache.setQueryData(['feed'], {
    pages: [
      {
        data: [
          { type: 'reel', reel: reel('a') },
          { type: 'post', id: 'a' },
        ],
      },
    ],
  })
  cache.setQueryData(['reel', 'a'], reel('a'))
  cache.setQueryData(['reel', 'b'], reel('b'))
  return cache
}

test('a thing changes wherever it is shown, and nothing else does', () => {
  const cache = shelves()
  const other = cache.getQueryData(['reel', 'b'])
  patchEverywhere(cache, thing('a', 'liked'), like)
  expect(cache.getQueryData(['reel', 'a'])).toMatchObject({ liked: true, likes: 2 })
  expect(JSON.stringify(cache.getQueryData(['feed']))).toContain('"liked":true')
  expect(cache.getQueryData(['reel', 'b'])).toBe(other)
})

test('putting back restores what was there', () => {
  const cache = shelves()
  const before = cache.getQueryData(['feed'])
  const back = patchEverywhere(cache, thing('a', 'liked'), like)
  back()
  expect(cache.getQueryData(['feed'])).toEqual(before)
})

test('what changed in between is fetched anew instead of being overwritten', () => {
  const cache = shelves()
  const back = patchEverywhere(cache, thing('a', 'liked'), like)
  cache.setQueryData(['reel', 'a'], reel('a', 9))
  back()
  expect(cache.getQueryData(['reel', 'a'])).toMatchObject({ likes: 9 })
  expect(cache.getQueryState(['reel', 'a'])?.isInvalidated).toBe(true)
})
