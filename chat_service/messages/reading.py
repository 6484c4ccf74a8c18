"""The rules of reading: pages of history, a message with what is around it, threads. A page is as of its head."""

from collections.abc import Sequence
from datetime import UTC, datetime

from chat_service.messages import service
from chat_service.messages.event_schemas import RoomNotice
from chat_service.messages.folding import event_of
from chat_service.messages.models import Entry
from chat_service.messages.page_schemas import MessagesPage, Thread
from chat_service.messages.store import MessageStore, Span
from chat_service.rooms import service as rooms
from chat_service.rooms.head_schemas import RoomHead
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, MessageId, RoomId

MOST_NOTICES = 100
"""Between the messages of one page: a room in which only the hub speaks is read in bounded time too."""


async def page(
    work: UnitOfWork, member_id: MemberId, room_id: RoomId, *, before: int | None, after: int | None, limit: int
) -> MessagesPage:
    """The nearest messages before a seq or behind one; neither: the newest. Raises RoomNotFound."""
    await rooms.standing(work, room_id, member_id)
    head = (await service.heads(work, [room_id]))[room_id]
    if after is not None:
        return await _newer(work, room_id, head, after, limit)
    return await _older(work, room_id, head, head.seq + 1 if before is None else before, limit)


async def around(work: UnitOfWork, member_id: MemberId, room_id: RoomId, seq: int, limit: int) -> MessagesPage:
    """As many messages before a seq as from it on. Raises RoomNotFound."""
    await rooms.standing(work, room_id, member_id)
    head = (await service.heads(work, [room_id]))[room_id]
    store, half = work.port(MessageStore), max(1, limit // 2)
    middle = max(seq, head.floor_seq)
    older = _kept(await store.older(room_id, middle, half + 1), head)
    newer = await store.newer(room_id, Span(middle - 1, head.seq), limit - half + 1)
    shown = [*older[-half:], *newer[: limit - half]]
    page_ = await _page(work, room_id, head, shown, has_older=len(older) > half, has_newer=len(newer) > limit - half)
    return await _with_notices(work, page_, Span(_seq_before(older, half, head), head.seq))


async def around_time(work: UnitOfWork, member_id: MemberId, room_id: RoomId, at: datetime, limit: int) -> MessagesPage:
    """As `around`, of the first that happened at that time or later. Raises RoomNotFound."""
    await rooms.standing(work, room_id, member_id)
    moment = at if at.tzinfo else at.replace(tzinfo=UTC)
    return await around(work, member_id, room_id, await service.first_since(work, room_id, moment), limit)


async def thread(
    work: UnitOfWork, member_id: MemberId, room_id: RoomId, root_id: MessageId, *, after: int, limit: int
) -> Thread:
    """A message and the answers in its thread, the oldest first. Raises RoomNotFound, MessageNotFound."""
    await rooms.standing(work, room_id, member_id)
    root = await service.message_entry(work, room_id, root_id, "/message_id")
    head = (await service.heads(work, [room_id]))[room_id]
    store = work.port(MessageStore)
    found = await store.newer(room_id, Span(after, head.seq), limit + 1, thread=root_id)
    answers = await _page(work, room_id, head, found[:limit], has_older=after >= root.seq, has_newer=len(found) > limit)
    [root_now] = await service.folded(work, [root], upto=head.seq)
    return Thread(root=root_now, answers=answers)


async def _older(work: UnitOfWork, room_id: RoomId, head: RoomHead, before: int, limit: int) -> MessagesPage:
    before = min(before, head.seq + 1)
    found = _kept(await work.port(MessageStore).older(room_id, before, limit + 1), head)
    shown = found[-limit:]
    has_newer = bool(shown) and shown[-1].nth < head.nth
    page_ = await _page(work, room_id, head, shown, has_older=len(found) > limit, has_newer=has_newer)
    return await _with_notices(work, page_, Span(_seq_before(found, limit, head), before - 1))


async def _newer(work: UnitOfWork, room_id: RoomId, head: RoomHead, after: int, limit: int) -> MessagesPage:
    after = max(after, head.floor_seq - 1)
    found = await work.port(MessageStore).newer(room_id, Span(after, head.seq), limit + 1)
    shown = found[:limit]
    has_older = bool(shown) and shown[0].nth > head.floor_nth + 1
    page_ = await _page(work, room_id, head, shown, has_older=has_older, has_newer=len(found) > limit)
    return await _with_notices(work, page_, Span(after, head.seq))


async def _with_notices(work: UnitOfWork, page_: MessagesPage, span: Span) -> MessagesPage:
    """The page with the room's own lines within the span; where newer messages follow, up to its last one.

    So each line stands on one page: that of the next message, or of the end.
    """
    upto = page_.messages[-1].seq if page_.messages and page_.has_newer else span.upto
    found = await work.port(MessageStore).latest(page_.room, "notice", upto + 1, MOST_NOTICES)
    told = [event_of(entry) for entry in reversed(found) if entry.seq > span.after]
    return page_.model_copy(update={"notices": tuple(each for each in told if isinstance(each, RoomNotice))})


def _seq_before(found: Sequence[Entry], shown: int, head: RoomHead) -> int:
    """The place of the message before those that are shown, the last so many; without one, where history begins."""
    return found[-shown - 1].seq if len(found) > shown else head.floor_seq - 1


def _kept(messages: Sequence[Entry], head: RoomHead) -> list[Entry]:
    """Without those from before the history's beginning, which may not be swept yet."""
    return [each for each in messages if each.seq >= head.floor_seq]


async def _page(
    work: UnitOfWork, room_id: RoomId, head: RoomHead, shown: Sequence[Entry], *, has_older: bool, has_newer: bool
) -> MessagesPage:
    messages = await service.folded(work, shown, upto=head.seq)
    return MessagesPage(
        room=room_id, epoch=head.epoch, messages=tuple(messages), head=head.seq, nth=head.nth,
        has_older=has_older, has_newer=has_newer,
    )  # fmt: skip
