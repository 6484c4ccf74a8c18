"""The rules of founding, changing and closing a club."""

from functools import partial

from clubkit.contracts.social import ClubClosed, MembershipChanged
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, new_id
from clubkit.realtime.wire import Wire, club_channel
from clubkit.versions import expect
from social_service.clubs.errors import HalfAPlace
from social_service.clubs.membership import admit
from social_service.clubs.models import ClubRow
from social_service.clubs.schemas import EditClub, FoundClub
from social_service.clubs.service import changed, require, row_of
from social_service.clubs.slugs import candidates, first_free
from social_service.clubs.store import ClubStore, MembershipStore
from social_service.media import service as media
from social_service.people import service as people


async def found(work: UnitOfWork, caller: Caller, wish: FoundClub) -> ClubId:
    """Founds a club; its founder owns it. Raises HalfAPlace."""
    if (wish.lat is None) != (wish.lon is None):
        raise HalfAPlace
    await people.ensure(work, caller)
    club_id = ClubId(new_id(work.now))
    store = ClubStore(work)
    slug = first_free(wish.name, await store.taken_slugs(candidates(wish.name)), fallback=club_id[-8:])
    row = ClubRow(
        id=club_id, slug=slug, **wish.model_dump(), members=0, version=0, revision=1, created_at=work.now,
        cover_id=None, closed_at=None,
    )  # fmt: skip
    store.add(row)
    await admit(work, row, caller.member_id, role="owner")
    return club_id


async def edit(work: UnitOfWork, caller: Caller, ref: str, changes: EditClub, *, revision: int) -> ClubId:
    """Changes the given fields. Raises ClubNotFound, NotAllowedInClub, ChangedMeanwhile, HalfAPlace."""
    row = await row_of(work, ref, lock=True)
    await require(work, row.id, caller.member_id, "edit_club")
    expect(revision, row.revision)
    for name, value in changes.model_dump(exclude_unset=True).items():
        if value is not None or name in {"lat", "lon"}:
            setattr(row, name, value)
    if (row.lat is None) != (row.lon is None):
        raise HalfAPlace
    _revised(work, row)
    return ClubId(row.id)


async def set_cover(work: UnitOfWork, caller: Caller, ref: str, media_id: str | None) -> ClubId:
    """Raises ClubNotFound, NotAllowedInClub, PictureNotFound."""
    row = await row_of(work, ref, lock=True)
    await require(work, row.id, caller.member_id, "edit_club")
    if media_id is not None:
        await media.owned(work, caller.member_id, [media_id])
    row.cover_id = media_id
    _revised(work, row)
    return ClubId(row.id)


async def close(work: UnitOfWork, caller: Caller, ref: str) -> None:
    """Closes a club for good: nobody is in it any more. Raises ClubNotFound, NotAllowedInClub."""
    row = await row_of(work, ref, lock=True)
    await require(work, row.id, caller.member_id, "close_club")
    row.closed_at = work.now
    row.slug = f"{row.slug[:48]}~{row.id[-8:]}"  # the address is free for another club
    wire = work.port(Wire)
    for member_id, version in await MembershipStore(work).leave_all(row.id, work.now):
        work.publish(_out(row, member_id, version))
        work.after_commit(partial(wire.unsubscribe, member_id, club_channel(ClubId(row.id))))
    row.members = 0
    work.publish(ClubClosed(club_id=ClubId(row.id), at=work.now))


def _revised(work: UnitOfWork, row: ClubRow) -> None:
    row.revision += 1
    row.version += 1
    work.publish(changed(row))


def _out(row: ClubRow, member_id: MemberId, version: int) -> MembershipChanged:
    return MembershipChanged(
        club_id=ClubId(row.id), member_id=member_id, role=None, version=version, club_name=row.name,
        club_hue=row.hue,
    )  # fmt: skip
