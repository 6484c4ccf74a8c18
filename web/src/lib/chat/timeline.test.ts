import { expect, test } from 'vitest'

import { extended, filled, heard, isBehind, lastOf, opened, type Message, type Timeline } from './timeline'

const message = (seq: number): Message => ({
  id: `m${seq}`,
  room: 'r',
  seq,
  client_id: `c${seq}`,
  author_id: 'a',
  author_name: 'Anna',
  body: `${seq}`,
  reply_to: null,
  at: '2026-03-14T12:00:00Z',
})
const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index))
const page = (from: number, to: number, head = to) => ({
  room: 'r',
  messages: run(from, to),
  head,
  reset: false,
})
const seqs = (timeline: Timeline) => timeline.messages.map(({ seq }) => seq)

test('the next message is taken', () => {
  expect(seqs(heard(opened(page(1, 3)), message(4)))).toEqual([1, 2, 3, 4])
})

test('a message that came before is dropped, and nothing renders anew', () => {
  const before = opened(page(1, 3))
  expect(heard(before, message(3))).toBe(before)
})

test('a message beyond a gap only says that we are behind', () => {
  const after = heard(opened(page(1, 3)), message(6))
  expect(seqs(after)).toEqual([1, 2, 3])
  expect(isBehind(after)).toBe(true)
})

test('a filled gap closes without doubles', () => {
  const behind = heard(opened(page(1, 3)), message(6))
  const after = filled(behind, page(3, 6))
  expect(seqs(after)).toEqual([1, 2, 3, 4, 5, 6])
  expect(isBehind(after)).toBe(false)
})

test('a stretch that does not join leaves no hole', () => {
  const after = filled(opened(page(1, 3)), page(8, 9))
  expect(seqs(after)).toEqual([1, 2, 3])
  expect(after.head).toBe(9)
})

test('older pages go in front until the beginning', () => {
  const newest = opened(page(51, 60))
  expect(newest.hasOlder).toBe(true)
  const whole = extended(newest, page(1, 50, 60))
  expect(seqs(whole)).toHaveLength(60)
  expect(whole.hasOlder).toBe(false)
})

test('whatever the order of pushes and fills, the end is the whole room', () => {
  for (let seed = 1; seed <= 40; seed++) {
    let random = seed
    const dice = (sides: number) => {
      random = (random * 1103515245 + 12345) % 2147483648
      return random % sides
    }
    let timeline = opened(page(1, 2, 2))
    const late = run(3, 20)
    while (late.length > 0) {
      const [pushed] = late.splice(dice(Math.min(3, late.length)), 1)
      if (pushed && dice(4) > 0) timeline = heard(timeline, pushed)
      if (isBehind(timeline)) timeline = filled(timeline, page(lastOf(timeline) + 1, timeline.head))
    }
    timeline = filled(timeline, page(lastOf(timeline) + 1, 20))
    expect(seqs(timeline)).toEqual(run(1, 20).map(({ seq }) => seq))
  }
})
