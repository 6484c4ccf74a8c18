import { expect, test } from 'vitest'

import { folded, votesOf } from './fold'
import { change, dice, message, notice, page, run, said, stretch } from './testing'
import { extended, filled, headHeard, heard, isBehind, opened, replacedBy, type Timeline } from './timeline'
import type { Message, RoomEvent } from './wire'

const seqs = (timeline: Timeline) => timeline.messages.map(({ seq }) => seq)

test('the next happening is applied', () => {
  const after = heard(opened(page(run(1, 3))), said(4))
  expect(seqs(after)).toEqual([1, 2, 3, 4])
  expect(after).toMatchObject({ seq: 4, head: 4, nth: 4 })
})

test('what came before is dropped, and nothing renders anew', () => {
  const before = opened(page(run(1, 3)))
  expect(heard(before, said(3))).toBe(before)
})

test('what lies beyond a gap only says that we are behind', () => {
  const after = heard(opened(page(run(1, 3))), said(6))
  expect(seqs(after)).toEqual([1, 2, 3])
  expect(isBehind(after)).toBe(true)
})

test('a filled gap closes without doubles', () => {
  const behind = heard(opened(page(run(1, 3))), said(6))
  const after = filled(behind, stretch([said(3), said(4), said(5), said(6)]))
  expect(seqs(after)).toEqual([1, 2, 3, 4, 5, 6])
  expect(isBehind(after)).toBe(false)
})

test('a stretch that does not join leaves no hole', () => {
  const after = filled(opened(page(run(1, 3))), stretch([said(8), said(9)]))
  expect(seqs(after)).toEqual([1, 2, 3])
  expect(after.head).toBe(9)
})

test('changes are folded into the message they are about, and nothing else is touched', () => {
  const before = opened(page(run(1, 3)))
  const events = [
    change(4, 2, { kind: 'edited', body: 'better', edits: 1, mentions: [] }),
    change(5, 2, { kind: 'reacted', emoji: '👍', on: true }),
    change(6, 2, { kind: 'pinned', on: true }),
  ]
  const after = events.reduce(heard, before)
  expect(after.messages[1]).toMatchObject({
    body: 'better',
    edits: 1,
    edited_at: events[0]?.at,
    reactions: [{ emoji: '👍', members: ['ben'], count: 1 }],
    pinned: true,
  })
  expect(after.messages[0]).toBe(before.messages[0])
  expect(after).toMatchObject({ seq: 6, nth: 6 })
})

test('a deleted message keeps its place and nothing of what it said', () => {
  const one = message(1, {
    body: 'secret',
    reactions: [{ emoji: '👍', members: ['a'], count: 1 }],
    pinned: true,
  })
  const after = folded(one, change(2, 1, { kind: 'deleted', moderated: true }))
  expect(after).toMatchObject({ body: '', reactions: [], pinned: false, moderated: true })
  expect(after.deleted_at).not.toBeNull()
  expect(folded(after, change(3, 1, { kind: 'reacted', emoji: '👍', on: true }))).toBe(after)
})

test('an answer to a deleted message no longer says what it answered', () => {
  const quote = { id: 'm1', seq: 1, author_name: 'Anna', preview: 'secret' }
  const before = opened(page([message(1), message(2, { reply_to: quote })]))
  const after = heard(before, change(3, 1, { kind: 'deleted', moderated: false }))
  expect(after.messages[1]?.reply_to).toEqual({ ...quote, preview: '' })
})

test('a reaction counts everybody, also those beyond the named ones, and goes with its last', () => {
  const crowd = message(1, { reactions: [{ emoji: '🎉', members: ['anna'], count: 300 }] })
  const more = folded(crowd, change(2, 1, { kind: 'reacted', emoji: '🎉', on: true }))
  expect(more.reactions).toEqual([{ emoji: '🎉', members: ['anna', 'ben'], count: 301 }])
  const one = folded(message(1), change(2, 1, { kind: 'reacted', emoji: '🎉', on: true }))
  expect(folded(one, change(3, 1, { kind: 'reacted', emoji: '🎉', on: false })).reactions).toEqual([])
})

