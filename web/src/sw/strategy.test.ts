import { expect, test, vi } from 'vitest'

import { answer } from './strategy'

const origin = 'https://hub.example'

function around(cached: Record<string, string>, network: () => Promise<Response>) {
  const put = vi.fn(() => Promise.resolve())
  const match = (key: RequestInfo | URL) => {
    const path = typeof key === 'string' ? key : new URL((key as Request).url).pathname
    return Promise.resolve(path in cached ? new Response(cached[path]) : undefined)
  }
  return { put, origin, open: () => Promise.resolve({ match, put }), fetch: vi.fn(network) }
}

const get = (path: string, mode = 'cors') =>
  ({ url: origin + path, method: 'GET', mode }) as unknown as Request
const offline = () => Promise.reject(new TypeError('offline'))

test('a page without a network is the shell', async () => {
  const response = await answer(get('/calendar', 'navigate'), around({ '/': 'shell' }, offline))
  expect(await response?.text()).toBe('shell')
})

test('a page with a network is the newest release', async () => {
  const world = around({ '/': 'old shell' }, () => Promise.resolve(new Response('new shell')))
  expect(await (await answer(get('/', 'navigate'), world))?.text()).toBe('new shell')
})

test('a hashed file is asked for once', async () => {
  const world = around({ '/assets/main-1.js': 'code' }, offline)
  expect(await (await answer(get('/assets/main-1.js'), world))?.text()).toBe('code')
  expect(world.fetch).not.toHaveBeenCalled()
})

test('a hashed file seen for the first time is kept', async () => {
  const world = around({}, () => Promise.resolve(new Response('code')))
  await answer(get('/assets/chat-2.js'), world)
  expect(world.put).toHaveBeenCalledOnce()
})

test('a failed answer is never kept', async () => {
  const world = around({}, () => Promise.resolve(new Response('gone', { status: 404 })))
  await answer(get('/assets/chat-2.js'), world)
  expect(world.put).not.toHaveBeenCalled()
})

test.each(['/api/v1/feed', '/socket.io/?EIO=4', '/files/clip.mp4', '/healthz'])(
  '%s is left to the network alone',
  (path) => {
    expect(answer(get(path), around({}, offline))).toBeUndefined()
  },
)

test('writes and other hosts are left alone', () => {
  const write = { url: `${origin}/theme.js`, method: 'POST', mode: 'cors' } as unknown as Request
  expect(answer(write, around({}, offline))).toBeUndefined()
  const other = { url: 'https://else.example/a.js', method: 'GET', mode: 'cors' } as unknown as Request
  expect(answer(other, around({}, offline))).toBeUndefined()
})

test('without a network and without a shell the failure is passed on', async () => {
  await expect(answer(get('/', 'navigate'), around({}, offline))).rejects.toThrow('offline')
})
