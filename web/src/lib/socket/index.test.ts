import { io } from 'socket.io-client'
import { afterEach, expect, test, vi } from 'vitest'

import { socket } from '.'

vi.mock('socket.io-client', () => ({
  io: vi.fn(() => ({ connected: true, connect: vi.fn(), disconnect: vi.fn(), on: vi.fn(), onAny: vi.fn() })),
}))

afterEach(() => socket.stop())

test('a WebSocket is tried first, long polling where there is none', async () => {
  await socket.start()
  expect(io).toHaveBeenCalledWith(
    expect.objectContaining({ transports: ['websocket', 'polling'], tryAllTransports: true }),
  )
})
