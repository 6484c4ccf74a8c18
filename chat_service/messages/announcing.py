"""The facts of what happens to messages, for the services that go by them."""

from collections.abc import Callable, Collection

from chat_service.messages.models import PREVIEW, Entry
from chat_service.rooms.schemas import Standing
from clubkit.contracts.chat import MessageDeleted, MessageEdited, MessageSent, Reacted
from clubkit.ids import ClubId, MemberId, MessageId, RoomId


def sent(
    title: str, club_id: ClubId | None, mentions: Collection[MemberId], notify: Collection[MemberId]
) -> Callable[[Entry], MessageSent]:
    def announce(message: Entry) -> MessageSent:
        return MessageSent(
            room_id=message.room_id, room_title=title, club_id=club_id, message_id=message.id, seq=message.seq,
            author_id=message.author.member_id, author_name=message.author.name, preview=message.body[:PREVIEW],
            notify=tuple(notify), mentions=tuple(mentions), thread=message.thread,
            has_attachments=bool(message.data.get("attachments")), at=message.at,
        )  # fmt: skip

    return announce


def edited(standing: Standing, notify: Collection[MemberId]) -> Callable[[Entry], MessageEdited]:
    def announce(change: Entry) -> MessageEdited:
        message_id, seq = _target(change)
        return MessageEdited(
            room_id=change.room_id, room_title=standing.title, club_id=standing.club_id, message_id=message_id, seq=seq,
            author_id=MemberId(change.author.id), author_name=change.author.name, preview=change.body[:PREVIEW],
            notify=tuple(notify), at=change.at,
        )  # fmt: skip

    return announce


def deleted(message: Entry) -> Callable[[Entry], MessageDeleted]:
    def announce(change: Entry) -> MessageDeleted:
        return MessageDeleted(
            room_id=RoomId(message.room_id), message_id=message.id, seq=message.seq,
            author_id=message.author.member_id, by=MemberId(change.author.id), moderated=change.data["moderated"],
            at=change.at,
        )  # fmt: skip

    return announce


def reacted(message: Entry) -> Callable[[Entry], Reacted]:
    def announce(change: Entry) -> Reacted:
        return Reacted(
            room_id=message.room_id, message_id=message.id, seq=message.seq, author_id=message.author.member_id,
            member_id=MemberId(change.author.id), emoji=change.data["emoji"], on=change.data["on"], at=change.at,
        )  # fmt: skip

    return announce


def _target(change: Entry) -> tuple[MessageId, int]:
    if change.target is None or change.target_seq is None:
        raise ValueError(f"{change.id} is about no message")
    return change.target, change.target_seq
