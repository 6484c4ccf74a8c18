import { Problem, type ProblemBody } from '@/lib/api/problem'
import { createStore, type Store } from '@/lib/store'

import { createRenewal, hasRunOut, type RenewalNeeds } from './renewal'

export type ConnectionStatus = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'offline'

/** What we need of a socket.io-client Socket; the real one fits as it is. */
export interface Line {
  connected: boolean
  connect: () => unknown
  disconnect: () => unknown
  on: (event: string, listener: (...parts: never[]) => void) => unknown
  onAny: (listener: (event: string, ...parts: unknown[]) => void) => unknown
  timeout: (ms: number) => { emitWithAck: (event: string, ...parts: unknown[]) => Promise<unknown> }
  emit: (event: string, ...parts: unknown[]) => unknown
}

export interface ConnectionNeeds extends Omit<RenewalNeeds, 'offer'> {
  /** Opens the transport; `auth` is asked again before every attempt. Loaded late, so the first page is light. */
  open: (auth: (give: (data: object) => void) => void) => Promise<Line>
  /** The session was ended elsewhere. */
  ended: () => void
  wait: (seconds: number) => Promise<void>
}

export type Listener = (payload: unknown) => void

export interface Connection {
  status: Store<ConnectionStatus>
  start: () => Promise<void>
  stop: () => void
  /** Listens until the returned function is called. Survives reconnects. */
  on: (event: string, listener: Listener) => () => void
  /** Runs after each (re)connection. */
  onLive: (listener: () => void) => () => void
  /**
   * Sends and waits for the ack; `{ok: false, problem}` and a missing ack both reject with a Problem. What is refused
   * because the token ran out is asked again with a new one.
   */
  ask: <T>(event: string, payload: unknown, timeoutMs?: number) => Promise<T>
  /** Sends without an ack, and only while live: for what is worthless a second later (typing). */
  tell: (event: string, payload: unknown) => void
  /** What goes into the CONNECT packet beside the token: cursors of open rooms, for example. */
  cursors: (give: () => object) => void
}

type Ack<T> = { ok: true } & T
type Refusal = { ok: false; problem: ProblemBody }

export function createConnection(needs: ConnectionNeeds): Connection {
  const status = createStore<ConnectionStatus>('idle')
  const listeners = new Map<string, Set<Listener>>()
  const onLive = new Set<() => void>()
  let cursors: () => object = () => ({})
  let wire: Promise<Line> | undefined
  let wanted = false

  const auth = (give: (data: object) => void) => {
    needs.freshToken().then(
      (token) => {
        give({ token, ...cursors() })
        if (token) renewal.ahead()
      },
      () => give({ ...cursors() }),
    )
  }

  const again = async (socket: Line, problem: ProblemBody) => {
    const isToken = problem.status === 401
    if (isToken && !(await needs.renewed().catch(() => true))) return
    await needs.wait(isToken ? 1 : (problem.retry_after ?? 5))
    if (wanted && !socket.connected) socket.connect()
  }

  const attach = (socket: Line) => {
    socket.on('connect', () => {
      status.set('live')
      onLive.forEach((listener) => listener())
    })
    socket.on('disconnect', (reason: string) => {
      if (!wanted) return status.set('idle')
      status.set('reconnecting')
      // The client reconnects by itself except when the server closed the socket: after a restart or an old token.
      if (reason === 'io server disconnect') socket.connect()
    })
    socket.on('connect_error', (error: Error & { data?: ProblemBody }) => {
      status.set(navigator.onLine ? 'reconnecting' : 'offline')
      // A refusal by the hub, unlike a lost line, is not tried again by the client itself.
      if (error.data) void again(socket, error.data)
    })
    // The process we talk to ends soon: come back when it says, to another one, so that not everybody comes at once.
    socket.on('server.leaving', (word: { after_ms?: number } | undefined) => void leave(socket, word))
    socket.on('auth.expired', () => void renewal.renew().catch(() => undefined))
    socket.on('auth.ended', () => needs.ended())
    socket.onAny((event, payload) => listeners.get(event)?.forEach((listener) => listener(payload)))
    return socket
  }

  const leave = async (socket: Line, word: { after_ms?: number } | undefined) => {
    await needs.wait((word?.after_ms ?? 0) / 1000)
    if (!wanted || !socket.connected) return
    socket.disconnect()
    socket.connect()
  }

  const follow = <T>(set: Set<T>, listener: T) => {
    set.add(listener)
    return () => void set.delete(listener)
  }

  const askOnce = async <T>(event: string, payload: unknown, timeoutMs = 8000) => {
    const socket = await wire
    if (!socket?.connected) throw Problem.offline()
    const answer = await socket
      .timeout(timeoutMs)
      .emitWithAck(event, payload)
      .catch(() => {
        throw Problem.offline()
      })
    const ack = answer as Ack<T> | Refusal
    if (!ack.ok) throw new Problem(ack.problem)
    return ack
  }

  const renewal = createRenewal({ ...needs, offer: (token) => askOnce('auth.renew', { token }) })

  const ask = async <T>(event: string, payload: unknown, timeoutMs?: number) => {
    try {
      return await askOnce<T>(event, payload, timeoutMs)
    } catch (reason) {
      if (!hasRunOut(reason)) throw reason
      await renewal.renew()
      return askOnce<T>(event, payload, timeoutMs)
    }
  }

  return {
    status,
    ask,
    async start() {
      wanted = true
      status.set('connecting')
      wire ??= needs.open(auth).then(attach)
      const socket = await wire
      if (wanted && !socket.connected) socket.connect()
    },
    stop() {
      wanted = false
      renewal.stop()
      status.set('idle')
      void wire?.then((socket) => socket.disconnect())
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set)
      return follow(set, listener)
    },
    onLive: (listener) => follow(onLive, listener),
    cursors: (give) => void (cursors = give),
    tell(event, payload) {
      void wire?.then((socket) => socket.connected && socket.emit(event, payload))
    },
  }
}
