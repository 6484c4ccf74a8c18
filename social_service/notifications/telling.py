"""Making notifications, by the batch: more of the same joins what is still unread."""

from collections.abc import Iterable, Sequence
from typing import Any

from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, new_id
from clubkit.realtime.wire import Wire, member_channel
from social_service.notifications.models import NotificationRow
from social_service.notifications.schemas import MOST_ACTORS, Note, NotificationNews
from social_service.notifications.store import NotificationStore


async def tell(work: UnitOfWork, notes: Sequence[Note]) -> None:
    """Tells everybody in `notes`, in a handful of queries however many they are; nobody of her own doing."""
    wanted = list(_each(notes))
    if not wanted:
        return
    store = NotificationStore(work)
    members = list(dict.fromkeys(member_id for member_id, _ in wanted))
    rows = await store.open_rows(members, {note.group for note in notes})
    open_rows = {(row.member_id, row.open_key): row for row in rows}
    fresh: dict[tuple[str, str], dict[str, Any]] = {}
    newest: dict[MemberId, str] = {}
    for member_id, note in wanted:
        key = (member_id, note.group)
        if row := open_rows.get(key):
            _join_row(row, note)
            newest[member_id] = row.id
            continue
        fresh[key] = fresh[key] | _joined(fresh[key], note) if key in fresh else _new(member_id, note)
        newest[member_id] = fresh[key]["id"]
    await work.session.flush()
    await store.add_many(list(fresh.values()))
    await _push(work, newest)


def _each(notes: Iterable[Note]) -> Iterable[tuple[MemberId, Note]]:
    return ((member_id, note) for note in notes for member_id in dict.fromkeys(note.to) if member_id != note.actor)


def _new(member_id: MemberId, note: Note) -> dict[str, Any]:
    return {
        "id": new_id(note.at), "member_id": member_id, "open_key": note.group, "kind": note.kind,
        "subject_id": note.subject_id, "club_id": note.club_id, "link": note.link, "words": dict(note.words),
        "actors": [note.actor] if note.actor else [], "count": 1, "at": note.at, "seen_at": None, "read_at": None,
    }  # fmt: skip


def _joined(now: dict[str, Any], note: Note) -> dict[str, Any]:
    """What more of the same makes of a notification: the newest word, one more time, by whom."""
    actors = [note.actor, *(a for a in now["actors"] if a != note.actor)] if note.actor else now["actors"]
    again = note.once_each and note.actor in now["actors"]
    return {
        "actors": actors[:MOST_ACTORS], "count": now["count"] + (0 if again else 1), "at": max(now["at"], note.at),
        "words": dict(note.words), "link": note.link, "subject_id": note.subject_id, "seen_at": None,
    }  # fmt: skip


def _join_row(row: NotificationRow, note: Note) -> None:
    now = {"actors": row.actors, "count": row.count, "at": row.at}
    for name, value in _joined(now, note).items():
        setattr(row, name, value)


async def _push(work: UnitOfWork, newest: dict[MemberId, str]) -> None:
    wire = work.port(Wire)
    unread = await NotificationStore(work).unread(list(newest))
    news = {member_id: NotificationNews(id=id_, unread=unread[member_id]) for member_id, id_ in newest.items()}

    async def push() -> None:
        for member_id, what in news.items():
            await wire.emit("notification.new", what, to=member_channel(member_id))

    work.after_commit(push)
