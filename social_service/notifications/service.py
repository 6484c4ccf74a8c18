"""The rules of notifications: told once, grouped while unread, counted for the badge."""

from datetime import datetime
from typing import Any

from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, MemberId
from clubkit.realtime.wire import Wire, member_channel
from social_service.clubs import service as clubs
from social_service.notifications.errors import NotificationNotFound
from social_service.notifications.schemas import Notification, NotificationCount, Unread
from social_service.notifications.store import NotificationStore
from social_service.notifications.wording import detail_of, text_of
from social_service.people import service as people


async def unread(work: UnitOfWork, member_id: MemberId) -> int:
    return (await NotificationStore(work).unread([member_id]))[member_id]


async def counts(work: UnitOfWork, member_id: MemberId) -> Unread:
    store = NotificationStore(work)
    return Unread(unread=await unread(work, member_id), unseen=await store.unseen(member_id))


async def page(
    work: UnitOfWork, member_id: MemberId, *, key: tuple[datetime, str] | None, limit: int, unread_only: bool
) -> tuple[list[Notification], tuple[Any, ...] | None]:
    """Newest first, and the key of the last when more follow."""
    rows = await NotificationStore(work).page(member_id, key, limit + 1, unread_only=unread_only)
    more, rows = len(rows) > limit, rows[:limit]
    names = await people.briefs(work, {actor for row in rows for actor in row.actors})
    of_club = await clubs.briefs(work, {row.club_id for row in rows if row.club_id})
    shown = [
        Notification(
            id=row.id, kind=row.kind, link=row.link, subject_id=row.subject_id,
            actors=(actors := tuple(names[MemberId(a)] for a in row.actors)),
            text=text_of(row.kind, row.words, actors, row.count), detail=detail_of(row.kind, row.words),  # type: ignore[arg-type]
            club=of_club.get(ClubId(row.club_id or "")), count=row.count, at=row.at,
            seen=row.seen_at is not None, read=row.read_at is not None,
        )
        for row in rows
    ]  # fmt: skip
    return shown, (rows[-1].at, rows[-1].id) if more else None


async def mark_seen(work: UnitOfWork, member_id: MemberId) -> Unread:
    """She has looked at the centre: the badge goes, the dots stay."""
    await NotificationStore(work).mark_seen(member_id)
    return await counts(work, member_id)


async def mark_read(work: UnitOfWork, member_id: MemberId, notification_id: str) -> Unread:
    """Raises NotificationNotFound."""
    store = NotificationStore(work)
    if not await store.exists(member_id, notification_id):
        raise NotificationNotFound
    if await store.mark_read(member_id, notification_id):
        await _tell_other_devices(work, member_id)
    return await counts(work, member_id)


async def mark_all_read(work: UnitOfWork, member_id: MemberId) -> Unread:
    if await NotificationStore(work).mark_read(member_id):
        await _tell_other_devices(work, member_id)
    return await counts(work, member_id)


async def _tell_other_devices(work: UnitOfWork, member_id: MemberId) -> None:
    wire, left = work.port(Wire), await unread(work, member_id)
    count = NotificationCount(unread=left)
    work.after_commit(lambda: wire.emit("notification.count", count, to=member_channel(member_id)))
