"""The rules of joining, leaving, letting in, and roles."""

from clubkit.contracts.interactions import Action, MemberInteracted, Surface
from clubkit.contracts.social import JoinAnswered, JoinAsked, MembershipChanged, Role
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, RankId
from clubkit.realtime.wire import Wire, club_channel
from social_service.clubs import invites
from social_service.clubs.capability_schemas import MUST_REMAIN, is_above
from social_service.clubs.errors import (
    InviteNeeded,
    LastOwner,
    NoRequest,
    NotInClub,
    RankTooHigh,
)
from social_service.clubs.models import ClubRow, MembershipRow
from social_service.clubs.schemas import Join, Standing
from social_service.clubs.service import changed, require, role_in, row_of
from social_service.clubs.store import MembershipStore
from social_service.people import service as people


async def join(
    work: UnitOfWork, caller: Caller, ref: str, wish: Join, *, surface: Surface = "club", rank_id: RankId | None = None
) -> Standing:
    """Open clubs take her at once, others keep her request; an invitation opens any of them.

    Asking twice changes nothing. Raises ClubNotFound, InviteNeeded, InviteOver.
    """
    club = await row_of(work, ref, lock=True)
    standing = await MembershipStore(work).one(club.id, caller.member_id)
    if standing and standing.state == "member":
        return _standing(standing)
    person = await people.ensure(work, caller)
    if wish.token is not None:
        await invites.use(work, ClubId(club.id), wish.token)
    elif club.join_policy == "invite":
        raise InviteNeeded
    elif club.join_policy == "request":
        return await _ask(work, club, standing, caller.member_id, person.name, wish.note)
    return _standing(await admit(work, club, caller.member_id, surface=surface, rank_id=rank_id))


async def leave(work: UnitOfWork, caller: Caller, ref: str) -> None:
    """Leaves, or takes a request back. Raises ClubNotFound, NotInClub, LastOwner."""
    club = await row_of(work, ref, lock=True)
    standing = await MembershipStore(work).one(club.id, caller.member_id)
    if standing is None or standing.state == "gone":
        raise NotInClub
    if standing.state == "pending":
        standing.state = "gone"
        return
    await _let_go(work, club, standing)


async def remove(work: UnitOfWork, caller: Caller, ref: str, member_id: MemberId) -> None:
    """Raises ClubNotFound, NotAllowedInClub, NotInClub, RankTooHigh, LastOwner."""
    club = await row_of(work, ref, lock=True)
    await require(work, club.id, caller.member_id, "remove_members")
    standing = await _member(work, club, member_id)
    if not is_above(await role_in(work, club.id, caller.member_id), standing.role):  # type: ignore[arg-type]
        raise RankTooHigh
    await _let_go(work, club, standing)


async def set_role(work: UnitOfWork, caller: Caller, ref: str, member_id: MemberId, role: Role) -> Standing:
    """Raises ClubNotFound, NotAllowedInClub, NotInClub, RankTooHigh, LastOwner."""
    club = await row_of(work, ref, lock=True)
    await require(work, club.id, caller.member_id, "assign_roles")
    standing = await _member(work, club, member_id)
    mine = await role_in(work, club.id, caller.member_id)
    if not (is_above(mine, standing.role) and is_above(mine, role)):  # type: ignore[arg-type]
        raise RankTooHigh
    if standing.role != role:
        await _keep_an_owner(work, standing)
        standing.role = role
        standing.version += 1
        work.publish(_fact(club, standing))
    return _standing(standing)


async def answer_request(work: UnitOfWork, caller: Caller, ref: str, member_id: MemberId, *, welcome: bool) -> None:
    """Raises ClubNotFound, NotAllowedInClub, NoRequest."""
    club = await row_of(work, ref, lock=True)
    await require(work, club.id, caller.member_id, "admit")
    standing = await MembershipStore(work).one(club.id, member_id)
    if standing is None or standing.state != "pending":
        raise NoRequest
    if welcome:
        await admit(work, club, member_id)
    else:
        standing.state = "gone"
    work.publish(
        JoinAnswered(
            club_id=ClubId(club.id), club_name=club.name, club_slug=club.slug, member_id=member_id,
            welcome=welcome, at=work.now,
        )
    )  # fmt: skip


