"""Commands over HTTP: what to offer while somebody types."""

from typing import Annotated

from fastapi import APIRouter, Query

from chat_service.commands import taking
from chat_service.commands.schemas import Suggestion
from clubkit.http.dependencies import CurrentMember, Reading
from clubkit.http.paging import Page
from clubkit.ids import RoomId

router = APIRouter(prefix="/rooms/{room_id}/commands", tags=["chat"])


@router.get("")
async def suggest_commands(
    room_id: RoomId,
    member: CurrentMember,
    work: Reading,
    text: Annotated[str, Query(max_length=200, description="what is typed so far, with its slash")] = "/",
) -> Page[Suggestion]:
    return Page(data=await taking.suggest(work, member, room_id, text))
