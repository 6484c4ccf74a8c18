import { expect, test } from 'vitest'

import { overlaid, unsent, type Pending, type Write } from '@/lib/chat/overlay'
import { message, notice } from '@/lib/chat/testing'
import type { Message } from '@/lib/chat/wire'

import { moved, rowsOf, type RowView } from './rows'

const NOW = '2026-03-14T18:00:00Z'
const by = (seq: number, author: string, at: string, rest: Partial<Message> = {}) =>
  message(seq, { author_id: author, author_name: author, at, ...rest })
const talk = [
  by(1, 'anna', '2026-03-13T12:00:00Z'),
  by(2, 'anna', '2026-03-14T12:00:00Z'),
  by(3, 'anna', '2026-03-14T12:02:00Z'),
  by(4, 'ben', '2026-03-14T12:03:00Z'),
  by(5, 'ben', '2026-03-14T12:30:00Z'),
]
const shownOf = (messages: readonly Message[], entries: readonly Pending[] = []) =>
  overlaid(messages, entries, 5, 'mara')
const rows = (over: Partial<Parameters<typeof rowsOf>[0]> = {}) =>
  rowsOf({ shown: shownOf(talk), drafts: [], readSeq: 5, myId: 'mara', now: NOW, ...over })
const shape = (all: readonly RowView[]) =>
  all.map((row) =>
    row.kind === 'message' || row.kind === 'draft' ? `${row.key}${row.begins ? '*' : ''}` : row.kind,
  )
const entry = (client_id: string, body: Write, rest: Partial<Pending> = {}): Pending => ({
  client_id,
  lane: 'r',
  owner: 'mara',
  body,
  ...rest,
})
const send = (client_id: string, rest: Partial<Pending> = {}) =>
  entry(client_id, { kind: 'send', body: 'x', at: NOW }, rest)

test('a day divider stands before the first message of each day, a name where somebody begins', () => {
  expect(shape(rows())).toEqual(['day', 'c1*', 'day', 'c2*', 'c3', 'c4*', 'c5*'])
})

test('the unread line stands once, before the first message by somebody else that was not read', () => {
  expect(shape(rows({ readSeq: 3 }))).toEqual(['day', 'c1*', 'day', 'c2*', 'c3', 'unread', 'c4*', 'c5*'])
})

test('own messages and deleted ones never make a line', () => {
  expect(shape(rows({ readSeq: 3, myId: 'ben' }))).not.toContain('unread')
  const gone = talk.map((one) => ({ ...one, deleted_at: NOW }))
  expect(shape(rows({ readSeq: 3, shown: shownOf(gone) }))).not.toContain('unread')
})

test('an answer to somebody has its name, so that it is seen who answers whom', () => {
  const quote = { id: 'm1', seq: 1, author_name: 'anna', preview: '1' }
  const answer = by(6, 'ben', '2026-03-14T12:31:00Z', { reply_to: quote })
  expect(shape(rows({ shown: shownOf([...talk, answer]) })).at(-1)).toBe('c6*')
})

test('a pinned one has its name too, for the pin stands beside it', () => {
  const all = talk.map((one) => (one.seq === 3 ? { ...one, pinned: true } : one))
  expect(shape(rows({ shown: shownOf(all) }))).toContain('c3*')
})

test('a notice stands where it happened', () => {
  const notices = [notice(3.5, 'topic')]
  expect(shape(rows({ notices })).slice(3)).toEqual(['c2*', 'c3', 'notice', 'c4*', 'c5*'])
})

test('a notice of a new day stands under its divider, and a room of notices only has days too', () => {
  const notices = [notice(1.5, 'topic', { at: '2026-03-14T08:00:00Z' })]
  expect(shape(rows({ notices })).slice(0, 5)).toEqual(['day', 'c1*', 'day', 'notice', 'c2*'])
  expect(shape(rows({ notices, shown: [] }))).toEqual(['day', 'notice'])
})

test('those who come in one after the other stand on one line, until somebody speaks', () => {
  const came = (seq: number, nth: number, count: number) =>
    notice(seq, 'joined', { nth, subject: { members: [{ id: `p${seq}`, name: `P${seq}` }], count } })
  const notices = [came(3.2, 3, 1), came(3.4, 3, 2), came(4.5, 4, 1)]
  const lines = rows({ notices }).flatMap((row) => (row.kind === 'notice' ? [row.notice.subject.count] : []))
  expect(lines).toEqual([3, 1])
})

test('what is on its way stands last, and not twice once its push has come', () => {
  const drafts = unsent([send('c5'), send('new'), send('next')], talk, 5)
  expect(shape(rows({ drafts })).slice(-3)).toEqual(['c5*', 'new*', 'next'])
})

test('an acknowledged message stays in sight until the room has told of it', () => {
  expect(unsent([send('new', { settled: 6 })], talk, 5)).toHaveLength(1)
  expect(unsent([send('new', { settled: 6 })], talk, 6)).toHaveLength(0)
})

test('changes on their way are shown as if they had arrived, in their order', () => {
  const entries = [
    entry('e1', { kind: 'edit', target: 'm2', body: 'first' }),
    entry('e2', { kind: 'edit', target: 'm2', body: 'second' }),
    entry('e3', { kind: 'react', target: 'm2', emoji: '👍', on: true }),
    entry('e4', { kind: 'pin', target: 'm2', on: true }),
    entry('e5', { kind: 'delete', target: 'm3' }),
  ]
  const [, second, third, fourth] = shownOf(talk, entries)
  expect(second).toMatchObject({
    isPending: true,
    message: { body: 'second', pinned: true, reactions: [{ emoji: '👍', members: ['mara'], count: 1 }] },
  })
  expect(third?.message.deleted_at).not.toBeNull()
  expect(fourth).toMatchObject({ isPending: false, refused: [] })
})

test('an acknowledged change is laid over until the room has told of it, and no longer', () => {
  const edit = (settled: number) => [entry('e1', { kind: 'edit', target: 'm2', body: 'new' }, { settled })]
  expect(shownOf(talk, edit(6))[1]?.message.body).toBe('new')
  expect(shownOf(talk, edit(6))[1]?.isPending).toBe(false)
  expect(shownOf(talk, edit(5))[1]?.message.body).toBe('2')
})

test('a refused change is taken back and said', () => {
  const entries = [entry('e1', { kind: 'edit', target: 'm2', body: 'no' }, { refused: 'Too late.' })]
  const second = shownOf(talk, entries)[1]
  expect(second?.message.body).toBe('2')
  expect(second?.refused).toEqual(entries)
})

test('a message nobody touched is the same object, so that its row is not drawn again', () => {
  expect(shownOf(talk)[0]).toBe(shownOf(talk)[0])
})

test('older rows in front, news behind and another place are told apart', () => {
  const before = rows({ shown: shownOf(talk.slice(2)) })
  expect(moved(before, rows())).toBe('front')
  expect(moved(before, rows({ shown: shownOf([...talk.slice(2), message(9)]) }))).toBe('none')
  expect(moved(before, rows({ shown: shownOf(talk.slice(0, 2)) }))).toBe('anew')
})
