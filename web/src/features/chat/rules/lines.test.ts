import { expect, test } from 'vitest'

import { linesOf } from './lines'
import type { Deed, Deletion, LogPage } from './queries'

const at = (minute: number) => `2026-11-20T12:${String(minute).padStart(2, '0')}:00Z`
const deed = (minute: number, rest: Partial<Deed> = {}) =>
  ({ id: `d${minute}`, at: at(minute), what: 'slowed', message_id: null, ...rest }) as Deed
const deletion = (minute: number, message: string) => ({ message, at: at(minute), body: 'rude' }) as Deletion
const page = (
  deeds: Deed[],
  deletions: Deletion[],
  next: LogPage['next'] = { cursor: null, before: null },
): LogPage => ({ deeds, deletions, next })
const ids = (pages: LogPage[]) => linesOf(pages).map(({ id }) => id)

test('acts and deletions stand in one list, newest first', () => {
  expect(ids([page([deed(9), deed(3)], [deletion(5, 'm5')])])).toEqual(['d9', 'm5', 'd3'])
})

test('what a moderator deleted is one line with what it said', () => {
  const noted = deed(5, { what: 'deleted', message_id: 'm5' })
  const [line, ...more] = linesOf([page([noted], [deletion(5, 'm5')])])
  expect(line).toMatchObject({ id: 'd5', deletion: { body: 'rude' } })
  expect(more).toEqual([])
})

test('a settled report does not hide the deletion of its message', () => {
  const resolved = deed(6, { what: 'resolved', message_id: 'm5' })
  expect(ids([page([resolved], [deletion(5, 'm5')])])).toEqual(['d6', 'm5'])
})

test('nothing is shown from where one of the records is not read yet', () => {
  const first = page([deed(9), deed(8)], [deletion(7, 'm7'), deletion(2, 'm2')], {
    cursor: 'c',
    before: null,
  })
  expect(ids([first])).toEqual(['d9', 'd8'])
  expect(ids([first, page([deed(4)], [])])).toEqual(['d9', 'd8', 'm7', 'd4', 'm2'])
})
