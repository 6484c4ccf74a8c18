import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'

import { api } from '@/lib/api'
import { faults, show } from '@/test/render'

import { FeedList, grouped, type FeedItem } from './FeedList'
import { pickView } from './pick-view'

const club = { id: 'c', slug: 'riverside', name: 'Riverside FC', hue: 152 }
const author = { id: 'a', handle: 'kwame', name: 'Kwame Osei', hue: 150, avatar_url: null }
const post = (id: string, over: object = {}): FeedItem =>
  ({
    type: 'post',
    at: '2026-03-14T12:00:00Z',
    reason: null,
    rank_id: null,
    post: {
      id,
      author,
      club,
      text: 'Held on',
      html: '<p>Held on for a <strong>2–2</strong> in the mud.</p>',
      media: [],
      visibility: 'club',
      announce: false,
      reactions: { like: 38 },
      my_reaction: null,
      comments: 12,
      created_at: '2026-03-14T12:00:00Z',
      edited_at: null,
      version: 1,
      may_edit: false,
      may_remove: false,
      ...over,
    },
  }) as FeedItem
const reel = (id: string): FeedItem =>
  ({
    type: 'reel',
    at: '',
    reason: { code: 'similar', text: 'Like set-piece drills', item_ids: [] },
    rank_id: 'r1',
    reel: {
      id,
      club,
      author,
      caption: `Clip ${id}`,
      poster_url: null,
      colour: null,
      duration_s: 21,
      liked: false,
      likes: 0,
    },
  }) as unknown as FeedItem
vi.stubGlobal(
  'IntersectionObserver',
  class {
    observe = vi.fn()
    disconnect = vi.fn()
  },
)

test('reels that follow each other stand side by side, three at most', () => {
  const sizes = grouped([post('1'), ...['a', 'b', 'c', 'd'].map(reel), post('2')]).map(
    (group) => group.length,
  )
  expect(sizes).toEqual([1, 3, 1, 1])
})

test('a post shows its voice and its counts, and is free of faults', async () => {
  await show(<FeedList items={[post('1')]} surface="club" label="Feed" />)
  expect(screen.getByText('2–2')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Like, 38 so far' })).toHaveAttribute('aria-pressed', 'false')
  expect(await faults()).toEqual([])
})

test('less like this takes the item away at once and tells the hub why it was there', async () => {
  const sent = vi.spyOn(api, 'POST').mockResolvedValue({ response: new Response() } as never)
  await show(<FeedList items={[reel('a')]} surface="for_you" label="Feed" />)
  await userEvent.click(screen.getByRole('button', { name: 'About this suggestion' }))
  await userEvent.click(await screen.findByText('Less like this'))
  expect(screen.queryByText('Clip a')).not.toBeInTheDocument()
  expect(sent).toHaveBeenCalledWith('/api/v1/feed/hide', {
    body: { kind: 'reel', item_id: 'a', club_id: 'c', surface: 'for_you', rank_id: 'r1' },
  })
})

const fixture = (over: object) =>
  ({
    id: 'f',
    home: { name: 'Arsenal' },
    away: { name: 'Tottenham' },
    kickoff_at: '2026-03-14T17:30:00Z',
    lock_at: '2026-03-14T17:30:00Z',
    locked: false,
    status: 'scheduled',
    outcome: null,
    score: null,
    crowd: null,
    my_pick: null,
    ...over,
  }) as unknown as Parameters<typeof pickView>[0]
const noon = Date.parse('2026-03-14T12:00:00Z')

test('a match is open until its lock by the server’s clock', () => {
  expect(pickView(fixture({}), noon).state).toBe('open')
  expect(pickView(fixture({}), Date.parse('2026-03-14T17:30:00Z')).state).toBe('live')
})

test('the crowd comes as shares', () => {
  expect(pickView(fixture({ locked: true, crowd: { home: 1, draw: 1, away: 2 } }), noon).crowd).toEqual({
    '1': 0.25,
    X: 0.25,
    '2': 0.5,
  })
})

test('a settled match says who was right', () => {
  const settled = { status: 'settled', outcome: '1', my_pick: { choice: '1', points: 3 } }
  expect(pickView(fixture(settled), noon)).toMatchObject({ state: 'won', points: 3 })
})
