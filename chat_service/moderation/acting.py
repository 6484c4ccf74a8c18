"""The rules of what moderators do: slow a room, silence a member, keep one out, and block words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chat_service.moderation import terms
from chat_service.moderation.auditing import note
from chat_service.moderation.errors import NotModerator, NotOverThem
from chat_service.moderation.schemas import FOREVER, BarredOut, BlockedTerms, Deed, Discipline, SlowMode
from chat_service.rooms import browsing, discipline, rights
from chat_service.rooms.rights import Place
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, RoomId


async def slow(work: UnitOfWork, caller: Caller, room_id: RoomId, wish: SlowMode) -> None:
    """Raises RoomNotFound, NotModerator."""
    where = await _moderated(work, caller, room_id)
    await discipline.slow(work, caller, where, wish.seconds)
    note(work, caller, "slowed", room_id=room_id, club_id=where.club_id, why=wish.reason, seconds=wish.seconds)


async def silence(work: UnitOfWork, caller: Caller, room_id: RoomId, member_id: MemberId, wish: Discipline) -> datetime:
    """The member reads only, until then. Raises RoomNotFound, NotModerator, NotOverThem, NotAMember."""
    where, rooms, until = await _meant(work, caller, room_id, member_id, wish)
    await discipline.silence(work, caller, rooms, member_id, until)
    _note(work, caller, "silenced", where, member_id, wish, until)
    return until


async def unsilence(work: UnitOfWork, caller: Caller, room_id: RoomId, member_id: MemberId, why: str) -> None:
    """In this room, and in all of the club for who may moderate them. Raises RoomNotFound, NotModerator."""
    where, rooms = await _lifting(work, caller, room_id)
    await discipline.silence(work, caller, rooms, member_id, None)
    note(work, caller, "unsilenced", room_id=room_id, club_id=where.club_id, member_id=member_id, why=why)


async def bar(work: UnitOfWork, caller: Caller, room_id: RoomId, member_id: MemberId, wish: Discipline) -> datetime:
    """Out at once, on every process, and not let in until then. Raises RoomNotFound, NotModerator, NotOverThem."""
    where, rooms, until = await _meant(work, caller, room_id, member_id, wish)
    await discipline.bar(work, caller, rooms, member_id, until)
    _note(work, caller, "barred", where, member_id, wish, until)
    return until


async def unbar(work: UnitOfWork, caller: Caller, room_id: RoomId, member_id: MemberId, why: str) -> None:
    """Raises RoomNotFound, NotModerator."""
    where, rooms = await _lifting(work, caller, room_id)
    await discipline.unbar(work, rooms, member_id)
    note(work, caller, "unbarred", room_id=room_id, club_id=where.club_id, member_id=member_id, why=why)


async def barred_from(work: UnitOfWork, caller: Caller, room_id: RoomId) -> list[BarredOut]:
    """Who is not let in just now, for those who may let them in. Raises RoomNotFound, NotModerator."""
    where = await rights.place(work, room_id, caller.member_id)
    if not where.manages:
        raise NotModerator
    return [BarredOut(person=person, until=until) for person, until in await browsing.who_is_barred(work, room_id)]


async def block_terms(work: UnitOfWork, caller: Caller, club_id: ClubId, wish: BlockedTerms) -> list[str]:
    """For the club's owners and admins; all its rooms refuse these words from now on. Raises NotInClub."""
    blocked = terms.kept(list(wish.terms))
    first = await discipline.set_blocked(work, caller, club_id, blocked)
    note(work, caller, "terms", room_id=first, club_id=club_id, count=len(blocked.splitlines()))
    return blocked.splitlines()


async def terms_of(work: UnitOfWork, caller: Caller, club_id: ClubId) -> list[str]:
    """Raises NotInClub."""
    return (await discipline.blocked(work, caller, club_id)).splitlines()


async def _moderated(work: UnitOfWork, caller: Caller, room_id: RoomId) -> Place:
    where = await discipline.held(work, room_id, caller.member_id)
    if not where.manages:
        raise NotModerator
    return where


async def _above(work: UnitOfWork, caller: Caller, room_id: RoomId, member_id: MemberId, *, whole_club: bool) -> Place:
    where = await _moderated(work, caller, room_id)
    if whole_club and where.in_club not in ("owner", "admin"):
        raise NotModerator
    if not await discipline.is_above(work, where, member_id):
        raise NotOverThem
    return where


async def _meant(
    work: UnitOfWork, caller: Caller, room_id: RoomId, member_id: MemberId, wish: Discipline
) -> tuple[Place, Sequence[RoomId], datetime]:
    """Where it is asked, the rooms it holds for, and until when. Raises NotModerator, NotOverThem."""
    where = await _above(work, caller, room_id, member_id, whole_club=wish.whole_club)
    until = work.now + (timedelta(minutes=wish.minutes) if wish.minutes else FOREVER)
    return where, await _rooms(work, where, whole_club=wish.whole_club), until


async def _lifting(work: UnitOfWork, caller: Caller, room_id: RoomId) -> tuple[Place, Sequence[RoomId]]:
    """Where it is taken back, and the rooms it no longer holds for. Raises NotModerator."""
    where = await _moderated(work, caller, room_id)
    return where, await _rooms(work, where, whole_club=where.owns and where.club_id is not None)


def _note(
    work: UnitOfWork, caller: Caller, what: Deed, where: Place, member_id: MemberId, wish: Discipline, until: datetime
) -> None:
    note(
        work, caller, what, room_id=where.room_id, club_id=where.club_id, member_id=member_id, why=wish.reason,
        until=until.isoformat(), whole_club=wish.whole_club,
    )  # fmt: skip


async def _rooms(work: UnitOfWork, where: Place, *, whole_club: bool) -> Sequence[RoomId]:
    if not whole_club or where.club_id is None:
        return [where.room_id]
    return await discipline.rooms_of(work, where.club_id)
