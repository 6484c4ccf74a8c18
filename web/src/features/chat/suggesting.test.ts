import { expect, test } from 'vitest'

import { askedAt, completed, matching } from './suggesting'

const at = (text: string) => askedAt(text, text.length)

test('an @ at the beginning of a word asks for people', () => {
  expect(at('@')).toEqual({ kind: 'person', text: '', from: 0 })
  expect(at('hi @Jon')).toEqual({ kind: 'person', text: 'Jon', from: 3 })
  expect(at('(@ål')).toEqual({ kind: 'person', text: 'ål', from: 1 })
})

test('inside a word or an address it asks for nothing', () => {
  expect(at('mara@club')).toBeUndefined()
  expect(at('hi @Jon ')).toBeUndefined()
})

test('a slash asks for commands only as the first sign of a message', () => {
  expect(at('/po')).toEqual({ kind: 'command', text: '/po', from: 0 })
  expect(at('/event trai')).toEqual({ kind: 'command', text: '/event trai', from: 0 })
  expect(at('and/or')).toBeUndefined()
  expect(at('//')).toBeUndefined()
})

test('only what stands before the caret counts', () => {
  expect(askedAt('@jo later', 3)).toEqual({ kind: 'person', text: 'jo', from: 0 })
})

test('people are found by handle and by each word of their name, accents or not', () => {
  const all = [
    { label: 'Mara Aldén', detail: '@mara' },
    { label: 'Jonas Lind', detail: '@keeper' },
  ]
  expect(matching(all, 'alden')).toEqual([all[0]])
  expect(matching(all, 'KEE')).toEqual([all[1]])
  expect(matching(all, 'ind')).toEqual([])
  expect(matching(all, '')).toHaveLength(2)
})

test('what is chosen takes the place of what was asked, with one space after it', () => {
  expect(completed('hi @jo', 6, { kind: 'person', text: 'jo', from: 3 }, '@jonas')).toEqual({
    text: 'hi @jonas ',
    caret: 10,
  })
  expect(completed('@jo later', 3, { kind: 'person', text: 'jo', from: 0 }, '@jonas')).toEqual({
    text: '@jonas later',
    caret: 6,
  })
})
