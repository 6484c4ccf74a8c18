import { expect, test, vi } from 'vitest'

import { lead, move, show, type Place, type Window } from './pushing'

const origin = 'https://hub.example'
const message = JSON.stringify({
  web_push: 8030,
  notification: { title: 'Anna', body: 'are you coming?', navigate: `${origin}/chat/r1`, tag: 'room:r1' },
  app_badge: 3,
})

function page(path: string, { visible = true, answers = true } = {}): Window {
  return {
    url: `${origin}/feed`,
    visibilityState: visible ? 'visible' : 'hidden',
    focus: vi.fn(() => Promise.resolve()),
    postMessage: vi.fn((_asked: unknown, ports?: Transferable[]) => {
      if (answers) (ports?.[0] as MessagePort | undefined)?.postMessage(path)
    }),
  }
}

function place(...pages: Window[]) {
  return {
    origin,
    windows: () => Promise.resolve(pages),
    open: vi.fn(() => Promise.resolve()),
    show: vi.fn(() => Promise.resolve()),
    badge: vi.fn(() => Promise.resolve()),
    subscribe: vi.fn<Place['subscribe']>(),
    fetch: vi.fn<Place['fetch']>(() => Promise.resolve()),
  }
}

test('a push is shown with its words, and leads to its room', async () => {
  const world = place()
  await show(message, world)
  expect(world.show).toHaveBeenCalledExactlyOnceWith('Anna', {
    body: 'are you coming?',
    tag: 'room:r1',
    icon: '/icon.svg',
    data: { path: '/chat/r1' },
  })
  expect(world.badge).toHaveBeenCalledWith(3)
})

test('nothing is shown to who is looking at the room', async () => {
  const world = place(page('/feed'), page('/chat/r1'))
  await show(message, world)
  expect(world.show).not.toHaveBeenCalled()
})

test.each([
  ['another room is open', page('/chat/r2')],
  ['the room is open behind something else', page('/chat/r1', { visible: false })],
  ['a page does not answer', page('/chat/r1', { answers: false })],
])('it is shown when %s', async (_when, open) => {
  const world = place(open)
  await show(message, world)
  expect(world.show).toHaveBeenCalledOnce()
})

test.each([undefined, '', 'no json', '[]', '{"notification":7}'])(
  'a push that cannot be read is shown all the same: %s',
  async (text) => {
    const world = place()
    await show(text, world)
    expect(world.show).toHaveBeenCalledWith('ClubHoloHub', expect.objectContaining({ data: { path: '/' } }))
  },
)

test('a link never leads to another host', async () => {
  const world = place()
  await show(
    JSON.stringify({ notification: { title: 'x', navigate: 'https://else.example/chat/r1' } }),
    world,
  )
  expect(world.show).toHaveBeenCalledWith('x', expect.objectContaining({ data: { path: '/chat/r1' } }))
})

test('a click leads the open page to the room', async () => {
  const [behind, front] = [page('/feed', { visible: false }), page('/feed')]
  const world = place(behind, front)
  const notice = { close: vi.fn(), data: { path: '/chat/r1' } }
  await lead(notice, world)
  expect(notice.close).toHaveBeenCalledOnce()
  expect(front.focus).toHaveBeenCalledOnce()
  expect(front.postMessage).toHaveBeenCalledWith({ type: 'open', path: '/chat/r1' })
  expect(world.open).not.toHaveBeenCalled()
})

test('a click opens the room where no page is open', async () => {
  const world = place()
  await lead({ close: vi.fn(), data: { path: '/chat/r1' } }, world)
  expect(world.open).toHaveBeenCalledExactlyOnceWith('/chat/r1')
})

const subscription = (name: string) =>
  ({
    options: { userVisibleOnly: true, applicationServerKey: null },
    toJSON: () => ({ endpoint: `https://push/${name}`, keys: { p256dh: `p-${name}`, auth: `a-${name}` } }),
  }) as unknown as PushSubscription

test('the hub hears of a subscription that took the place of another', async () => {
  const world = place()
  world.subscribe.mockResolvedValue(subscription('new'))
  await move(subscription('old'), null, world)
  expect(world.subscribe).toHaveBeenCalledOnce()
  const [path, init] = world.fetch.mock.calls[0] ?? []
  expect(path).toBe('/api/v1/chat/push/moved')
  expect(JSON.parse(init?.body as string)).toEqual({
    old: 'https://push/old',
    auth: 'a-old',
    now: { endpoint: 'https://push/new', keys: { p256dh: 'p-new', auth: 'a-new' } },
  })
})

test('where the old one is not known, the app subscribes anew by itself', async () => {
  const world = place()
  await move(null, subscription('new'), world)
  expect(world.fetch).not.toHaveBeenCalled()
})
