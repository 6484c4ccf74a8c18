"""The room list of a member: names, the last message, and exact unread counts, in a handful of queries."""

from collections.abc import Sequence

from chat_service.messages import drafts, overview
from chat_service.messages import service as messages
from chat_service.messages.schemas import Counts
from chat_service.rooms.errors import RoomNotFound
from chat_service.rooms.head_schemas import RoomHead
from chat_service.rooms.levels import level_of
from chat_service.rooms.models import PersonRow, RoomMemberRow, RoomRow
from chat_service.rooms.pointers import teams_among
from chat_service.rooms.schemas import TALKS, LastMessage, PersonOut, RoomOut
from chat_service.rooms.store import RoomStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, EventId, MemberId, RoomId


async def my_rooms(work: UnitOfWork, member_id: MemberId) -> list[RoomOut]:
    """Every room the member is in, the one last written in first."""
    store = RoomStore(work)
    mine = await store.memberships(member_id)
    rooms = await _described(work, member_id, mine, teams_among(mine))
    return sorted(rooms, key=lambda room: (room.last.at.timestamp() if room.last else 0.0, room.id), reverse=True)


async def one_room(work: UnitOfWork, member_id: MemberId, room_id: RoomId) -> RoomOut:
    """Raises RoomNotFound."""
    mine = await RoomStore(work).memberships(member_id)
    found = [each for each in mine if each[0].id == room_id]
    if not found:
        raise RoomNotFound
    return (await _described(work, member_id, found, teams_among(mine)))[0]


async def _described(
    work: UnitOfWork, member_id: MemberId, mine: Sequence[tuple[RoomRow, RoomMemberRow]], teams: Sequence[RoomId]
) -> list[RoomOut]:
    store = RoomStore(work)
    ids = [RoomId(room.id) for room, _ in mine]
    heads = await messages.heads(work, ids)
    counts = await overview.counts_of(
        work, member_id, {RoomId(room.id): row.read_seq for room, row in mine}, heads, teams
    )
    last = await overview.last_words(work, ids)
    begun = await drafts.of_member(work, member_id, ids)
    sizes = await store.sizes(ids)
    others = await store.others([room.id for room, _ in mine if room.kind in TALKS], member_id)
    return [
        _room_out(
            room, row, heads[each], counts[each], last.get(each), sizes.get(each, 0), others.get(each, []),
            begun.get(each, ""),
        )
        for (room, row), each in zip(mine, ids, strict=True)
    ]  # fmt: skip


def _room_out(
    room: RoomRow,
    mine: RoomMemberRow,
    head: RoomHead,
    counts: Counts,
    last: LastMessage | None,
    members: int,
    others: Sequence[PersonRow],
    draft: str,
) -> RoomOut:
    people = tuple(
        PersonOut(id=MemberId(p.member_id), handle=p.handle, name=p.name, hue=p.hue, avatar_url=p.avatar_url)
        for p in others
    )
    return RoomOut(
        id=RoomId(room.id), kind=room.kind, title=room.title or ", ".join(p.name for p in people),
        hue=people[0].hue if people and room.kind == "direct" else room.hue,
        club_id=ClubId(room.club_id) if room.club_id else None,
        others=people, members=members, head=head.seq, nth=head.nth, epoch=head.epoch, read_seq=mine.read_seq,
        unread=counts.unread, mentions=counts.mentions, draft=draft, last=last, topic=room.topic, role=mine.role,
        level=level_of(room, mine), quiet_until=mine.quiet_until, archived_at=room.archived_at,
        slow_seconds=room.slow_seconds, silenced_until=mine.silenced_until, keep_days=room.keep_days,
        event_id=EventId(room.event_id) if room.event_id else None,
    )  # fmt: skip
