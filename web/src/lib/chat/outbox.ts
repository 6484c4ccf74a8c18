import type { QueryClient } from '@tanstack/react-query'

import { table } from '@/lib/idb'
import { createOutbox } from '@/lib/outbox'
import { socket } from '@/lib/socket'
import { useStore } from '@/lib/store'
import { uuidv7 } from '@/lib/uuid'

import type { Attached, Pending, Write } from './overlay'
import { acknowledged } from './sync'
import type { Receipt } from './wire'

/** Long enough for the push of an own write to come by itself. */
const PUSH_MS = 1500

let cache: QueryClient | undefined

const EVENTS = {
  send: 'message.send',
  edit: 'message.edit',
  delete: 'message.delete',
  react: 'message.react',
  pin: 'message.pin',
  vote: 'poll.vote',
  close: 'poll.close',
} as const

/** The payload of a write: what the hub needs of it, without what only we show meanwhile. */
export function payloadOf({ client_id, lane, body: { kind, ...body } }: Pending): object {
  const base = { room: lane, client_id }
  if (kind !== 'send') return { ...base, ...body }
  const { body: text, reply_to, thread, attachments } = body as Extract<Write, { kind: 'send' }>
  return {
    ...base,
    body: text,
    ...(reply_to && { reply_to: reply_to.id }),
    ...(thread && { thread }),
    ...(attachments?.length && { attachments: attachments.map(({ id }) => id), alts: altsOf(attachments) }),
  }
}

const altsOf = (files: readonly Attached[]) =>
  Object.fromEntries(files.flatMap(({ id, alt }) => (alt ? [[id, alt]] : [])))

async function deliver(entry: Pending) {
  const receipt = await socket.ask<Partial<Receipt>>(EVENTS[entry.body.kind], payloadOf(entry))
  const { seq } = receipt
  if (seq === undefined) return undefined
  setTimeout(() => cache && acknowledged(cache, socket, entry.lane, seq), PUSH_MS)
  return { seq }
}

/** What an earlier version kept had no kind: it was always a message. */
const asNow = (entry: Pending): Pending =>
  entry.body.kind ? entry : { ...entry, body: { ...(entry.body as Write & { kind: 'send' }), kind: 'send' } }

const kept = table<Pending>('outbox')

/** Everything a member writes in chat: kept until the hub has acknowledged it, first in first out per room. */
export const outbox = createOutbox<Write>({
  table: { ...kept, all: async () => (await kept.all()).map(asNow) },
  deliver,
  wait: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
})

/**
 * Begins with the session: reads what an earlier visit left behind and sends it. After each reconnect, and when she looks
 * here again, also what another tab left behind that was closed meanwhile.
 */
export function followOutbox(into: QueryClient, memberId: string): () => void {
  cache = into
  const end = socket.onLive(() => void outbox.gather())
  const lookAgain = () => void (document.visibilityState === 'visible' && outbox.gather())
  document.addEventListener('visibilitychange', lookAgain)
  void outbox.restore(memberId).then(outbox.flush)
  return () => {
    end()
    document.removeEventListener('visibilitychange', lookAgain)
    outbox.leave()
  }
}

export function write(roomId: string, body: Write): string {
  const client_id = uuidv7()
  void outbox.add({ client_id, lane: roomId, body })
  return client_id
}

export function useOutbox() {
  return useStore(outbox.entries)
}

/** How many writes wait for the hub, refused ones aside. */
export const waiting = (entries: readonly Pending[]) =>
  entries.filter(({ refused, settled }) => refused === undefined && settled === undefined).length