test('a vote takes the place of the earlier one', () => {
  const poll = message(1, {
    card: { kind: 'poll', id: null, title: 'When?', data: { votes: { 0: ['ben', 'anna'] } } },
  })
  const after = folded(poll, change(2, 1, { kind: 'voted', options: [1] }))
  expect(votesOf(after)).toEqual({ 0: ['anna'], 1: ['ben'] })
  expect(votesOf(folded(after, change(3, 1, { kind: 'voted', options: [] })))).toEqual({ 0: ['anna'] })
})

test('a closed poll says since when', () => {
  const card = { kind: 'poll' as const, id: null, title: 'When?', data: {} }
  const { message: _, ...rest } = said(2)
  const subject = { target: 'm1', target_seq: 1 }
  const closing = { ...rest, kind: 'notice' as const, what: 'poll_closed', subject }
  const after = heard(opened(page([message(1, { card })])), closing)
  expect(after.messages[0]?.card?.data.closed_at).toBe(closing.at)
  expect(after.notices).toHaveLength(1)
})

test("the room's own lines come with the pages, each once and in order", () => {
  const told = (timeline: Timeline | undefined) => timeline?.notices.map(({ seq }) => seq)
  const newest = opened(
    page([message(5, { nth: 3 }), message(7, { nth: 4 })], { notices: [notice(4), notice(6)], head: 7 }),
  )
  const live = heard(newest, notice(8))
  expect(told(live)).toEqual([4, 6, 8])
  const older = page([message(2, { nth: 1 }), message(3, { nth: 2 })], { notices: [notice(1)], head: 7 })
  expect(told(extended(live, older, 'older'))).toEqual([1, 4, 6, 8])
  expect(
    told(
      replacedBy(
        live,
        page([message(5, { nth: 3 }), message(7, { nth: 4 })], { notices: [notice(4), notice(6)], head: 7 }),
      ),
    ),
  ).toEqual([4, 6, 8])
  const further = heard(opened(page([message(5, { nth: 3 })], { head: 7, has_newer: true })), notice(8))
  const newer = page([message(7, { nth: 4 })], { notices: [notice(6), notice(8)], head: 8 })
  expect(told(extended(further, newer, 'newer'))).toEqual([6, 8])
})

test('a reply in a thread counts at its root', () => {
  const after = heard(opened(page(run(1, 3))), said(4, { thread: 'm2', at: '2026-03-14T15:00:00Z' }))
  expect(after.messages[1]).toMatchObject({ thread_count: 1, thread_last_at: '2026-03-14T15:00:00Z' })
})

test('a cut history asks for a new start, whoever says so', () => {
  const before = opened(page(run(1, 3)))
  expect(heard(before, { ...said(4), epoch: 2 }).isCut).toBe(true)
  expect(filled(before, stretch([], { reset: true, epoch: 2, head: 9 })).isCut).toBe(true)
  expect(headHeard(before, { epoch: 2, seq: 9, nth: 9 }).isCut).toBe(true)
})

test('what is left of an earlier epoch is dropped', () => {
  const before = { ...opened(page(run(1, 3))), epoch: 2 }
  expect(heard(before, said(4))).toBe(before)
})

test('older pages go in front until the beginning', () => {
  const newest = opened(page(run(51, 60)))
  const whole = extended(newest, page(run(1, 50), { head: 60, nth: 60 }), 'older')
  expect(whole && seqs(whole)).toHaveLength(60)
  expect(whole?.hasOlder).toBe(false)
})

test('a page asked for beside another run leaves no hole', () => {
  const newest = opened(page(run(51, 60)))
  expect(extended(newest, page(run(1, 40), { head: 60, nth: 60 }), 'older')).toBeUndefined()
  const up = opened(page(run(10, 20), { head: 60, nth: 60, has_newer: true }))
  expect(extended(up, page(run(31, 40), { head: 60, nth: 60 }), 'newer')).toBeUndefined()
})

test('a page read before a change still gets it', () => {
  const now = heard(opened(page(run(51, 60))), change(61, 7, { kind: 'pinned', on: true }))
  const whole = extended(now, page(run(1, 50), { head: 60, nth: 60 }), 'older')
  expect(whole?.messages[6]?.pinned).toBe(true)
})

