import { beforeEach, expect, test, vi } from 'vitest'

import { Problem } from './api/problem'
import { openTables, type Table } from './idb'
import { backOff, createOutbox, type OutboxEntry } from './outbox'

type Entry = OutboxEntry<string>
let table: Table<Entry>
let count = 0

beforeEach(() => {
  table = openTables(`test-${count++}`)<Entry>('outbox')
})

const entry = (id: string, lane = 'r1') => ({ client_id: id, lane, body: `say ${id}` })
const offline = () => Promise.reject(Problem.offline())
const never = () => new Promise<void>(() => undefined)
const yes = () => Promise.resolve(undefined)

/** A device where Mara is signed in; resting takes no time unless a test wants it to. */
async function stage(
  deliver: (entry: Entry) => Promise<{ seq: number } | undefined>,
  wait: (seconds: number) => Promise<void> = never,
  owner = 'mara',
) {
  const waited = vi.fn(wait)
  const outbox = createOutbox({ table, deliver, wait: waited, random: () => 0.5 })
  await outbox.restore(owner)
  return { wait: waited, outbox }
}

const ids = (outbox: { entries: { get: () => readonly Entry[] } }) =>
  outbox.entries.get().map(({ client_id }) => client_id)

test('what is acknowledged is gone', async () => {
  const { outbox } = await stage(yes)
  await outbox.add(entry('a'))
  expect(outbox.entries.get()).toEqual([])
  expect(await table.all()).toEqual([])
})

test('what is acknowledged at a place stays in sight until its lane was heard up to there', async () => {
  const { outbox } = await stage(() => Promise.resolve({ seq: 7 }))
  await outbox.add(entry('a'))
  expect(outbox.entries.get()).toEqual([{ ...entry('a'), owner: 'mara', settled: 7 }])
  expect(await table.all()).toEqual([])
  outbox.heardUpTo('r1', 6)
  expect(ids(outbox)).toEqual(['a'])
  outbox.heardUpTo('r1', 7)
  expect(ids(outbox)).toEqual([])
})

test('what could not leave survives a reload and leaves then, in order', async () => {
  const { outbox } = await stage(offline)
  void outbox.add(entry('a'))
  void outbox.add(entry('b'))
  await vi.waitFor(async () => expect(await table.all()).toHaveLength(2))

  const sent: string[] = []
  const next = await stage((one) => Promise.resolve(void sent.push(one.client_id)))
  expect(next.outbox.entries.get()).toHaveLength(2)
  await next.outbox.flush()
  expect(sent).toEqual(['a', 'b'])
})

test('what one member wrote is not sent by the next one here', async () => {
  const hers = await stage(offline)
  void hers.outbox.add(entry('a'))
  await vi.waitFor(async () => expect(await table.all()).toHaveLength(1))
  hers.outbox.leave()
  expect(ids(hers.outbox)).toEqual([])

  const his = await stage(yes, never, 'jonas')
  expect(ids(his.outbox)).toEqual([])
  const again = await stage(offline)
  expect(ids(again.outbox)).toEqual(['a'])
})

test('within a lane nothing overtakes', async () => {
  const deliver = vi.fn(offline)
  const { outbox } = await stage(deliver)
  void outbox.add(entry('a'))
  void outbox.add(entry('b'))
  await vi.waitFor(() => expect(deliver.mock.calls.length).toBeGreaterThan(1))
  expect(new Set((deliver.mock.calls as unknown as [Entry][]).map(([one]) => one.client_id))).toEqual(
    new Set(['a']),
  )
})

test('one lane does not wait for another', async () => {
  const sent: string[] = []
  const { outbox } = await stage((one) =>
    one.lane === 'r1' ? offline() : Promise.resolve(void sent.push(one.client_id)),
  )
  void outbox.add(entry('a', 'r1'))
  void outbox.add(entry('b', 'r2'))
  await vi.waitFor(() => expect(sent).toEqual(['b']))
})

test('without an answer it tries again by itself, less and less often', async () => {
  const deliver = vi
    .fn<(one: Entry) => Promise<undefined>>()
    .mockRejectedValueOnce(Problem.offline())
    .mockRejectedValueOnce(new Problem({ status: 503 }))
    .mockResolvedValue(undefined)
  const { outbox, wait } = await stage(deliver, () => Promise.resolve())
  await outbox.add(entry('a'))
  expect(deliver).toHaveBeenCalledTimes(3)
  expect(wait.mock.calls).toEqual([[1], [2]])
})

test('waits double to half a minute, each a little by chance', () => {
  const least = [0, 1, 2, 3, 4, 5, 9].map((tries) => backOff(tries, () => 0))
  const most = [0, 1, 2, 3, 4, 5, 9].map((tries) => backOff(tries, () => 1))
  expect(least).toEqual([0.5, 1, 2, 4, 8, 15, 15])
  expect(most).toEqual([1.5, 3, 6, 12, 24, 45, 45])
})

test('a new line cuts the rest short', async () => {
  const deliver = vi
    .fn<(one: Entry) => Promise<undefined>>()
    .mockRejectedValueOnce(Problem.offline())
    .mockResolvedValue(undefined)
  const { outbox, wait } = await stage(deliver)
  void outbox.add(entry('a'))
  await vi.waitFor(() => expect(wait).toHaveBeenCalled())
  await outbox.flush()
  expect(ids(outbox)).toEqual([])
})

