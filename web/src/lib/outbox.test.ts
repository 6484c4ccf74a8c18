import { beforeEach, expect, test, vi } from 'vitest'

import { Problem } from './api/problem'
import { openTables, type Table } from './idb'
import { createOutbox, type OutboxEntry } from './outbox'

type Entry = OutboxEntry<string>
let table: Table<Entry>
let count = 0

beforeEach(() => {
  table = openTables(`test-${count++}`)<Entry>('outbox')
})

const entry = (id: string, lane = 'r1'): Entry => ({ client_id: id, lane, body: `say ${id}` })

function stage(deliver: (entry: Entry) => Promise<unknown>) {
  const wait = vi.fn(() => Promise.resolve())
  return { wait, outbox: createOutbox({ table, deliver, wait }) }
}

test('what is acknowledged is gone', async () => {
  const { outbox } = stage(() => Promise.resolve())
  await outbox.add(entry('a'))
  expect(outbox.entries.get()).toEqual([])
  expect(await table.all()).toEqual([])
})

test('what could not leave survives a reload and leaves then, in order', async () => {
  const { outbox } = stage(() => Promise.reject(Problem.offline()))
  await outbox.add(entry('a'))
  await outbox.add(entry('b'))

  const sent: string[] = []
  const next = stage((one) => Promise.resolve(sent.push(one.client_id)))
  await next.outbox.restore()
  expect(next.outbox.entries.get()).toHaveLength(2)
  await next.outbox.flush()
  expect(sent).toEqual(['a', 'b'])
})

test('within a lane nothing overtakes', async () => {
  const deliver = vi.fn(() => Promise.reject(Problem.offline()))
  const { outbox } = stage(deliver)
  await outbox.add(entry('a'))
  deliver.mockClear()
  await outbox.add(entry('b'))
  expect(deliver).toHaveBeenCalledOnce()
  expect(deliver).toHaveBeenCalledWith(entry('a'))
})

test('one lane does not wait for another', async () => {
  const sent: string[] = []
  const { outbox } = stage((one) =>
    one.lane === 'r1' ? Promise.reject(Problem.offline()) : Promise.resolve(sent.push(one.client_id)),
  )
  await outbox.add(entry('a', 'r1'))
  await outbox.add(entry('b', 'r2'))
  expect(sent).toEqual(['b'])
})

test('a refusal is shown and does not block what follows', async () => {
  const { outbox } = stage((one) =>
    one.client_id === 'a'
      ? Promise.reject(new Problem({ status: 422, detail: 'Too long.' }))
      : Promise.resolve(),
  )
  await outbox.add(entry('a'))
  await outbox.add(entry('b'))
  expect(outbox.entries.get()).toEqual([{ ...entry('a'), refused: 'Too long.' }])
})

test('a refused message can be sent again or discarded', async () => {
  let fails = true
  const { outbox } = stage(() =>
    fails ? Promise.reject(new Problem({ status: 403, detail: 'No.' })) : Promise.resolve(),
  )
  await outbox.add(entry('a'))
  await outbox.add(entry('b'))
  fails = false
  await outbox.retry('a')
  await outbox.discard('b')
  expect(outbox.entries.get()).toEqual([])
  expect(await table.all()).toEqual([])
})

test('asked to slow down, it waits as long as told and sends the same message', async () => {
  const deliver = vi
    .fn<(one: Entry) => Promise<unknown>>()
    .mockRejectedValueOnce(new Problem({ status: 429 }, 5))
    .mockResolvedValue(undefined)
  const { outbox, wait } = stage(deliver)
  await outbox.add(entry('a'))
  expect(wait).toHaveBeenCalledWith(5)
  expect(deliver).toHaveBeenCalledTimes(2)
  expect(outbox.entries.get()).toEqual([])
})

test('two flushes at once send once', async () => {
  const deliver = vi.fn(() => new Promise((done) => setTimeout(done, 1)))
  const { outbox } = stage(deliver)
  await Promise.all([outbox.add(entry('a')), outbox.flush(), outbox.flush()])
  expect(deliver).toHaveBeenCalledOnce()
})

test('without storage a message still leaves', async () => {
  const deliver = vi.fn(() => Promise.resolve())
  const broken = { ...table, put: () => Promise.reject(new Error('full')) }
  const outbox = createOutbox({ table: broken, deliver, wait: () => Promise.resolve() })
  await outbox.add(entry('a'))
  expect(deliver).toHaveBeenCalledOnce()
})