async def admit(
    work: UnitOfWork, club: ClubRow, member_id: MemberId, *, role: Role = "member", surface: Surface = "club",
    rank_id: RankId | None = None,
) -> MembershipRow:  # fmt: skip
    """Puts a member in. The club's row must be locked (or new), so that its count stays right."""
    store = MembershipStore(work)
    standing = await store.one(club.id, member_id)
    if standing is None:
        standing = _new_standing(work, club.id, member_id)
        store.add(standing)
    standing.state, standing.role, standing.since = "member", role, work.now
    standing.version += 1
    club.members += 1
    _tell(work, club, standing, "join", surface, rank_id)
    wire = work.port(Wire)
    work.after_commit(lambda: wire.subscribe(member_id, club_channel(ClubId(club.id))))
    return standing


async def _ask(
    work: UnitOfWork, club: ClubRow, standing: MembershipRow | None, member_id: MemberId, name: str, note: str
) -> Standing:
    if standing is None:
        standing = _new_standing(work, club.id, member_id)
        MembershipStore(work).add(standing)
    if standing.state != "pending":
        standing.state, standing.note, standing.since = "pending", note, work.now
        work.publish(
            JoinAsked(
                club_id=ClubId(club.id), club_name=club.name, club_slug=club.slug, member_id=member_id,
                member_name=name, at=work.now,
            )
        )  # fmt: skip
    return _standing(standing)


async def _let_go(work: UnitOfWork, club: ClubRow, standing: MembershipRow) -> None:
    await _keep_an_owner(work, standing)
    standing.state, standing.role, standing.since = "gone", "member", work.now
    standing.version += 1
    club.members -= 1
    _tell(work, club, standing, "leave", "club", None)
    wire, member_id = work.port(Wire), MemberId(standing.member_id)
    work.after_commit(lambda: wire.unsubscribe(member_id, club_channel(ClubId(club.id))))


async def _keep_an_owner(work: UnitOfWork, standing: MembershipRow) -> None:
    """Raises LastOwner when this standing is the only one a club cannot be without."""
    if standing.role != MUST_REMAIN:
        return
    if await MembershipStore(work).count(standing.club_id, role=MUST_REMAIN) <= 1:
        raise LastOwner


async def _member(work: UnitOfWork, club: ClubRow, member_id: MemberId) -> MembershipRow:
    standing = await MembershipStore(work).one(club.id, member_id)
    if standing is None or standing.state != "member":
        raise NotInClub
    return standing


def _tell(
    work: UnitOfWork, club: ClubRow, standing: MembershipRow, action: Action, surface: Surface, rank_id: RankId | None
) -> None:
    club.version += 1
    club_id, member_id = ClubId(club.id), MemberId(standing.member_id)
    work.publish(
        changed(club),
        _fact(club, standing),
        MemberInteracted(
            member_id=member_id, kind="club", item_id=club.id, action=action, club_id=club_id, surface=surface,
            rank_id=rank_id, at=work.now,
        ),
    )  # fmt: skip


def _fact(club: ClubRow, standing: MembershipRow) -> MembershipChanged:
    role = standing.role if standing.state == "member" else None
    return MembershipChanged(
        club_id=ClubId(club.id), member_id=MemberId(standing.member_id), role=role, version=standing.version,
        club_name=club.name, club_hue=club.hue,
    )  # fmt: skip


def _new_standing(work: UnitOfWork, club_id: str, member_id: MemberId) -> MembershipRow:
    return MembershipRow(
        club_id=club_id, member_id=member_id, state="gone", role="member", note="", version=0, since=work.now
    )


def _standing(row: MembershipRow) -> Standing:
    is_in = row.state == "member"
    return Standing(
        club_id=ClubId(row.club_id), member_id=MemberId(row.member_id),
        state="none" if row.state == "gone" else row.state, role=row.role if is_in else None,
    )  # fmt: skip
