import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'

import { news, rankingMoved, seen, somethingPosted } from './news'

const kept = (...tabs: string[]) => {
  const cache = new QueryClient()
  for (const tab of tabs) cache.setQueryData(['feed', tab], { pages: [], pageParams: [] })
  return cache
}
const count = (cache: QueryClient, tab: Parameters<typeof news>[0]) =>
  cache.getQueryData(news(tab).queryKey) ?? 0

test('a ranking that moved twice is one new list', () => {
  const cache = kept('for-you')
  rankingMoved(cache)
  rankingMoved(cache)
  expect(count(cache, 'for-you')).toBe(1)
})

test('posts are counted where they will appear, and not in what is ranked', () => {
  const cache = kept('for-you', 'following', 'clubs')
  somethingPosted(cache)
  somethingPosted(cache)
  expect([count(cache, 'following'), count(cache, 'clubs'), count(cache, 'for-you')]).toEqual([2, 2, 0])
})

test('a list that was never fetched has nothing new', () => {
  const cache = kept('following')
  rankingMoved(cache)
  somethingPosted(cache)
  expect([count(cache, 'for-you'), count(cache, 'clubs')]).toEqual([0, 0])
})

test('what was shown is no longer new', () => {
  const cache = kept('for-you')
  rankingMoved(cache)
  seen(cache, 'for-you')
  expect(count(cache, 'for-you')).toBe(0)
})
