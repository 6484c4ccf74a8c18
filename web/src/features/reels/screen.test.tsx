import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'

import { session } from '@/lib/session'
import { faults, showApp } from '@/test/app'

import { gone } from './queries'

const member = { id: 'm1', handle: 'mara', name: 'Mara Aldén' }
const club = { id: 'c1', slug: 'night-runners', name: 'Night Runners', hue: 262, role: 'member' }

const reel = (id: string, rest = {}) => ({
  id,
  author: { id: 'm2', handle: 'jonas', name: 'Jonas Lind', hue: 200, avatar_url: null },
  club,
  caption: `Clip ${id}`,
  captions_url: null,
  colour: '#224466',
  created_at: '2026-11-20T10:00:00Z',
  duration_s: 12,
  height: 1280,
  width: 720,
  liked: false,
  likes: 3,
  mine: false,
  poster_url: `/files/${id}.jpg`,
  tiny: null,
  state: 'ready',
  version: 1,
  video_url: `/files/${id}.mp4`,
  visibility: 'club',
  rank_id: 'r-1',
  reason: { code: 'because_you', item_ids: [], text: 'Because you watched Goal' },
  ...rest,
})

interface Asked {
  call: string
  body: unknown
}

function hub(replies: Record<string, unknown>) {
  const asked: Asked[] = []
  const all: Record<string, unknown> = {
    'GET /me': { ...member, clubs: [club], unread_notifications: 0 },
    'GET /rooms': { data: [] },
    ...replies,
  }
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init)
    const call = `${request.method} ${new URL(request.url).pathname.replace('/api/v1', '')}`
    const text = await request.text()
    const isJson = request.headers.get('Content-Type')?.includes('json')
    asked.push({ call, body: text && isJson ? JSON.parse(text) : text || undefined })
    const answer = all[call]
    return new Response(JSON.stringify(answer ?? { detail: 'Nothing here.' }), {
      status: answer === undefined ? 404 : 200,
    })
  })
  return asked
}

const feed = (...data: unknown[]) => ({ data, next: null, degraded: null })

beforeEach(() => {
  gone.set(new Set())
  session.state.set({ status: 'member', member } as never)
  vi.spyOn(session, 'freshToken').mockResolvedValue('t')
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue()
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(() => undefined)
})

const first = async () => within(await screen.findByRole('article', { name: 'Clip a' }))

test('a reel says why it is here, who made it, and plays without sound', async () => {
  hub({ 'GET /reels/feed': feed(reel('a'), reel('b')) })
  await showApp('/reels')
  const shown = await first()
  expect(shown.getByText('Because you watched Goal')).toBeVisible()
  expect(shown.getByRole('link', { name: 'Jonas Lind' })).toHaveAttribute('href', '/m/jonas')
  await waitFor(() => expect(HTMLMediaElement.prototype.play).toHaveBeenCalledOnce())
  expect(document.querySelector('video')).toHaveProperty('muted', true)
  expect(await faults()).toEqual([])
})

test('a like counts at once and goes with the ranking that brought it', async () => {
  const asked = hub({
    'GET /reels/feed': feed(reel('a')),
    'PUT /reels/a/like': { liked: true, likes: 4 },
  })
  await showApp('/reels')
  const shown = await first()
  await userEvent.click(shown.getByRole('button', { name: 'Like' }))
  expect(await shown.findByText('4')).toBeVisible()
  const like = () => asked.find(({ call }) => call === 'PUT /reels/a/like')
  await waitFor(() => expect(like()?.body).toEqual({ surface: 'reels', rank_id: 'r-1' }))
})

test('two presses like it and never take a like back', async () => {
  const asked = hub({ 'GET /reels/feed': feed(reel('a', { liked: true })) })
  await showApp('/reels')
  const stage = (await first()).getByRole('button', { name: 'Pause' })
  await userEvent.dblClick(stage)
  expect(asked.some(({ call }) => call.endsWith('/like'))).toBe(false)
  expect((await first()).getByRole('button', { name: 'Pause' })).toBeInTheDocument()
})

