"""What lists and pages of clubs hold, as the asker may see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId
from social_service.clubs import invites
from social_service.clubs.errors import MembersOnly
from social_service.clubs.models import ClubRow, MembershipRow
from social_service.clubs.schemas import ClubCard, ClubDetail, ClubMember, InvitePreview, JoinRequest
from social_service.clubs.service import ANYBODY_SEES_MEMBERS, can, require, role_in, row_of
from social_service.clubs.store import ClubStore, MembershipStore, Sort
from social_service.media import service as media
from social_service.media.schemas import Picture
from social_service.people import service as people

Next = tuple[Any, ...] | None


async def discover(
    work: UnitOfWork, caller: Caller, *, sort: Sort, q: str, key: Sequence[Any] | None, limit: int
) -> tuple[list[ClubCard], Next]:
    """Clubs behind `key`, largest or newest first, and the key of the last when more follow."""
    rows = await ClubStore(work).discover(sort, q, key, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    cards = await _cards(work, caller, rows)
    last = rows[-1] if rows else None
    return cards, (
        (getattr(last, "members" if sort == "members" else "created_at"), last.id) if more and last else None
    )


async def club(work: UnitOfWork, caller: Caller, ref: str) -> ClubDetail:
    """Raises ClubNotFound."""
    row = await row_of(work, ref)
    card = (await _cards(work, caller, [row]))[0]
    able = can(card.my_role)
    waiting = await MembershipStore(work).count(row.id, state="pending") if "admit" in able else 0
    return ClubDetail(
        **dict(card), lat=row.lat, lon=row.lon, created_at=row.created_at, revision=row.revision,
        can=tuple(able), requests_waiting=waiting,
    )  # fmt: skip


async def behind_invite(work: UnitOfWork, caller: Caller, token: str) -> InvitePreview:
    """Raises InviteOver, ClubNotFound."""
    row = await row_of(work, await invites.club_behind(work, token))
    return InvitePreview(club=(await _cards(work, caller, [row]))[0])


async def members(
    work: UnitOfWork, caller: Caller, ref: str, *, key: tuple[datetime, str] | None, limit: int
) -> tuple[list[ClubMember], Next]:
    """Longest members first. Raises ClubNotFound, MembersOnly."""
    row = await row_of(work, ref)
    if row.join_policy not in ANYBODY_SEES_MEMBERS and await role_in(work, row.id, caller.member_id) is None:
        raise MembersOnly
    rows, after = await _page(work, row.id, "member", key, limit)
    names = await people.briefs(work, [r.member_id for r in rows])
    return [
        ClubMember(person=names[MemberId(r.member_id)], role=r.role, since=r.since) for r in rows
    ], after  # fmt: skip


async def requests(
    work: UnitOfWork, caller: Caller, ref: str, *, key: tuple[datetime, str] | None, limit: int
) -> tuple[list[JoinRequest], Next]:
    """Who waits longest first. Raises ClubNotFound, NotAllowedInClub."""
    found = await require(work, ref, caller.member_id, "admit")
    rows, after = await _page(work, found.id, "pending", key, limit)
    names = await people.briefs(work, [r.member_id for r in rows])
    return [JoinRequest(person=names[MemberId(r.member_id)], note=r.note, at=r.since) for r in rows], after


async def _page(
    work: UnitOfWork, club_id: str, state: str, key: tuple[datetime, str] | None, limit: int
) -> tuple[Sequence[MembershipRow], Next]:
    rows = await MembershipStore(work).page(club_id, state, key, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    return rows, (rows[-1].since, rows[-1].member_id) if more else None


async def _cards(work: UnitOfWork, caller: Caller, rows: Sequence[ClubRow]) -> list[ClubCard]:
    mine = await MembershipStore(work).states(caller.member_id, [row.id for row in rows])
    covers = await media.pictures(work, [row.cover_id for row in rows if row.cover_id])
    return [_card(row, mine.get(row.id), covers.get(row.cover_id or "")) for row in rows]


def _card(row: ClubRow, mine: MembershipRow | None, cover: Picture | None) -> ClubCard:
    return ClubCard(
        id=ClubId(row.id), slug=row.slug, name=row.name, hue=row.hue, about=row.about, sport=row.sport,
        join_policy=row.join_policy, place=row.place, members=row.members, cover=cover,
        my_state=mine.state if mine else "none",
        my_role=mine.role if mine and mine.state == "member" else None,
    )  # fmt: skip
