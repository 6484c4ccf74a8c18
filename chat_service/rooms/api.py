"""Rooms over HTTP."""

from fastapi import APIRouter
from pydantic import Field

from chat_service.rooms import listing, pointers, service
from chat_service.rooms.schemas import OpenDirect, ReadPointer, RoomOut
from clubkit.contracts.base import Contract
from clubkit.http.dependencies import CurrentMember, Reading, Work
from clubkit.http.paging import Page
from clubkit.ids import RoomId

router = APIRouter(prefix="/rooms", tags=["chat"])


class SeqOnly(Contract):
    seq: int = Field(ge=0, le=2**53 - 1)


@router.get("")
async def list_rooms(member: CurrentMember, work: Reading) -> Page[RoomOut]:
    """My rooms, the one last written in first."""
    return Page(data=await listing.my_rooms(work, member.member_id))


@router.post("/direct", status_code=201)
async def open_direct(body: OpenDirect, member: CurrentMember, work: Work) -> RoomOut:
    """The direct talk with a member, made if there is none."""
    room_id = await service.open_direct(work, member.member_id, body.member_id)
    await work.session.flush()
    return await listing.one_room(work, member.member_id, room_id)


@router.get("/{room_id}")
async def get_room(room_id: RoomId, member: CurrentMember, work: Reading) -> RoomOut:
    return await listing.one_room(work, member.member_id, room_id)


@router.put("/{room_id}/read")
async def mark_read(room_id: RoomId, body: SeqOnly, member: CurrentMember, work: Work) -> ReadPointer:
    """Everything up to `seq` is read. The pointer never moves back."""
    return await pointers.mark_read(work, member.member_id, room_id, body.seq)
