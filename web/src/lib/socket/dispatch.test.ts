import { QueryClient } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'

import type { Listener } from './connection'
import { createDispatcher } from './dispatch'

function stage() {
  const listeners = new Map<string, Listener>()
  const live = new Set<() => void>()
  const dispatcher = createDispatcher({
    on: (event, listener) => {
      listeners.set(event, listener)
      return () => void listeners.delete(event)
    },
    onLive: (listener) => {
      live.add(listener)
      return () => void live.delete(listener)
    },
  })
  return {
    dispatcher,
    cache: new QueryClient(),
    live,
    push: (e: string, p: unknown) => listeners.get(e)?.(p),
  }
}

test('an event is written into the cache', () => {
  const { dispatcher, cache, push } = stage()
  dispatcher.when<{ count: number }>('unread', (into, { count }) => into.setQueryData(['unread'], count))
  dispatcher.connect(cache)
  push('unread', { count: 4 })
  expect(cache.getQueryData(['unread'])).toBe(4)
})

test('the first connection refetches nothing, a later one what may be old', () => {
  const { dispatcher, cache, live } = stage()
  const invalidate = vi.spyOn(cache, 'invalidateQueries')
  dispatcher.connect(cache, [['rooms']])
  live.forEach((listener) => listener())
  expect(invalidate).not.toHaveBeenCalled()
  live.forEach((listener) => listener())
  expect(invalidate).toHaveBeenCalledWith({ queryKey: ['rooms'] })
})

test('after the end nothing is written', () => {
  const { dispatcher, cache, push, live } = stage()
  const writer = vi.fn()
  dispatcher.when('unread', writer)
  dispatcher.connect(cache)()
  push('unread', {})
  expect(writer).not.toHaveBeenCalled()
  expect(live.size).toBe(0)
})
