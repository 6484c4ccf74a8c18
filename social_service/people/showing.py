"""What a profile page holds, and what the app needs of its own member to start."""

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId
from social_service.clubs import service as clubs
from social_service.hues import hue_of
from social_service.media import service as media
from social_service.notifications import service as notifications
from social_service.people import service
from social_service.people.errors import PersonNotFound
from social_service.people.models import PersonRow
from social_service.people.page_schemas import Me, Profile
from social_service.people.schemas import EditMe
from social_service.people.store import PeopleStore


async def me(work: UnitOfWork, caller: Caller) -> Me:
    """Answered from the token alone while the profile is still on its way."""
    row = await PeopleStore(work).person(caller.member_id) or _newcomer(work, caller)
    return Me(
        **service.brief(row).model_dump(), bio=row.bio, lat=row.lat, lon=row.lon, language=row.language,
        theme=row.theme, personalise=row.personalise, is_admin=caller.is_admin,
        clubs=tuple(await clubs.my_clubs(work, caller.member_id)),
        unread_notifications=await notifications.unread(work, caller.member_id),
    )  # fmt: skip


async def edit_me(work: UnitOfWork, caller: Caller, edit: EditMe) -> Me:
    """Raises HalfAPlace, PictureNotFound."""
    changes = edit.model_dump(exclude_unset=True)
    nullable = {"lat", "lon", "avatar_id"}
    changes = {name: value for name, value in changes.items() if value is not None or name in nullable}
    if "avatar_id" in changes:
        avatar_id = changes.pop("avatar_id")
        changes["avatar_url"] = await media.avatar_url(work, caller.member_id, avatar_id) if avatar_id else None
    await service.edit(work, caller, changes)
    await work.session.flush()
    return await me(work, caller)


async def profile(work: UnitOfWork, caller: Caller, handle: str) -> Profile:
    """Raises PersonNotFound."""
    store = PeopleStore(work)
    row = await store.by_handle(handle.removeprefix("@").lower())
    if row is None:
        raise PersonNotFound
    member_id = MemberId(row.member_id)
    viewer = await clubs.viewer(work, caller.member_id)
    followers, following = await store.follow_counts(member_id)
    return Profile(
        **service.brief(row).model_dump(), bio=row.bio, member_since=row.created_at,
        clubs=tuple(await clubs.clubs_shown_of(work, viewer, member_id)),
        followers=followers, following=following,
        followed_by_me=await store.follows(caller.member_id, member_id),
    )  # fmt: skip


def _newcomer(work: UnitOfWork, caller: Caller) -> PersonRow:
    return PersonRow(
        member_id=caller.member_id, handle=caller.handle, name=caller.name, bio="", hue=hue_of(caller.handle),
        avatar_url=None, lat=None, lon=None, language="en", theme="system", personalise=True, version=0,
        created_at=work.now,
    )  # fmt: skip
