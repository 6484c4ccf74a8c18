import { useEffect } from 'react'

import { session } from '@/lib/session'
import { useStore } from '@/lib/store'

import { createConnection, type Connection, type ConnectionNeeds, type Line } from './connection'

export type { Connection, ConnectionStatus } from './connection'
export { createDispatcher, type EventWriter } from './dispatch'

/**
 * The one place that knows socket.io-client. Each attempt begins with a WebSocket; where something on the way lets none
 * through, it goes on by long polling, which a hub with several chat processes refuses (`EDGE_POLLING`).
 */
const open: ConnectionNeeds['open'] = async (auth) => {
  const { io } = await import('socket.io-client')
  const socket = io({
    auth,
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 400,
    reconnectionDelayMax: 8000,
    randomizationFactor: 0.6,
  })
  return socket as unknown as Line
}

export const socket: Connection = createConnection({
  open,
  freshToken: (seconds) => session.freshToken(seconds),
  holdsFor: () => session.holdsFor(),
  renewed: () => session.refresh(),
  ended: () => session.forget(),
  wait: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
})

export function useConnectionStatus() {
  return useStore(socket.status)
}

/** Listens to one event while the component is shown. `listener` should be stable (useCallback or module level). */
export function useSocketEvent<T>(event: string, listener: (payload: T) => void) {
  useEffect(() => socket.on(event, (payload) => listener(payload as T)), [event, listener])
}
