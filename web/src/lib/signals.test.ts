import { expect, test, vi } from 'vitest'

import { BATCH, createSignals, type Signal } from './signals'

const sight = (item_id: string): Signal => ({ kind: 'reel', item_id, ms_visible: 900, surface: 'reels' })

function stage() {
  const send = vi.fn((_batch: readonly object[]) => Promise.resolve())
  const planned: (() => void)[] = []
  const signals = createSignals({ send, later: (work) => planned.push(work) })
  return { send, planned, signals }
}

test('what was seen within a few seconds goes in one batch', () => {
  const { send, planned, signals } = stage()
  signals.note(sight('a'))
  signals.note(sight('b'))
  expect(planned).toHaveLength(1)
  planned[0]?.()
  expect(send.mock.calls).toHaveLength(1)
  expect(send.mock.calls[0]?.[0]).toHaveLength(2)
})

test('each sighting has an id of its own', () => {
  const { send, signals } = stage()
  signals.note(sight('a'))
  signals.note(sight('a'))
  signals.flush()
  const ids = (send.mock.calls[0]?.[0] as { view_id: string }[]).map(({ view_id }) => view_id)
  expect(new Set(ids).size).toBe(2)
})

test('a long absence is cut into batches the hub takes', () => {
  const { send, signals } = stage()
  for (let n = 0; n < BATCH + 1; n++) signals.note(sight(`${n}`))
  signals.flush()
  expect(send.mock.calls.map(([batch]) => batch.length)).toEqual([BATCH, 1])
})

test('a batch that is lost is lost without a word', async () => {
  const { send, signals } = stage()
  send.mockRejectedValueOnce(new Error('offline'))
  signals.note(sight('a'))
  signals.flush()
  await Promise.resolve()
  signals.flush()
  expect(send).toHaveBeenCalledOnce()
})
