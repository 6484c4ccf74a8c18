import { queryOptions, type QueryClient } from '@tanstack/react-query'

import { api, take, type Wire } from '@/lib/api'
import { jumpInto, openRoom, readOn, timelineKey } from '@/lib/chat/sync'
import { PAGE, type Timeline } from '@/lib/chat/timeline'
import type { Message, Page } from '@/lib/chat/wire'
import { socket } from '@/lib/socket'

import { call } from './call'

export type Roommate = Wire<'Roommate'>

interface Listed<T> {
  data: T[]
}

interface Place {
  before?: number
  after?: number
  around?: number
  at?: string
}

const page = (roomId: string, place: Place = {}) =>
  call<Page>('GET', `/rooms/${roomId}/messages`, { query: { ...place, limit: PAGE } })

/** The newest page; from then on the wire writes into it, so it is never old by itself. */
export const timeline = (cache: QueryClient, roomId: string) =>
  queryOptions({
    queryKey: timelineKey(roomId),
    queryFn: (): Promise<Timeline> => openRoom(cache, socket, roomId, () => page(roomId)),
    staleTime: Infinity,
    gcTime: 30 * 60_000,
    // What the wire wrote is kept as it is: sharing parts would compare whole talks at each message.
    structuralSharing: false,
  })

export async function loadMore(cache: QueryClient, roomId: string, side: 'older' | 'newer') {
  const held = cache.getQueryData<Timeline>(timelineKey(roomId))
  const edge = side === 'older' ? held?.messages[0] : held?.messages.at(-1)
  if (!held || !edge || !(side === 'older' ? held.hasOlder : held.hasNewer)) return
  await readOn(cache, socket, roomId, side, () => {
    const now = cache.getQueryData<Timeline>(timelineKey(roomId))
    if (side === 'older') return page(roomId, { before: now?.messages[0]?.seq ?? edge.seq })
    return page(roomId, { after: now?.messages.at(-1)?.seq ?? edge.seq })
  })
}

/** Shows the room around a place: a message's seq, or a moment. Without one: the newest. */
export const jumpTo = (cache: QueryClient, roomId: string, place: Pick<Place, 'around' | 'at'> = {}) =>
  jumpInto(cache, socket, roomId, () => page(roomId, place))

/** Who of a room is connected. */
export const here = (roomId: string) =>
  queryOptions({
    queryKey: ['here', roomId],
    queryFn: async () => {
      const { members } = await socket.ask<{ members: string[] }>('presence.here', { room: roomId })
      return members
    },
    staleTime: 60_000,
    refetchInterval: 60_000,
    retry: false,
  })

/** How far each member has read: for talks and small rooms; of large ones the hub tells nothing. */
export const receipts = (roomId: string) =>
  queryOptions({
    queryKey: ['receipts', roomId],
    queryFn: async () => {
      const { readers } = await socket.ask<Wire<'Receipts'>>('room.receipts', { room: roomId })
      return readers
    },
    staleTime: Infinity,
    retry: false,
  })

export const roommates = (roomId: string) =>
  queryOptions({
    queryKey: ['roommates', roomId],
    queryFn: async () => (await call<Listed<Roommate>>('GET', `/rooms/${roomId}/members`)).data,
    staleTime: 60_000,
  })

export interface CommandHint {
  insert: string
  title: string
  detail: string
  /** It can be sent like that. */
  complete: boolean
}

/** What can follow a slash, as far as it is typed. */
export const commands = (roomId: string, text: string) =>
  queryOptions({
    queryKey: ['commands', roomId, text],
    queryFn: async () =>
      (await call<Listed<CommandHint>>('GET', `/rooms/${roomId}/commands`, { query: { text } })).data,
    staleTime: 60_000,
    retry: false,
  })

export interface ThreadPage {
  root: Message
  answers: Page
}

const WHOLE_PAGE = 200
const MOST_PAGES = 10

/** A message and all its answers, as they were at the first page's head. */
export const thread = (roomId: string, rootId: string) =>
  queryOptions({
    queryKey: ['thread', roomId, rootId],
    queryFn: async () => {
      const read = (after: number) =>
        call<ThreadPage>('GET', `/rooms/${roomId}/threads/${rootId}`, { query: { after, limit: WHOLE_PAGE } })
      const { root, answers } = await read(0)
      const messages = [...answers.messages]
      let hasNewer = answers.has_newer
      for (let pages = 1; hasNewer && pages < MOST_PAGES; pages++) {
        const next = (await read(messages.at(-1)?.seq ?? 0)).answers
        messages.push(...next.messages)
        hasNewer = next.has_newer
      }
      return { root, answers: { ...answers, messages } } satisfies ThreadPage
    },
    staleTime: Infinity,
  })

export const pins = (roomId: string) =>
  queryOptions({
    queryKey: ['pins', roomId],
    queryFn: async () => (await call<Listed<Message>>('GET', `/rooms/${roomId}/pins`)).data,
    staleTime: 10_000,
  })

export interface Edition {
  body: string
  at: string
}

export const editions = (message: Message) =>
  queryOptions({
    queryKey: ['editions', message.id, message.edits],
    queryFn: async () =>
      (await call<{ editions: Edition[] }>('GET', `/rooms/${message.room}/messages/${message.id}/edits`))
        .editions,
  })

export const withdrawAttachment = (roomId: string, id: string) =>
  void call('DELETE', `/rooms/${roomId}/attachments/${id}`).catch(() => undefined)

export const keepDraft = (roomId: string, body: string) =>
  call('PUT', `/rooms/${roomId}/draft`, { body: { body } })

export const peopleNamed = (text: string) =>
  queryOptions({
    queryKey: ['people-named', text],
    queryFn: async () => {
      const query = { q: text, kinds: ['person' as const] }
      const { data } = await take(api.GET('/api/v1/search', { params: { query } }))
      return data
    },
    enabled: text.trim().length > 1,
    staleTime: 30_000,
  })
