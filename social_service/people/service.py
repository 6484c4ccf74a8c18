"""The rules of profiles: made once, changed by their owner, told to everybody who keeps a copy."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from clubkit.contracts.social import ProfileChanged
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import MemberId
from social_service.hues import hue_of
from social_service.people.errors import HalfAPlace, PersonNotFound
from social_service.people.models import PersonRow
from social_service.people.schemas import PersonBrief
from social_service.people.store import PeopleStore

UNKNOWN = "Somebody"
"""The name shown for a member whose profile has not arrived yet, or is gone."""


async def ensure(work: UnitOfWork, caller: Caller) -> PersonBrief:
    """The caller's profile, made from her token when the log has not brought it yet."""
    row = await PeopleStore(work).person(caller.member_id)
    if row is None:
        await register_many(work, [(caller.member_id, caller.handle, caller.name, work.now)])
        row = await PeopleStore(work).person(caller.member_id)
    return brief(row) if row else unknown(caller.member_id)


async def register_many(work: UnitOfWork, members: Sequence[tuple[MemberId, str, str, datetime]]) -> int:
    """Makes the profiles that are not there yet; each of `members` is (id, handle, name, since). Answers how many."""
    store = PeopleStore(work)
    known = await store.known([member_id for member_id, *_ in members])
    fresh = {member[0]: member for member in members if member[0] not in known}
    rows = [_new_row(*member) for member in fresh.values()]
    await store.add(rows)
    work.publish(*(_fact(row) for row in rows))
    return len(rows)


async def briefs(work: UnitOfWork, member_ids: Collection[str]) -> dict[MemberId, PersonBrief]:
    """One query. A member without a profile has a stand-in, so every asked id is answered."""
    found = {MemberId(row.member_id): brief(row) for row in await PeopleStore(work).people(set(member_ids))}
    return {MemberId(each): found.get(MemberId(each)) or unknown(MemberId(each)) for each in member_ids}


async def find(work: UnitOfWork, member_ids: Collection[str]) -> list[PersonBrief]:
    """Those of the asked who exist, in the order asked."""
    found = {row.member_id: brief(row) for row in await PeopleStore(work).people(set(member_ids))}
    return [found[each] for each in dict.fromkeys(member_ids) if each in found]


async def by_handle(work: UnitOfWork, handle: str) -> PersonBrief:
    """Raises PersonNotFound."""
    row = await PeopleStore(work).by_handle(handle.removeprefix("@").lower())
    if row is None:
        raise PersonNotFound
    return brief(row)


async def all_after(work: UnitOfWork, member_id: str, limit: int) -> list[ProfileChanged]:
    """Every profile as it now stands, by id: for rebuilding what follows from them."""
    return [changed(row) for row in await PeopleStore(work).after(member_id, limit)]


async def wants_personal(work: UnitOfWork, member_id: MemberId) -> bool:
    """Whether what this member looks at may be noted, and lists ranked for her."""
    return await PeopleStore(work).personalises(member_id) is not False


async def edit(work: UnitOfWork, caller: Caller, changes: dict[str, Any]) -> None:
    """Changes the given fields of the caller's own profile (columns of the profile). Raises HalfAPlace."""
    await ensure(work, caller)
    row = await PeopleStore(work).person(caller.member_id)
    if row is None:
        raise PersonNotFound
    before = _shown(row)
    for name, value in changes.items():
        setattr(row, name, value)
    if (row.lat is None) != (row.lon is None):
        raise HalfAPlace
    if _shown(row) != before:
        row.version += 1
        work.publish(changed(row))


def brief(row: PersonRow) -> PersonBrief:
    return PersonBrief(
        id=MemberId(row.member_id), handle=row.handle, name=row.name, hue=row.hue, avatar_url=row.avatar_url
    )


def unknown(member_id: MemberId) -> PersonBrief:
    return PersonBrief(id=member_id, handle="", name=UNKNOWN, hue=hue_of(member_id))


def changed(row: PersonRow) -> ProfileChanged:
    return _fact({name: getattr(row, name) for name in _FACT_FIELDS})


_FACT_FIELDS = ("member_id", "handle", "name", "bio", "hue", "avatar_url", "lat", "lon", "version")


def _fact(values: dict[str, Any]) -> ProfileChanged:
    return ProfileChanged(**{name: values[name] for name in _FACT_FIELDS})


def _shown(row: PersonRow) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _FACT_FIELDS)


def _new_row(member_id: MemberId, handle: str, name: str, since: datetime) -> dict[str, Any]:
    return {
        "member_id": member_id, "handle": handle.lower(), "name": name[:80], "bio": "", "hue": hue_of(handle),
        "avatar_url": None, "lat": None, "lon": None, "language": "en", "theme": "system", "personalise": True,
        "version": 1, "created_at": since,
    }  # fmt: skip
