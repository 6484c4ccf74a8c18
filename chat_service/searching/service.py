"""The rules of searching: only in the rooms that the asker is in at this moment, and only what a message says now.

The index is asked with the rooms she is in as the access filter. What it answers is read again from the store, so a
message that was edited or deleted a moment ago is not shown by what it said before.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chat_service.messages import service as messages
from chat_service.messages.schemas import MessageOut
from chat_service.rooms.titling import RoomTitle, people_called, titles_of
from chat_service.searching.asking import Asked, asked
from chat_service.searching.documents import room_token, text_of
from chat_service.searching.errors import NobodyCalledSo, NoSuchRoomOfYours, NothingAsked
from chat_service.searching.index import KIND, MessageIndex
from chat_service.searching.schemas import FoundInfo, FoundMessage, FoundMessages
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, MessageId, RoomId
from clubkit.search.marking import excerpt
from clubkit.search.port import Found, Viewer
from clubkit.search.question import typed_words
from clubkit.search.words import fold

ME = "me"


async def search(
    work: UnitOfWork, asker: MemberId, text: str, *, room: RoomId | None, zone: ZoneInfo, after: str | None, limit: int
) -> FoundMessages:
    """room: in this one only, besides what the text says. Raises NothingAsked, NoSuchRoomOfYours, NobodyCalledSo,
    NoSuchDay, QueryTooLong, BadSearchCursor, SearchBroken."""
    wish = asked(text, zone=zone, now=work.now)
    if wish.is_nothing and room is None:
        raise NothingAsked
    mine = await titles_of(work, asker)
    within = _rooms_meant(wish, room, mine)
    authors = [each for name in wish.authors for each in await _authors_meant(work, asker, name)]
    found = await work.port(MessageIndex).find(
        wish.words, Viewer(frozenset(map(room_token, within))), kinds=[KIND],
        authors=authors if wish.authors else None, since=wish.since, until=_last_moment(wish.until), newest=True,
        limit=limit, after=after,
    )  # fmt: skip
    now = await messages.messages_now(work, [MessageId(hit.id) for hit in found.hits])
    typed = typed_words(wish.words)
    shown = [_shown(now.get(MessageId(hit.id)), mine, typed, found) for hit in found.hits]
    return FoundMessages(
        data=tuple(each for each in shown if each), page=FoundInfo(next=found.after), total=found.total,
        guessed=found.guessed,
    )  # fmt: skip


def _rooms_meant(wish: Asked, room: RoomId | None, mine: Mapping[RoomId, RoomTitle]) -> set[RoomId]:
    if room is not None and room not in mine:
        raise NoSuchRoomOfYours("that")
    within = {room} if room is not None else set(mine)
    if wish.rooms:
        within &= {each for name in wish.rooms for each in _rooms_called(name, mine)}
    return within


def _rooms_called(name: str, mine: Mapping[RoomId, RoomTitle]) -> list[RoomId]:
    """By id, by title, by the other one's handle, or by how the title begins: the first of these that fits."""
    if RoomId(name) in mine:
        return [RoomId(name)]
    wanted = _plain(name)
    exact = [each for each, room in mine.items() if wanted == _plain(room.title) or (name.lower(),) == room.of]
    begun = exact or [each for each, room in mine.items() if wanted and _plain(room.title).startswith(wanted)]
    if not begun:
        raise NoSuchRoomOfYours(name)
    return begun


async def _authors_meant(work: UnitOfWork, asker: MemberId, name: str) -> Sequence[MemberId]:
    if name.lower() == ME:
        return [asker]
    found = await people_called(work, name)
    if not found:
        raise NobodyCalledSo(name)
    return found


def _shown(
    message: MessageOut | None, mine: Mapping[RoomId, RoomTitle], typed: list[str], found: Found
) -> FoundMessage | None:
    """None when it is gone, or does not say any more what was looked for."""
    if message is None or message.deleted_at or message.room not in mine:
        return None
    piece, marks = excerpt(text_of(message), typed, loosely=found.guessed)
    if typed and not marks:
        return None
    return FoundMessage(
        id=message.id, room=message.room, room_title=mine[message.room].title, seq=message.seq,
        thread=message.thread, author_id=message.author_id, author_name=message.author_name, at=message.at,
        excerpt=piece, marks=marks, attachments=len(message.attachments),
    )  # fmt: skip


def _last_moment(until: datetime | None) -> datetime | None:
    """The index takes its end in, and counts in milliseconds."""
    return until - timedelta(milliseconds=1) if until else None


def _plain(title: str) -> str:
    """`First Team`, `first-team` and `first_team` are the same."""
    return "".join(c for c in fold(title) if c.isalnum())
