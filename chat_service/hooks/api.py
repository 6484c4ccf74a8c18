"""Webhooks over HTTP: giving out addresses, and what comes by them."""

from typing import Annotated

from fastapi import APIRouter, Header, Path

from chat_service.hooks import service
from chat_service.hooks.schemas import HookMade, HookOut, HookPost, MakeHook
from chat_service.messages.schemas import Receipt
from clubkit.cache.limits import Limits, Rate, limited
from clubkit.http.dependencies import CurrentMember, Reading, Work, port
from clubkit.http.paging import Page
from clubkit.ids import RoomId
from clubkit.settings import Settings

router = APIRouter(tags=["chat webhooks"])

POST_RATE = Rate(30, per=60)
GUESS_RATE = Rate(240, per=60)
"""By address: many webhooks may come from one machine, but nobody tries addresses out."""


@router.post("/rooms/{room_id}/hooks", status_code=201)
async def make_hook(
    room_id: RoomId, body: MakeHook, member: CurrentMember, work: Work, settings: Annotated[Settings, port(Settings)]
) -> HookMade:
    """A secret address by which programs write in the room. It is shown this once."""
    hook, token = await service.make(work, member, room_id, body)
    return HookMade(hook=hook, url=f"{settings.base_url}/api/v1/hooks/{token}")


@router.get("/rooms/{room_id}/hooks")
async def list_hooks(room_id: RoomId, member: CurrentMember, work: Reading) -> Page[HookOut]:
    return Page(data=await service.of_room(work, member, room_id))


@router.delete("/rooms/{room_id}/hooks/{hook_id}", status_code=204)
async def revoke_hook(room_id: RoomId, hook_id: str, member: CurrentMember, work: Work) -> None:
    await service.revoke(work, member, room_id, hook_id)


@router.post("/hooks/{token}", dependencies=[limited("hooks", GUESS_RATE)])
async def post_by_hook(
    token: Annotated[str, Path(min_length=20, max_length=100)],
    body: HookPost,
    work: Work,
    limits: Annotated[Limits, port(Limits)],
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=255)] = None,
) -> Receipt:
    """Writes in the webhook's room. With an Idempotency-Key, again is harmless."""
    hook = await service.known(work, token)
    await limits.spend("hook", hook.id, POST_RATE)
    return await service.post(work, hook, body, idempotency_key)
