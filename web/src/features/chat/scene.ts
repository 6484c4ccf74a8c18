import { useQuery } from '@tanstack/react-query'
import { createContext, use } from 'react'

import type { Person } from '@/components/Avatar'
import type { Wire } from '@/lib/api'
import { write } from '@/lib/chat/outbox'
import type { Message } from '@/lib/chat/wire'
import { serverClock } from '@/lib/clock'
import { me } from '@/lib/queries/me'
import type { Room } from '@/lib/queries/rooms'
import type { SessionMember } from '@/lib/session'

type ClubRole = Wire<'MyClub'>['role']
export type Face = Person & { handle?: string }
export type Faces = ReadonlyMap<string, Face>

/** What a member may start from a message. */
export interface Acts {
  reply: (message: Message) => void
  edit: (message: Message) => void
  thread: (rootId: string) => void
  /** Brings the message at a place of the room into view, wherever that is. */
  jump: (seq: number) => void
  history: (message: Message) => void
  remove: (message: Message) => void
  report: (message: Message) => void
}

export interface SceneValue {
  room: Room
  me: SessionMember
  faces: Faces
  here: ReadonlySet<string>
  acts: Acts
  /** Inside a thread's panel: answers there have no threads of their own. */
  isThread: boolean
  /** This browser may show files of the room. */
  hasPass: boolean
}

export const Scene = createContext<SceneValue | undefined>(undefined)

export function useScene(): SceneValue {
  const scene = use(Scene)
  if (!scene) throw new Error('A part of a room stands outside one.')
  return scene
}

/** What the member may do in the room as it stands, by what she is in it and in its club. The hub has the last word. */
export function mayOf(room: Room, inClub: ClubRole = 'member') {
  const isSilenced = Boolean(room.silenced_until && Date.parse(room.silenced_until) > serverClock.now())
  const role = room.role ?? 'member'
  const runsClub = inClub !== 'member'
  const isShared = room.kind !== 'direct'
  const moderate = isShared && (runsClub || role !== 'member')
  return {
    moderate,
    /** Says how long the room keeps things, and who moderates it. */
    own: isShared && (runsClub || role === 'owner' || role === 'admin'),
    /** Says what holds in all rooms of the club. */
    ownClub: runsClub,
    rename: moderate || room.kind === 'group',
    leave: !['club', 'direct'].includes(room.kind),
    write: !room.archived_at && !isSilenced,
  }
}

export function useMay(room: Room) {
  const { data } = useQuery(me)
  return mayOf(room, data?.clubs.find(({ id }) => id === room.club_id)?.role)
}

export const isMine = (message: Message, me: SessionMember) => message.author_id === me.id

export const toggleReaction = (message: Message, emoji: string, me: string) => {
  const isOn = message.reactions.some((one) => one.emoji === emoji && one.members.includes(me))
  write(message.room, { kind: 'react', target: message.id, emoji, on: !isOn })
}

export const togglePin = (message: Message) =>
  write(message.room, { kind: 'pin', target: message.id, on: !message.pinned })

/** The face of who wrote it, as far as more than the name is known. */
export function faceOf(message: Pick<Message, 'author_id' | 'author_name'>, faces: Faces): Face {
  const { author_id, author_name } = message
  return (author_id && faces.get(author_id)) || { id: author_id ?? author_name, name: author_name }
}

/** One line that says what a message is, for a quote or a list. */
export const gist = ({ body, attachments, card }: Pick<Message, 'body' | 'attachments' | 'card'>) =>
  body.slice(0, 200) || card?.title || attachments.map(({ name }) => name).join(', ')
