"""Members who were members elsewhere, taken in by the hundred. Twice is harmless."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId
from social_service.people import service
from social_service.people.store import PeopleStore


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A profile with the id it shall have here. They cannot sign in until an account is made for them."""

    id: MemberId
    handle: str
    name: str
    lat: float | None
    lon: float | None
    since: datetime


async def register_many(work: UnitOfWork, people: Sequence[ImportedPerson]) -> int:
    """Makes the profiles that are not there yet, with their places; answers how many."""
    places = {person.id: person for person in people}
    fresh = await service.register_many(work, [(p.id, p.handle, p.name, p.since) for p in people])
    if not fresh:
        return 0
    for row in await PeopleStore(work).people(list(places)):
        person = places[MemberId(row.member_id)]
        if row.version == 1 and person.lat is not None and row.lat is None:
            row.lat, row.lon, row.version = person.lat, person.lon, 2
            work.publish(service.changed(row))
    return fresh
