import { expect, test } from 'vitest'

import { parse, render, type Values } from './icu'

const say = (message: string, values: Values = {}, locale = 'en') =>
  render(parse(message), values, locale).join('')

test('text is itself', () => {
  expect(say("You can't be late")).toBe("You can't be late")
})

test('an argument is put in its place', () => {
  expect(say('Hello {name}', { name: 'Mara' })).toBe('Hello Mara')
})

test('an argument nobody gave stays visible', () => {
  expect(say('Hello {name}')).toBe('Hello {name}')
})

test('numbers are written as the language writes them', () => {
  expect(say('{n, number} steps', { n: 12345 }, 'de')).toBe('12.345 steps')
})

test.each([
  [0, 'nobody'],
  [1, '1 member'],
  [2300, '2,300 members'],
])('%i picks its plural', (n, expected) => {
  expect(say('{n, plural, =0 {nobody} one {# member} other {# members}}', { n })).toBe(expected)
})

test('plurals follow the language, not English', () => {
  const message = '{n, plural, one {# день} few {# дня} many {# дней} other {# дня}}'
  expect([1, 3, 5].map((n) => say(message, { n }, 'ru'))).toEqual(['1 день', '3 дня', '5 дней'])
})

test('a select falls back to other', () => {
  const message = '{kind, select, event {an event} other {something}}'
  expect(say(message, { kind: 'event' })).toBe('an event')
  expect(say(message, { kind: 'boat' })).toBe('something')
})

test('choices nest', () => {
  const message = '{who, select, you {You have {n, plural, one {# pick} other {# picks}}} other {None}}'
  expect(say(message, { who: 'you', n: 1 })).toBe('You have 1 pick')
})

test('braces can be quoted, and a hash outside a plural is a hash', () => {
  expect(say("'{'not an argument'}' #1")).toBe('{not an argument} #1')
})

test('a tag wraps what is inside it', () => {
  const parts = render(
    parse('Read <b>the {what}</b>.'),
    { what: 'rules', b: (c: unknown[]) => `*${c.join('')}*` },
    'en',
  )
  expect(parts.join('')).toBe('Read *the rules*.')
})

test.each(['{', '{n, plural, one {x}}', '{n, date}', 'a } b', '<b>x', '{n, plural, one {x other {y}}'])(
  '%s is refused with its place',
  (message) => {
    expect(() => parse(message)).toThrow(SyntaxError)
  },
)
