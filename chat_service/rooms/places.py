"""The rules of rooms for many messages at once: each author's place, and what she has read by writing."""

from collections.abc import Collection, Mapping

from chat_service.rooms import levels
from chat_service.rooms.places_store import PlaceStore
from chat_service.rooms.schemas import TALKS, Place, Who
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId, RoomId


async def places(work: UnitOfWork, asked: Collection[Who]) -> dict[Who, Place]:
    """Of those members who are in those rooms, their place. One question, of however many."""
    return await PlaceStore(work).places(asked)


async def told_of_all(work: UnitOfWork, found: Collection[Place]) -> dict[RoomId, frozenset[MemberId]]:
    """Who is told of every message in these rooms. Asks once more for each room that is no talk."""
    told: dict[RoomId, frozenset[MemberId]] = {}
    for place in found:
        room, kind = place.standing.room_id, place.standing.kind
        if room not in told:
            all_ = place.told if kind in TALKS else await levels.who_wants_all(work, room, kind)
            told[room] = frozenset(all_[: levels.MOST_TOLD])
    return told


async def read_up_to(work: UnitOfWork, pointers: Mapping[Who, int]) -> None:
    """Forward only, whichever device comes first."""
    await PlaceStore(work).move_read_pointers(pointers.items())
