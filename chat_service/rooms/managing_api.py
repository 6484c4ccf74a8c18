"""Making, finding and keeping rooms over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from chat_service.rooms import browsing, changing, event_rooms, joining, levels, listing, making
from chat_service.rooms.managing_schemas import (
    ChangeRoom,
    LevelSet,
    MakeRoom,
    OpenRoom,
    Roommate,
    SetLevel,
    SetRole,
)
from chat_service.rooms.schemas import RoomOut
from clubkit.cache.limits import Limits, Rate
from clubkit.contracts.base import Contract
from clubkit.http.dependencies import CurrentMember, Reading, Work, port
from clubkit.http.idempotency import OnceOnly
from clubkit.http.paging import Page
from clubkit.ids import ClubId, EventId, MemberId, RoomId

router = APIRouter(prefix="/rooms", tags=["chat"])

MAKE_RATE = Rate(60, per=3600)
INVITE_RATE = Rate(120, per=3600)
Limited = Annotated[Limits, port(Limits)]


class NewMembers(Contract):
    members: tuple[MemberId, ...] = Field(min_length=1, max_length=200)


@router.post("", status_code=201)
async def make_room(body: MakeRoom, member: CurrentMember, work: Work, once: OnceOnly, limits: Limited) -> RoomOut:
    """A new room of a club, or a group talk, with you as its owner."""
    await limits.spend("chat.rooms", member.member_id, MAKE_RATE)

    async def make() -> RoomOut:
        room_id = await making.make_room(work, member, body)
        await work.session.flush()
        return await listing.one_room(work, member.member_id, room_id)

    return await once(RoomOut, make())


@router.get("/open")
async def list_open_rooms(
    member: CurrentMember, work: Reading, club_id: Annotated[ClubId | None, Query()] = None
) -> Page[OpenRoom]:
    """The public rooms of my clubs, joined or not."""
    return Page(data=await browsing.to_join(work, member.member_id, club_id))


@router.get("/of-club/{club_id}")
async def list_club_rooms(club_id: ClubId, member: CurrentMember, work: Reading) -> Page[OpenRoom]:
    """Every room of a club, for its owners and admins."""
    return Page(data=await browsing.to_keep(work, member.member_id, club_id))


@router.put("/of-event/{event_id}")
async def open_event_room(event_id: EventId, member: CurrentMember, work: Work) -> RoomOut:
    """The talk of those who said yes to an event; made when the first of them opens it."""
    room_id = await event_rooms.open_room(work, member, event_id)
    await work.session.flush()
    return await listing.one_room(work, member.member_id, room_id)


@router.patch("/{room_id}", status_code=204)
async def change_room(room_id: RoomId, body: ChangeRoom, member: CurrentMember, work: Work) -> None:
    """Its title, its topic, or whether it is closed."""
    await changing.change_room(work, member, room_id, body)


@router.post("/{room_id}/join", status_code=204)
async def join_room(room_id: RoomId, member: CurrentMember, work: Work) -> None:
    await joining.join(work, member, room_id)


@router.post("/{room_id}/leave", status_code=204)
async def leave_room(room_id: RoomId, member: CurrentMember, work: Work) -> None:
    await joining.leave(work, member, room_id)


@router.get("/{room_id}/members")
async def list_room_members(room_id: RoomId, member: CurrentMember, work: Reading) -> Page[Roommate]:
    """Who is in the room, by name."""
    return Page(data=await browsing.who_is_in(work, member.member_id, room_id))


@router.post("/{room_id}/members", status_code=204)
async def invite_to_room(room_id: RoomId, body: NewMembers, member: CurrentMember, work: Work, limits: Limited) -> None:
    await limits.spend("chat.invites", member.member_id, INVITE_RATE)
    await joining.invite(work, member, room_id, body.members)


@router.delete("/{room_id}/members/{member_id}", status_code=204)
async def remove_from_room(room_id: RoomId, member_id: MemberId, member: CurrentMember, work: Work) -> None:
    await joining.remove(work, member, room_id, member_id)


@router.put("/{room_id}/members/{member_id}/role", status_code=204)
async def set_room_role(room_id: RoomId, member_id: MemberId, body: SetRole, member: CurrentMember, work: Work) -> None:
    await joining.set_role(work, member, room_id, member_id, body.role)


@router.put("/{room_id}/level")
async def set_room_level(room_id: RoomId, body: SetLevel, member: CurrentMember, work: Work) -> LevelSet:
    """What you are told of besides what the open app shows, and whether you want quiet for a while."""
    return await levels.set_level(work, member.member_id, room_id, body)
