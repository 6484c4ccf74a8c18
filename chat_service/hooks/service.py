"""The rules of webhooks: who runs a room gives out addresses, and what comes by one is a message like any other."""

import hashlib
import secrets
from uuid import UUID, uuid5

from prometheus_client import Counter

from chat_service.hooks.errors import HookNotFound, NothingToSay, TooManyHooks
from chat_service.hooks.models import HookRow
from chat_service.hooks.schemas import HookOut, HookPost, MakeHook
from chat_service.hooks.store import HookStore
from chat_service.messages import posting
from chat_service.messages import service as messages
from chat_service.messages.schemas import Receipt
from chat_service.moderation import gate
from chat_service.moderation.auditing import note
from chat_service.rooms import rights
from chat_service.rooms.managing_errors import NotForThisKind
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId, RoomId, new_id

MOST_HOOKS = 10
TOKEN_BYTES = 32

hook_posts = Counter("hub_chat_hook_posts_total", "Messages that came by webhooks")


async def make(work: UnitOfWork, caller: Caller, room_id: RoomId, wish: MakeHook) -> tuple[HookOut, str]:
    """The webhook and its secret, which is kept nowhere.

    Raises RoomNotFound, NotYours, TooManyHooks, NotForThisKind.
    """
    where = await _run(work, caller, room_id)
    if where.room.kind == "direct":
        raise NotForThisKind("Nobody but the two of you writes in a talk of two.")
    if await HookStore(work).count(room_id) >= MOST_HOOKS:
        raise TooManyHooks(MOST_HOOKS)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = HookRow(
        id=new_id(work.now), room_id=room_id, name=wish.name, hue=wish.hue, token_hash=hash_of(token),
        created_by=caller.member_id, created_at=work.now, revoked_at=None, last_used_at=None, posts=0,
    )  # fmt: skip
    HookStore(work).add(row)
    note(work, caller, "hook", room_id=room_id, club_id=where.club_id, hook=row.id, name=wish.name, made=True)
    return _out(row), token


async def of_room(work: UnitOfWork, caller: Caller, room_id: RoomId) -> list[HookOut]:
    """Raises RoomNotFound, NotYours."""
    await _run(work, caller, room_id, lock=False)
    return [_out(row) for row in await HookStore(work).of_room(room_id)]


async def revoke(work: UnitOfWork, caller: Caller, room_id: RoomId, hook_id: str) -> None:
    """Its address is worth nothing from now on; what it said stays. Raises RoomNotFound, NotYours, HookNotFound."""
    where = await _run(work, caller, room_id)
    row = await of_id(work, room_id, hook_id)
    row.revoked_at = work.now
    note(work, caller, "hook", room_id=room_id, club_id=where.club_id, hook=row.id, name=row.name, made=False)


async def known(work: UnitOfWork, token: str) -> HookRow:
    """Raises HookNotFound."""
    row = await HookStore(work).by_hash(hash_of(token))
    if row is None:
        raise HookNotFound
    return row


async def of_id(work: UnitOfWork, room_id: RoomId, hook_id: str) -> HookRow:
    """Without its secret: for those who keep the hub. Raises HookNotFound."""
    row = await HookStore(work).one(room_id, hook_id)
    if row is None:
        raise HookNotFound
    return row


async def post(work: UnitOfWork, hook: HookRow, wish: HookPost, key: str | None) -> Receipt:
    """A message of the webhook. The same key with the same text answers the first receipt, for ever.

    Raises HookNotFound, NothingToSay, ClientIdTaken, and what the room's gate refuses.
    """
    standing = await rights.standing_outside(work, RoomId(hook.room_id))
    if standing is None:
        raise HookNotFound
    text = wish.text.strip()
    if not text:
        raise NothingToSay
    author = messages.webhook(hook.id, hook.name)
    client_id = str(uuid5(UUID(hook.id), key)) if key else new_id(work.now)
    if earlier := await posting.done_before(work, standing.room_id, author, client_id, "message", text):
        return earlier
    gate.may_change(work, standing, text)
    stored = await messages.say(work, standing, author, client_id, text)
    await HookStore(work).used(hook.id)
    hook_posts.inc()
    return posting.receipt_of(stored)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def _run(work: UnitOfWork, caller: Caller, room_id: RoomId, *, lock: bool = True) -> rights.Place:
    where = await rights.place(work, room_id, caller.member_id, lock=lock)
    where.require(where.manages)
    return where


def _out(row: HookRow) -> HookOut:
    return HookOut(
        id=row.id, room=RoomId(row.room_id), name=row.name, hue=row.hue, created_by=MemberId(row.created_by),
        created_at=row.created_at, last_used_at=row.last_used_at, posts=row.posts,
    )  # fmt: skip