test('a refusal is shown and does not block what follows', async () => {
  const { outbox } = await stage((one) =>
    one.client_id === 'a' ? Promise.reject(new Problem({ status: 422, detail: 'Too long.' })) : yes(),
  )
  await outbox.add(entry('a'))
  await outbox.add(entry('b'))
  expect(outbox.entries.get()).toEqual([{ ...entry('a'), owner: 'mara', refused: 'Too long.' }])
})

test('a refused message can be sent again or discarded', async () => {
  let fails = true
  const { outbox } = await stage(() =>
    fails ? Promise.reject(new Problem({ status: 403, detail: 'No.' })) : yes(),
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
    .fn<(one: Entry) => Promise<undefined>>()
    .mockRejectedValueOnce(new Problem({ status: 429 }, 5))
    .mockResolvedValue(undefined)
  const { outbox, wait } = await stage(deliver, () => Promise.resolve())
  await outbox.add(entry('a'))
  expect(wait.mock.calls).toEqual([[5]])
  expect(deliver).toHaveBeenCalledTimes(2)
  expect(outbox.entries.get()).toEqual([])
})

test('refused because the token ran out, it is tried again and nothing overtakes it', async () => {
  const sent: string[] = []
  const ranOut = new Problem({ status: 401, code: 'token_expired' })
  const { outbox } = await stage(
    (one) => (sent.push(one.client_id) === 1 ? Promise.reject(ranOut) : yes()),
    () => Promise.resolve(),
  )
  void outbox.add(entry('a'))
  await outbox.add(entry('b'))
  expect(sent).toEqual(['a', 'a', 'b'])
  expect(ids(outbox)).toEqual([])
})

test('two flushes at once send once', async () => {
  const deliver = vi.fn(() => new Promise<undefined>((done) => setTimeout(() => done(undefined), 1)))
  const { outbox } = await stage(deliver)
  await Promise.all([outbox.add(entry('a')), outbox.flush(), outbox.flush()])
  expect(deliver).toHaveBeenCalledOnce()
})

test('without storage a message still leaves', async () => {
  const deliver = vi.fn(yes)
  const broken = { ...table, put: () => Promise.reject(new Error('full')) }
  const outbox = createOutbox({ table: broken, deliver, wait: never })
  await outbox.add(entry('a'))
  expect(deliver).toHaveBeenCalledOnce()
})

test('what another tab left behind is shown and sent, each once and in the order of writing', async () => {
  const sent: string[] = []
  const here = await stage((one) => Promise.resolve(void sent.push(one.client_id)))
  const closed = await stage(offline)
  void closed.outbox.add(entry('a'))
  void closed.outbox.add(entry('b'))
  await vi.waitFor(async () => expect(await table.all()).toHaveLength(2))
  expect(ids(here.outbox)).toEqual([])
  await here.outbox.gather()
  expect(sent).toEqual(['a', 'b'])
  expect(ids(here.outbox)).toEqual([])
  expect(await table.all()).toEqual([])
})

test('what another tab left behind stands once among what was written here, without a line too', async () => {
  const here = await stage(offline)
  const other = await stage(offline)
  void other.outbox.add(entry('a'))
  void here.outbox.add(entry('b'))
  void other.outbox.add(entry('c'))
  await vi.waitFor(async () => expect(await table.all()).toHaveLength(3))
  await here.outbox.restore('mara')
  expect(ids(here.outbox)).toEqual(['a', 'b', 'c'])
  await here.outbox.restore('mara')
  expect(ids(here.outbox)).toEqual(['a', 'b', 'c'])
})

test('what the other tab has sent itself is neither shown nor sent here any more', async () => {
  let isOnline = false
  const other = await stage(() => (isOnline ? yes() : offline()))
  void other.outbox.add(entry('a'))
  await vi.waitFor(async () => expect(await table.all()).toHaveLength(1))
  const deliver = vi.fn(offline)
  const here = await stage(deliver)
  isOnline = true
  await other.outbox.flush()
  await here.outbox.flush()
  expect(deliver).not.toHaveBeenCalled()
  expect(ids(here.outbox)).toEqual([])
})

test('what was refused and discarded in the other tab is so here', async () => {
  const no = () => Promise.reject(new Problem({ status: 403, detail: 'No.' }))
  const other = await stage(no)
  const here = await stage(offline)
  await other.outbox.add(entry('a'))
  await here.outbox.gather()
  expect(here.outbox.entries.get()).toEqual([{ ...entry('a'), owner: 'mara', refused: 'No.' }])
  await other.outbox.discard('a')
  await here.outbox.gather()
  expect(ids(here.outbox)).toEqual([])
})

test('what this device’s storage lost is still sent', async () => {
  const deliver = vi.fn(yes)
  const { outbox } = await stage(deliver)
  void outbox.add(entry('a'))
  await table.clear()
  await outbox.gather()
  expect(deliver).toHaveBeenCalledOnce()
  expect(ids(outbox)).toEqual([])
})
