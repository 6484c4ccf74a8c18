"""The questions other domains ask of clubs: who may what where, what a club is called, who is in it."""

from collections.abc import Collection, Mapping, Sequence

from clubkit.contracts.social import ClubChanged, JoinPolicy, Role
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from social_service.clubs.capability_schemas import CAPABILITIES, Capability, may
from social_service.clubs.errors import ClubNotFound, NotAllowedInClub
from social_service.clubs.models import ClubRow
from social_service.clubs.schemas import ClubBrief, MyClub, Viewer
from social_service.clubs.store import ClubStore, MembershipStore

ANYBODY_SEES_MEMBERS: frozenset[JoinPolicy] = frozenset({"open"})
"""Clubs whose list of members is no secret on this hub."""


async def viewer(work: UnitOfWork, member_id: MemberId) -> Viewer:
    """Who looks, with her roles. One query, in the transaction of what she looks at: leaving shows at once."""
    return Viewer(member_id, await MembershipStore(work).roles_of(member_id))


async def clubs_of_each(work: UnitOfWork, member_ids: Collection[MemberId]) -> Mapping[MemberId, frozenset[ClubId]]:
    """The clubs that each of these members is in."""
    return await MembershipStore(work).clubs_of_each(member_ids)


async def require(work: UnitOfWork, club_id: ClubId | str, member_id: MemberId, capability: Capability) -> ClubBrief:
    """The club, when this member may do that in it. `club_id` may be a slug. Raises ClubNotFound, NotAllowedInClub."""
    row = await row_of(work, club_id)
    if not may(await role_in(work, row.id, member_id), capability):
        raise NotAllowedInClub(capability)
    return brief(row)


async def role_in(work: UnitOfWork, club_id: ClubId | str, member_id: MemberId) -> Role | None:
    standing = await MembershipStore(work).one(club_id, member_id)
    return standing.role if standing and standing.state == "member" else None  # type: ignore[return-value]


async def resolve(work: UnitOfWork, ref: str) -> ClubBrief:
    """The club by its id or slug. Raises ClubNotFound."""
    return brief(await row_of(work, ref))


async def briefs(work: UnitOfWork, club_ids: Collection[str]) -> dict[ClubId, ClubBrief]:
    """One query; ids nobody knows are absent."""
    return {ClubId(row.id): brief(row) for row in await ClubStore(work).clubs(set(club_ids))}


async def member_ids(work: UnitOfWork, club_ids: Collection[str]) -> dict[str, list[MemberId]]:
    """Who is in these clubs, in one query."""
    return await MembershipStore(work).member_ids(club_ids)


async def who_may(work: UnitOfWork, club_id: ClubId, capability: Capability) -> list[MemberId]:
    """The members of a club who may do this."""
    roles = [role for role, able in CAPABILITIES.items() if capability in able]
    return (await MembershipStore(work).member_ids([club_id], roles)).get(club_id, [])


async def my_clubs(work: UnitOfWork, member_id: MemberId) -> list[MyClub]:
    rows = await MembershipStore(work).clubs_of(member_id)
    return [MyClub(**brief(club).model_dump(), role=mine.role, since=mine.since) for club, mine in rows]


async def clubs_shown_of(work: UnitOfWork, viewer: Viewer, member_id: MemberId) -> list[ClubBrief]:
    """The clubs of a member that the viewer may know of: those she shares, and those with an open list."""
    rows = await MembershipStore(work).clubs_of(member_id)
    return [brief(c) for c, _ in rows if c.join_policy in ANYBODY_SEES_MEMBERS or c.id in viewer.roles]


async def all_after(work: UnitOfWork, club_id: str, limit: int) -> list[ClubChanged]:
    """Every club as it now stands, by id: for rebuilding what follows from them."""
    return [changed(row) for row in await ClubStore(work).after(club_id, limit)]


async def row_of(work: UnitOfWork, ref: str, *, lock: bool = False) -> ClubRow:
    """For this domain alone. Raises ClubNotFound."""
    row = await ClubStore(work).find(ref, lock=lock)
    if row is None:
        raise ClubNotFound
    return row


def brief(row: ClubRow) -> ClubBrief:
    return ClubBrief(id=ClubId(row.id), slug=row.slug, name=row.name, hue=row.hue)


def changed(row: ClubRow) -> ClubChanged:
    """The club as it now stands, for the log."""
    return ClubChanged(
        club_id=ClubId(row.id), slug=row.slug, name=row.name, about=row.about, sport=row.sport, hue=row.hue,
        join_policy=row.join_policy, place=row.place, lat=row.lat, lon=row.lon, members=row.members,
        version=row.version,
    )  # fmt: skip


def can(role: Role | None) -> Sequence[Capability]:
    return sorted(CAPABILITIES[role]) if role else ()
