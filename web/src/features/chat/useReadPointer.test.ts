import { renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { Problem } from '@/lib/api'
import type { Timeline } from '@/lib/chat/timeline'
import type { Room } from '@/lib/queries/rooms'
import { socket } from '@/lib/socket'

import { useReadPointer } from './useReadPointer'

const ask = vi.fn<(event: string, payload: unknown) => Promise<unknown>>()
let live: Set<() => void>

beforeEach(() => {
  vi.useFakeTimers()
  live = new Set()
  vi.spyOn(socket, 'onLive').mockImplementation((listener) => {
    live.add(listener)
    return () => live.delete(listener)
  })
  ask.mockReset().mockResolvedValue({})
  vi.spyOn(socket, 'ask').mockImplementation(ask as typeof socket.ask)
})

afterEach(() => vi.useRealTimers())

const room = { id: 'r1', unread: 1, read_seq: 6 } as Room
const at = (seq: number) => ({ seq, nth: seq }) as Timeline
const told = () => ask.mock.calls.map(([, payload]) => (payload as { seq: number }).seq)

/** A room that is looked at, its end in view. */
const look = (seq = 7) => {
  const shown = renderHook((held: Timeline) => useReadPointer(room, held, true), { initialProps: at(seq) })
  return { ...shown, hears: (next: number) => shown.rerender(at(next)) }
}
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)
const isBack = () => live.forEach((listener) => listener())

test('the end in view is told once', async () => {
  look()
  await pass(60)
  isBack()
  await pass(60)
  expect(told()).toEqual([7])
})

test('what was lost is told once more', async () => {
  ask.mockRejectedValue(new Problem({ status: 500 }))
  look()
  await pass(1)
  expect(told()).toEqual([7])
  await pass(60)
  expect(told()).toEqual([7, 7])
})

test('it is told once more when the hub asked for it', async () => {
  ask.mockRejectedValueOnce(new Problem({ status: 429, retry_after: 20 }))
  look()
  await pass(20)
  expect(told()).toEqual([7])
  await pass(1)
  expect(told()).toEqual([7, 7])
})

test('what was lost with the line is told when the line is back', async () => {
  ask.mockRejectedValue(Problem.offline())
  look()
  await pass(60)
  ask.mockReset().mockResolvedValue({})
  isBack()
  await pass(60)
  expect(told()).toEqual([7])
})

test('only the newest place is told', async () => {
  ask.mockRejectedValueOnce(Problem.offline())
  const { hears, unmount } = look()
  await pass(1)
  hears(8)
  await pass(60)
  expect(told()).toEqual([7, 8])
  unmount()
  expect(live.size).toBe(0)
})
