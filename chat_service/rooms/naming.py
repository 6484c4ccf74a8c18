"""Who is meant by a name in a room: its members by their handles, the teams of its club by their titles."""

import re
from collections.abc import Collection, Mapping

from sqlalchemy import select

from chat_service.rooms.models import PersonRow, RoomMemberRow, RoomRow
from chat_service.rooms.store import is_in
from clubkit.db.work import UnitOfWork
from clubkit.ids import ClubId, RoomId

MOST_TEAMS = 200


async def members_named(work: UnitOfWork, room_id: RoomId, handles: Collection[str]) -> Mapping[str, PersonRow]:
    """Those of the room with these handles (in small letters), by handle."""
    query = (
        select(PersonRow)
        .join(RoomMemberRow, RoomMemberRow.member_id == PersonRow.member_id)
        .where(RoomMemberRow.room_id == room_id, PersonRow.handle.in_(handles), is_in(work.now))
    )
    return {person.handle: person for person in await work.session.scalars(query)}


async def teams_of(work: UnitOfWork, club_id: ClubId) -> Mapping[str, tuple[RoomId, str]]:
    """The rooms of a club's teams by their names as one writes them after an @: (room, title)."""
    query = select(RoomRow.id, RoomRow.title).where(
        RoomRow.club_id == club_id, RoomRow.kind == "team", RoomRow.archived_at.is_(None)
    )
    rows = await work.session.execute(query.limit(MOST_TEAMS))
    return {spelt(row.title): (RoomId(row.id), row.title) for row in rows}


def spelt(title: str) -> str:
    """A title as a name without spaces: "First Team" is `first_team`."""
    return re.sub(r"\W+", "_", title.casefold()).strip("_")