test('space stops the film and the letter l likes it', async () => {
  const asked = hub({ 'GET /reels/feed': feed(reel('a')), 'PUT /reels/a/like': { liked: true, likes: 4 } })
  await showApp('/reels')
  const shown = await first()
  fireEvent.keyDown(document.body, { key: ' ' })
  expect(await shown.findByRole('button', { name: 'Play' })).toBeInTheDocument()
  fireEvent.keyDown(document.body, { key: 'l' })
  await waitFor(() => expect(asked.some(({ call }) => call === 'PUT /reels/a/like')).toBe(true))
})

test('less like this takes it away, tells the ranking, and can be taken back', async () => {
  const asked = hub({
    'GET /reels/feed': feed(reel('a'), reel('b')),
    'POST /feed/hide': {},
    'DELETE /feed/hide/reel/a': {},
  })
  await showApp('/reels')
  await userEvent.click((await first()).getByRole('button', { name: 'About this reel' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Less like this' }))
  await waitFor(() => expect(screen.queryByRole('article', { name: 'Clip a' })).not.toBeInTheDocument())
  expect(asked.find(({ call }) => call === 'POST /feed/hide')?.body).toMatchObject({
    kind: 'reel',
    item_id: 'a',
    surface: 'reels',
    rank_id: 'r-1',
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
  expect(await screen.findByRole('article', { name: 'Clip a' })).toBeInTheDocument()
})

test('who spares data gets the poster and a film that waits', async () => {
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { connection: { saveData: true } }))
  hub({ 'GET /reels/feed': feed(reel('a')) })
  await showApp('/reels')
  expect((await first()).getByRole('button', { name: 'Play' })).toBeInTheDocument()
  expect(HTMLMediaElement.prototype.play).not.toHaveBeenCalled()
})

test('without reels somebody is asked to begin', async () => {
  hub({ 'GET /reels/feed': feed() })
  await showApp('/reels')
  expect(await screen.findByText('No reels yet')).toBeVisible()
  expect(screen.getByRole('button', { name: 'Share a reel' })).toBeVisible()
})

test('a file that is no film is refused before it is sent', async () => {
  hub({ 'GET /reels/feed': feed() })
  await showApp('/reels?upload=true')
  const file = new File(['x'], 'team.png', { type: 'image/png' })
  const input = await screen.findByLabelText(/Choose a video/)
  await userEvent.upload(input, file, { applyAccept: false })
  expect(await screen.findByText('This is not a video. MP4, MOV and WebM work.')).toBeVisible()
  expect(await faults()).toEqual([])
})

test('captions of one’s own reel are sent as WebVTT, also from a SubRip file', async () => {
  const asked = hub({
    'GET /reels/feed': feed(reel('a', { mine: true })),
    'PUT /reels/a/captions': { captions_url: '/files/a.vtt', cues: 1 },
  })
  await showApp('/reels')
  await userEvent.click((await first()).getByRole('button', { name: 'Add captions' }))
  const file = new File(['1\r\n00:00:01,000 --> 00:00:02,500\r\nNow\r\n'], 'talk.srt')
  await userEvent.upload(await screen.findByLabelText('Choose a caption file', { selector: 'input' }), file)
  expect(await screen.findByText('Captions are on')).toBeVisible()
  expect(asked).toContainEqual({
    call: 'PUT /reels/a/captions',
    body: 'WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nNow\n',
  })
  expect((await first()).getByRole('button', { name: 'Change captions' })).toBeVisible()
})

test('a caption file that cannot be read leaves the reel as it was, and says why', async () => {
  hub({ 'GET /reels/feed': feed(reel('a', { mine: true })) })
  await showApp('/reels')
  await userEvent.click((await first()).getByRole('button', { name: 'Add captions' }))
  const file = new File(['hello'], 'talk.vtt', { type: 'text/vtt' })
  await userEvent.upload(await screen.findByLabelText('Choose a caption file', { selector: 'input' }), file)
  expect(await screen.findByText('Nothing here.')).toBeVisible()
})
