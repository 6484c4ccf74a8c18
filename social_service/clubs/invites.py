"""The rules of invitations: made by those who may, used a bounded number of times, only their hash is kept."""

import hashlib
import secrets
from datetime import timedelta

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, new_id
from social_service.clubs.errors import InviteOver
from social_service.clubs.models import InviteRow
from social_service.clubs.schemas import FreshInvite, Invite, Invites, NewInvite
from social_service.clubs.service import require
from social_service.clubs.store import InviteStore


async def invite(work: UnitOfWork, caller: Caller, ref: str, wish: NewInvite) -> FreshInvite:
    """Raises ClubNotFound, NotAllowedInClub."""
    club = await require(work, ref, caller.member_id, "invite")
    token = secrets.token_urlsafe(24)
    row = InviteRow(
        id=new_id(work.now), club_id=club.id, token_hash=_hash(token), created_by=caller.member_id,
        created_at=work.now, expires_at=work.now + timedelta(hours=wish.expires_in_hours), max_uses=wish.max_uses,
        uses=0, revoked=False,
    )  # fmt: skip
    InviteStore(work).add(row)
    return FreshInvite(**_out(work, row).model_dump(), token=token)


async def list_invites(work: UnitOfWork, caller: Caller, ref: str) -> Invites:
    """The newest hundred. Raises ClubNotFound, NotAllowedInClub."""
    club = await require(work, ref, caller.member_id, "invite")
    return Invites(data=tuple(_out(work, row) for row in await InviteStore(work).of_club(club.id)))


async def revoke(work: UnitOfWork, caller: Caller, ref: str, invite_id: str) -> None:
    """Raises ClubNotFound, NotAllowedInClub, InviteOver."""
    club = await require(work, ref, caller.member_id, "invite")
    row = await InviteStore(work).one(club.id, invite_id)
    if row is None:
        raise InviteOver
    row.revoked = True


async def club_behind(work: UnitOfWork, token: str) -> ClubId:
    """Where an invitation leads. Raises InviteOver."""
    row = await InviteStore(work).usable(_hash(token))
    if row is None:
        raise InviteOver
    return ClubId(row.club_id)


async def use(work: UnitOfWork, club_id: ClubId, token: str) -> None:
    """Takes one use of an invitation to this club. Raises InviteOver."""
    if not await InviteStore(work).use(_hash(token), club_id):
        raise InviteOver


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _out(work: UnitOfWork, row: InviteRow) -> Invite:
    usable = not row.revoked and row.uses < row.max_uses and row.expires_at > work.now
    return Invite(
        id=row.id, created_at=row.created_at, expires_at=row.expires_at, max_uses=row.max_uses, uses=row.uses,
        usable=usable,
    )  # fmt: skip
