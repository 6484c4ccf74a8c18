import { expect, test, vi } from 'vitest'

import { followPushes } from './pushed'

function listening() {
  const worker = new EventTarget()
  const push = vi.fn()
  const router = { history: { push } } as unknown as Parameters<typeof followPushes>[0]
  followPushes(router, worker as ServiceWorkerContainer)
  return { push, hear: (data: unknown, port?: MessagePort) => worker.dispatchEvent(message(data, port)) }
}

const message = (data: unknown, port?: MessagePort) =>
  Object.assign(new Event('message'), { data, ports: port ? [port] : [] })

test('a page says where it is', () => {
  const postMessage = vi.fn()
  listening().hear({ type: 'where' }, { postMessage } as unknown as MessagePort)
  expect(postMessage).toHaveBeenCalledExactlyOnceWith(location.pathname)
})

test('a page goes where a notice leads, and nowhere else', () => {
  const { push, hear } = listening()
  hear({ type: 'open', path: '/chat/r1' })
  hear({ type: 'open', path: 'https://else.example' })
  hear({ type: 'open' })
  hear(null)
  expect(push).toHaveBeenCalledExactlyOnceWith('/chat/r1')
})
