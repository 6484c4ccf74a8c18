import { expect, test, vi } from 'vitest'

import { createConnection, type Line } from './connection'

/** A line that can be cut and mended by hand; it keeps what was sent on it. */
function stage(token: (seconds?: number) => Promise<string | undefined> = () => Promise.resolve('t1')) {
  const handlers = new Map<string, (...parts: unknown[]) => void>()
  let any: (event: string, ...parts: unknown[]) => void = () => undefined
  let auth: (give: (data: object) => void) => void = () => undefined
  const reply = vi.fn((_event: string, _payload: unknown): Promise<unknown> => Promise.resolve({ ok: true }))
  const wire = {
    connected: false,
    connect: vi.fn(() => {
      wire.connected = true
      handlers.get('connect')?.()
    }),
    disconnect: vi.fn(() => (wire.connected = false)),
    on: (event: string, listener: (...parts: unknown[]) => void) => handlers.set(event, listener),
    onAny: (listener: typeof any) => (any = listener),
    timeout: () => ({ emitWithAck: reply }),
    emit: vi.fn(),
  }
  const renewed = vi.fn(() => Promise.resolve(true))
  const ended = vi.fn()
  const wait = vi.fn(() => Promise.resolve())
  const connection = createConnection({
    open: (give) => {
      auth = give
      return Promise.resolve(wire as unknown as Line)
    },
    freshToken: token,
    holdsFor: () => 600,
    renewed,
    ended,
    wait,
  })
  const cut = (reason: string) => {
    wire.connected = false
    handlers.get('disconnect')?.(reason)
  }
  const fail = (data?: object) => handlers.get('connect_error')?.(Object.assign(new Error('no'), { data }))
  const asked = () => new Promise<object>((give) => auth(give))
  const hear = (event: string, ...parts: unknown[]) => handlers.get(event)?.(...parts)
  return {
    connection,
    wire,
    reply,
    renewed,
    ended,
    wait,
    hear,
    cut,
    fail,
    asked,
    push: (e: string, p: unknown) => any(e, p),
  }
}

test('starting connects and says so', async () => {
  const { connection } = stage()
  await connection.start()
  expect(connection.status.get()).toBe('live')
})

test('each attempt asks for a fresh token and the newest cursors', async () => {
  const { connection, asked } = stage()
  connection.cursors(() => ({ cursors: { r1: 7 } }))
  await connection.start()
  expect(await asked()).toEqual({ token: 't1', cursors: { r1: 7 } })
})

test('a token that cannot be had does not hold the attempt back', async () => {
  const { connection, asked } = stage(() => Promise.reject(new Error('offline')))
  await connection.start()
  expect(await asked()).toEqual({})
})

test('a cut line is reconnecting; one closed by the server is opened again', async () => {
  const { connection, cut, wire } = stage()
  await connection.start()
  cut('transport close')
  expect(connection.status.get()).toBe('reconnecting')
  cut('io server disconnect')
  expect(wire.connect).toHaveBeenCalledTimes(2)
  expect(connection.status.get()).toBe('live')
})

test('a refused token is renewed and the line tried again', async () => {
  const { connection, fail, renewed, wire, cut } = stage()
  await connection.start()
  cut('transport close')
  fail({ status: 401 })
  await vi.waitFor(() => expect(wire.connect).toHaveBeenCalledTimes(2))
  expect(renewed).toHaveBeenCalledOnce()
})

test('a session that is over is not tried again', async () => {
  const { connection, fail, renewed, wire, cut } = stage()
  renewed.mockResolvedValue(false)
  await connection.start()
  cut('transport close')
  fail({ status: 401 })
  await new Promise((done) => setTimeout(done))
  expect(wire.connect).toHaveBeenCalledOnce()
})

test('a full house is tried again when it said so', async () => {
  const { connection, fail, renewed, wait, wire, cut } = stage()
  await connection.start()
  cut('transport close')
  fail({ status: 503, retry_after: 9 })
  await vi.waitFor(() => expect(wire.connect).toHaveBeenCalledTimes(2))
  expect(wait).toHaveBeenCalledWith(9)
  expect(renewed).not.toHaveBeenCalled()
})

test('a lost line is left to the client, which tries by itself', async () => {
  const { connection, fail, wire } = stage()
  await connection.start()
  fail()
  await new Promise((done) => setTimeout(done))
  expect(wire.connect).toHaveBeenCalledOnce()
  expect(connection.status.get()).toBe('reconnecting')
})

test('an expired token is renewed on the open line', async () => {
  const { connection, hear, reply } = stage()
  await connection.start()
  hear('auth.expired')
  await vi.waitFor(() => expect(reply).toHaveBeenCalledWith('auth.renew', { token: 't1' }))
})

const RAN_OUT = { ok: false, problem: { code: 'token_expired', status: 401 } }

