import { table } from '@/lib/idb'
import { createOutbox } from '@/lib/outbox'
import { socket } from '@/lib/socket'
import { useStore } from '@/lib/store'
import { uuidv7 } from '@/lib/uuid'

export interface Draft {
  body: string
  at: string
}

interface Receipt {
  id: string
  seq: number
  at: string
}

/** Messages on their way: kept until the hub has acknowledged them, first in first out per room. */
export const outbox = createOutbox<Draft>({
  table: table('outbox'),
  deliver: ({ client_id, lane, body }) =>
    socket.ask<Receipt>('message.send', { room: lane, client_id, body: body.body }),
  wait: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
})

let restored: Promise<void> | undefined

/** Reads what an earlier visit left behind and sends it, now and after each reconnect. */
export function startOutbox(): void {
  restored ??= outbox.restore().then(() => {
    socket.onLive(() => void outbox.flush())
    void outbox.flush()
  })
}

export function sendMessage(roomId: string, body: string): void {
  void outbox.add({ client_id: uuidv7(), lane: roomId, body: { body, at: new Date().toISOString() } })
}

export function useOutbox() {
  return useStore(outbox.entries)
}
