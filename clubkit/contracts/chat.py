"""Facts published by chat_service."""

from datetime import timedelta

from clubkit.contracts.base import Contract, Fact
from clubkit.ids import ClubId, MemberId, MessageId, RoomId


class MessageSent(Fact, topic="chat.messages", key="room_id"):
    """A message was stored. `notify` lists who to tell besides the push: the others of a talk, who is called by name.

    author_id: null when no member wrote it (a webhook, the hub itself).
    """

    room_id: RoomId
    room_title: str
    club_id: ClubId | None
    message_id: MessageId
    seq: int
    author_id: MemberId | None
    author_name: str
    preview: str
    notify: tuple[MemberId, ...] = ()
    mentions: tuple[MemberId, ...] = ()
    thread: MessageId | None = None
    has_attachments: bool = False


class MessageEdited(Fact, topic="chat.messages", key="room_id"):
    """A message says something else now. `notify`: who is called by name and was not before."""

    room_id: RoomId
    room_title: str
    club_id: ClubId | None
    message_id: MessageId
    seq: int
    author_id: MemberId
    author_name: str
    preview: str
    notify: tuple[MemberId, ...] = ()


class MessageDeleted(Fact, topic="chat.messages", key="room_id"):
    """moderated: by somebody else than who wrote it."""

    room_id: RoomId
    message_id: MessageId
    seq: int
    author_id: MemberId | None
    by: MemberId
    moderated: bool


class MessageReported(Fact, topic="chat.messages", key="room_id"):
    """A member reported what somebody said. `notify`: who may settle it. Who reported is told to nobody by this."""

    room_id: RoomId
    room_title: str
    club_id: ClubId
    message_id: MessageId
    reason: str
    notify: tuple[MemberId, ...]


class TalkReported(Fact, topic="chat.reports", key="room_id", keep=timedelta(days=7)):
    """A member reported what somebody said in a talk of no club: its moderators are the hub's operators.

    parties: who reported it and who said it, in no order that tells which is which.
    """

    room_id: RoomId
    message_id: MessageId
    reason: str
    parties: tuple[MemberId, ...]


class Reacted(Fact, topic="chat.messages", key="room_id"):
    """A member put an emoji on a message, or took it off."""

    room_id: RoomId
    message_id: MessageId
    seq: int
    author_id: MemberId | None
    member_id: MemberId
    emoji: str
    on: bool


class HistoryTruncated(Fact, topic="chat.messages", key="room_id"):
    """The room's messages before `before_seq` are gone for good."""

    room_id: RoomId
    before_seq: int
    epoch: int


class MissedRoom(Contract):
    """What calls a member in one room and was not read. preview: of the newest; empty when it was deleted."""

    room_id: RoomId
    title: str
    is_talk: bool
    times: int
    author_name: str
    preview: str


class MessagesMissed(Fact, topic="chat.missed", key="member_id", keep=timedelta(days=7)):
    """A member was called and did not come: she is to be told by mail. Sent once per batch.

    more: rooms that are not listed. off: what the link that turns such mails off is made of.
    """

    member_id: MemberId
    rooms: tuple[MissedRoom, ...]
    more: int
    off: str


class MessageIndexAsked(Fact, topic="chat.search", key="index", keep=timedelta(days=7)):
    """The index of messages shall be made anew by the process that writes it."""

    index: str
