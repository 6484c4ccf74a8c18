"""Clubs and memberships that existed elsewhere, taken in by the hundred. Twice is harmless."""

from collections.abc import Sequence
from datetime import datetime

from clubkit.contracts.interactions import MemberInteracted
from clubkit.contracts.social import MembershipChanged
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from social_service.clubs.models import ClubRow, ImportedClub
from social_service.clubs.service import changed
from social_service.clubs.slugs import candidates, first_free
from social_service.clubs.store import ClubStore, MembershipStore
from social_service.hues import hue_of


async def found_many(work: UnitOfWork, clubs: Sequence[ImportedClub]) -> int:
    """Makes the open clubs that are not there yet; answers how many. They have no owner until somebody is made one."""
    store = ClubStore(work)
    known = await store.taken_ids([club.id for club in clubs])
    fresh = list({club.id: club for club in clubs if club.id not in known}.values())
    taken = await store.taken_slugs([slug for club in fresh for slug in candidates(club.name, 5)])
    rows = [_row(club, first_free(club.name, taken, fallback=club.id[-8:], at_most=5)) for club in fresh]
    work.session.add_all(rows)
    work.publish(*(changed(row) for row in rows))
    return len(rows)


async def join_many(work: UnitOfWork, joins: Sequence[tuple[ClubId, MemberId, datetime]]) -> int:
    """Puts members into clubs, each (club, member, since), in a handful of queries. Answers how many were new."""
    store, club_store = MembershipStore(work), ClubStore(work)
    known = await store.known([(club, member) for club, member, _ in joins])
    fresh = {(club, member): at for club, member, at in joins if (club, member) not in known}
    await store.add_many([_standing(club, member, at) for (club, member), at in fresh.items()])
    more: dict[str, int] = {}
    for club_id, _ in fresh:
        more[club_id] = more.get(club_id, 0) + 1
    await club_store.grow(more)
    clubs = {row.id: row for row in await club_store.fresh(list(more))}
    for (club_id, member_id), at in fresh.items():
        if club := clubs.get(club_id):
            work.publish(*_facts(club, member_id, at))
    work.publish(*(changed(club) for club in clubs.values()))
    return len(fresh)


def _row(club: ImportedClub, slug: str) -> ClubRow:
    return ClubRow(
        id=club.id, slug=slug, name=club.name[:80], about=club.about[:2000], sport=club.sport[:40],
        hue=hue_of(club.name), join_policy="open", place=club.place[:120], lat=club.lat, lon=club.lon,
        cover_id=None, members=0, version=1, revision=1, created_at=club.created_at, closed_at=None,
    )  # fmt: skip


def _standing(club_id: ClubId, member_id: MemberId, at: datetime) -> dict[str, object]:
    return {
        "club_id": club_id, "member_id": member_id, "state": "member", "role": "member", "note": "", "version": 1,
        "since": at,
    }  # fmt: skip


def _facts(club: ClubRow, member_id: MemberId, at: datetime) -> tuple[MembershipChanged, MemberInteracted]:
    club_id = ClubId(club.id)
    return (
        MembershipChanged(
            club_id=club_id, member_id=member_id, role="member", version=1, club_name=club.name,
            club_hue=club.hue, at=at,
        ),
        MemberInteracted(
            member_id=member_id, kind="club", item_id=club_id, action="join", club_id=club_id, surface="import", at=at
        ),
    )  # fmt: skip