test('a page that knows more than we do has to wait', () => {
  const now = opened(page(run(51, 60)))
  expect(extended(now, page(run(1, 50), { head: 61, nth: 61 }), 'older')).toBeUndefined()
})

test('who reads further up hears of news and is not moved; reading on brings her back', () => {
  const up = opened(page(run(10, 20), { head: 60, nth: 60, has_newer: true }))
  const more = heard(up, said(61))
  expect(seqs(more)).toEqual(seqs(up))
  expect(more.nth).toBe(61)
  const on = extended(more, page(run(21, 60), { head: 60, nth: 60 }), 'newer')
  expect(on?.hasNewer).toBe(true)
  const back = on && extended(on, page([message(61)], { head: 61, nth: 61 }), 'newer')
  expect(back?.hasNewer).toBe(false)
  expect(back && seqs(back)).toEqual(run(10, 61).map(({ seq }) => seq))
})

/** A room's whole truth: its happenings, and what they make of its messages. */
function room(seed: number, length: number) {
  const roll = dice(seed)
  const events: RoomEvent[] = []
  let nth = 0
  for (let seq = 1; seq <= length; seq++) {
    const messages = events.filter(({ kind }) => kind === 'message')
    const target = messages[roll(Math.max(1, messages.length))]?.seq
    if (!target || roll(10) < 5) events.push(said(seq, { nth: ++nth }))
    else {
      const changes = [
        { kind: 'edited', body: `edit ${seq}`, edits: seq, mentions: [] },
        { kind: 'reacted', emoji: '👍', on: roll(2) === 0, by: ['ben', 'cy', 'di'][roll(3)] },
        { kind: 'pinned', on: roll(2) === 0 },
        { kind: 'deleted', moderated: false },
      ] as const
      events.push({ ...change(seq, target, changes[roll(4)] ?? changes[0]), nth })
    }
  }
  const upTo = (seq: number) => events.slice(0, seq).reduce(heard, opened(page([]))).messages
  return { events, upTo, roll }
}

test('whatever is dropped, doubled or late, and wherever pages were read, the end is the whole room', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { events, upTo, roll } = room(seed, 60)
    const read = (head: number, pick: (all: readonly Message[]) => readonly Message[]) => {
      const all = upTo(head)
      const messages = pick(all)
      const has_older = messages.length > 0 && messages[0] !== all[0]
      const has_newer = messages.length > 0 && messages.at(-1) !== all.at(-1)
      return page(messages, { head, nth: all.length, has_older, has_newer })
    }
    let timeline = opened(read(20, (all) => all.slice(-5)))
    let now = 20
    while (now < 60 || isBehind(timeline)) {
      now = Math.min(60, now + roll(4))
      for (let times = roll(5); times > 0; times--) {
        const event = events[Math.max(0, now - 1 - roll(6))]
        if (event) timeline = heard(timeline, event)
      }
      const late = Math.max(1, now - roll(8))
      const first = timeline.messages[0]?.seq ?? 1
      const last = timeline.messages.at(-1)?.seq ?? 0
      const older = read(late, (all) => all.filter(({ seq }) => seq < first).slice(-3))
      const newer = read(late, (all) => all.filter(({ seq }) => seq > last).slice(0, 3))
      const around = read(late, (all) => all.slice(roll(all.length)).slice(0, 6))
      const move = roll(8)
      if (move === 0) timeline = extended(timeline, older, 'older') ?? timeline
      if (move === 1 && timeline.hasNewer) timeline = extended(timeline, newer, 'newer') ?? timeline
      if (move === 2 && late <= timeline.seq) timeline = replacedBy(timeline, around) ?? timeline
      if (move === 3 || now === 60)
        timeline = filled(timeline, stretch(events.slice(timeline.seq, now), { head: now }))
      const whole = upTo(timeline.seq)
      const from = whole.findIndex(({ id }) => id === timeline.messages[0]?.id)
      expect(timeline.messages).toEqual(whole.slice(from, from + timeline.messages.length))
      if (!timeline.hasNewer) expect(timeline.messages.at(-1)?.id).toBe(whole.at(-1)?.id)
    }
    expect(timeline.seq).toBe(60)
  }
})
