import type { Wire } from '@/lib/api'

/** The shapes of chat as sockets and HTTP carry them. What came over the wire is never changed in place. */
type Frozen<T> = T extends (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T

export type Message = Frozen<Wire<'MessageOut'>>
export type Quote = Frozen<Wire<'Quote'>>
export type Mention = Frozen<Wire<'Mention'>>
export type Attachment = Frozen<Wire<'AttachmentOut'>>
export type Preview = Frozen<Wire<'PreviewOut'>>
export type Card = Frozen<Wire<'CardOut'>>
export type Reaction = Frozen<Wire<'ReactionOut'>>

export type MessageEvent = Frozen<Wire<'RoomMessage'>>
export type EditedEvent = Frozen<Wire<'RoomEdited'>>
export type DeletedEvent = Frozen<Wire<'RoomDeleted'>>
export type ReactedEvent = Frozen<Wire<'RoomReacted'>>
export type PinnedEvent = Frozen<Wire<'RoomPinned'>>
export type PreviewedEvent = Frozen<Wire<'RoomPreviewed'>>
export type VotedEvent = Frozen<Wire<'RoomVoted'>>
export type NoticeEvent = Frozen<Wire<'RoomNotice'>>
export type ChangeEvent =
  EditedEvent | DeletedEvent | ReactedEvent | PinnedEvent | PreviewedEvent | VotedEvent
export type RoomEvent = MessageEvent | ChangeEvent | NoticeEvent

export type Stretch = Frozen<Wire<'Stretch'>>
export type Page = Frozen<Wire<'MessagesPage'>>
export type Receipt = Frozen<Wire<'Receipt'>>

export interface Cursor {
  epoch: number
  seq: number
}

/** How far a room goes. */
export interface Head extends Cursor {
  nth: number
}
