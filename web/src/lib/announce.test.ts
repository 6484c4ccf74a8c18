import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { announce, announced, dismissToast, toast, toasts } from './announce'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

test('the same words said twice are two announcements', () => {
  announce('Saved')
  const first = announced.get()
  announce('Saved')
  expect(announced.get()).not.toEqual(first)
  expect(announced.get().words).toBe('Saved')
})

test('a toast leaves by itself, one with something to do stays longer', () => {
  toast('Copied')
  toast('Deleted', { action: { label: 'Undo', run: () => undefined } })
  vi.advanceTimersByTime(6000)
  expect(toasts.get().map(({ words }) => words)).toEqual(['Deleted'])
  vi.advanceTimersByTime(6000)
  expect(toasts.get()).toEqual([])
})

test('no more than three stand at once, the oldest goes', () => {
  ;['a', 'b', 'c', 'd'].forEach((words) => toast(words))
  expect(toasts.get().map(({ words }) => words)).toEqual(['b', 'c', 'd'])
})

test('a toast can be sent away', () => {
  dismissToast(toast('Copied'))
  expect(toasts.get()).toEqual([])
})
