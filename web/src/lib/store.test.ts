import { act, renderHook } from '@testing-library/react'
import { expect, test, vi } from 'vitest'

import { createStore, useStore } from './store'

test('a watcher hears of a change once, and not of a change to the same value', () => {
  const store = createStore(1)
  const heard = vi.fn()
  store.subscribe(heard)
  store.set(2)
  store.set(2)
  expect(heard).toHaveBeenCalledOnce()
})

test('a watcher that left hears nothing', () => {
  const store = createStore(1)
  const heard = vi.fn()
  store.subscribe(heard)()
  store.set(2)
  expect(heard).not.toHaveBeenCalled()
})

test('the next value may be worked out from the one before', () => {
  const store = createStore(1)
  store.set((before) => before + 1)
  expect(store.get()).toBe(2)
})

test('a component sees the newest value', () => {
  const store = createStore('a')
  const { result } = renderHook(() => useStore(store))
  act(() => store.set('b'))
  expect(result.current).toBe('b')
})