test('what is refused because the token ran out is asked again, the same, with a new one', async () => {
  const { connection, reply } = stage()
  await connection.start()
  reply.mockResolvedValueOnce(RAN_OUT)
  const payload = { room: 'r1', client_id: 'c1' }
  expect(await connection.ask('message.send', payload)).toEqual({ ok: true })
  expect(reply.mock.calls).toEqual([
    ['message.send', payload],
    ['auth.renew', { token: 't1' }],
    ['message.send', payload],
  ])
})

test('many questions that are refused at once share one renewal', async () => {
  const { connection, reply } = stage()
  await connection.start()
  reply.mockResolvedValueOnce(RAN_OUT).mockResolvedValueOnce(RAN_OUT)
  await Promise.all([connection.ask('message.send', { n: 1 }), connection.ask('message.send', { n: 2 })])
  expect(reply.mock.calls.filter(([event]) => event === 'auth.renew')).toHaveLength(1)
})

test('a token that has run out by the hub’s clock alone is replaced', async () => {
  const { connection, reply, renewed } = stage()
  await connection.start()
  reply.mockResolvedValueOnce(RAN_OUT).mockResolvedValueOnce(RAN_OUT)
  expect(await connection.ask('message.send', {})).toEqual({ ok: true })
  expect(renewed).toHaveBeenCalledOnce()
})

test('it is asked again once; a session that is over is not renewed', async () => {
  const { connection, reply, renewed } = stage()
  renewed.mockResolvedValue(false)
  await connection.start()
  reply.mockResolvedValue(RAN_OUT)
  await expect(connection.ask('message.send', {})).rejects.toMatchObject({ code: 'token_expired' })
  expect(reply.mock.calls.map(([event]) => event)).toEqual(['message.send', 'auth.renew'])
})

test('a token is renewed one to two minutes before it runs out', async () => {
  vi.useFakeTimers()
  const token = vi.fn((_seconds?: number) => Promise.resolve('t1'))
  const { connection, asked, reply } = stage(token)
  await connection.start()
  await asked()
  await vi.advanceTimersByTimeAsync(479_000)
  expect(reply).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(62_000)
  expect(token).toHaveBeenLastCalledWith(120)
  expect(reply).toHaveBeenCalledWith('auth.renew', { token: 't1' })
  await vi.advanceTimersByTimeAsync(541_000)
  expect(reply).toHaveBeenCalledTimes(2)
  connection.stop()
  await vi.advanceTimersByTimeAsync(1_200_000)
  expect(reply).toHaveBeenCalledTimes(2)
  vi.useRealTimers()
})

test('a session ended elsewhere ends here', async () => {
  const { connection, hear, ended } = stage()
  await connection.start()
  hear('auth.ended')
  expect(ended).toHaveBeenCalledOnce()
})

test('told that its server leaves, it comes back when it was asked to', async () => {
  const { connection, hear, wait, wire } = stage()
  await connection.start()
  hear('server.leaving', { after_ms: 3200 })
  await vi.waitFor(() => expect(wire.connect).toHaveBeenCalledTimes(2))
  expect(wait).toHaveBeenCalledWith(3.2)
  expect(wire.disconnect).toHaveBeenCalledOnce()
})

test('stopping is quiet', async () => {
  const { connection, cut, wire } = stage()
  await connection.start()
  connection.stop()
  await Promise.resolve()
  cut('io client disconnect')
  expect(wire.disconnect).toHaveBeenCalledOnce()
  expect(connection.status.get()).toBe('idle')
})

test('listeners hear events until they leave', async () => {
  const { connection, push } = stage()
  const heard = vi.fn()
  const leave = connection.on('feed.changed', heard)
  await connection.start()
  push('feed.changed', { count: 3 })
  leave()
  push('feed.changed', { count: 4 })
  expect(heard.mock.calls).toEqual([[{ count: 3 }]])
})

test('an ack resolves with what it carries', async () => {
  const { connection, reply } = stage()
  await connection.start()
  reply.mockResolvedValue({ ok: true, seq: 12 })
  expect(await connection.ask('message.send', {})).toEqual({ ok: true, seq: 12 })
})

test('a refusal in an ack is a problem with its sentence', async () => {
  const { connection, reply } = stage()
  await connection.start()
  const problem = { type: '/problems/slow_down', status: 429, detail: 'One moment.', retry_after: 3 }
  reply.mockResolvedValue({ ok: false, problem })
  await expect(connection.ask('message.send', {})).rejects.toMatchObject({
    message: 'One moment.',
    retryAfter: 3,
  })
})

test('no ack in time and no line are both offline', async () => {
  const { connection, reply, cut } = stage()
  await connection.start()
  reply.mockRejectedValue(new Error('operation has timed out'))
  await expect(connection.ask('message.send', {})).rejects.toMatchObject({ isOffline: true })
  cut('transport close')
  await expect(connection.ask('message.send', {})).rejects.toMatchObject({ isOffline: true })
})

test('what is worthless later is not sent without a line', async () => {
  const { connection, wire, cut } = stage()
  await connection.start()
  cut('transport close')
  connection.tell('typing', {})
  await Promise.resolve()
  expect(wire.emit).not.toHaveBeenCalled()
})
