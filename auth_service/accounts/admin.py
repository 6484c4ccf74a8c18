"""Accounts made by an operator: verified from the start, no mail sent. For the command line and demo worlds.

These take `Works` and open their own unit of work, because hashing comes before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from auth_service.accounts.handles import first_free, handle_of
from auth_service.accounts.password_rules import check_new_password
from auth_service.accounts.passwords import Passwords
from auth_service.accounts.schemas import Email, Handle, Name
from auth_service.accounts.store import AccountStore
from auth_service.sessions import ending
from clubkit.contracts.auth import MemberRegistered
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId, new_id


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody to open an account for. Without a handle it is made from the name; a taken one gets a number."""

    email: str
    name: str
    handle: str | None = None


async def create_admin(works: Works, email: str, name: str, password: str) -> MemberId:
    """An operator of this hub. An account with this address becomes one, with this password, signed out everywhere.

    Raises PasswordRefused, and ValidationError for an address or a name that is none.
    """
    who = _parsed(NewMember(email, name))
    check_new_password(password, name=who.name, email=who.email)
    password_hash = await works.ports[Passwords].hash(password)
    async with works.open() as work:
        store = AccountStore(work)
        existing = await store.by_email(who.email)
        if existing is None:
            [member_id] = await _add(work, [who], password_hash, is_admin=True)
            return member_id
        existing.is_admin = True
        await work.session.flush()
        await store.set_password(MemberId(existing.id), password_hash)
    await ending.end_all(works, MemberId(existing.id))
    return MemberId(existing.id)


async def create_member(works: Works, email: str, name: str, password: str, *, handle: str | None = None) -> MemberId:
    """A verified member; the account that is there when the address is known. Raises as `create_admin`."""
    who = _parsed(NewMember(email, name, handle))
    check_new_password(password, name=who.name, email=who.email)
    [member_id] = await create_members(works, [who], password)
    return member_id


async def create_members(works: Works, people: Sequence[NewMember], password: str) -> list[MemberId]:
    """Many members with one password, hashed once: for demo worlds only, since equal hashes show equal passwords.

    Answers their ids in order. Those whose address is known keep their account, so that twice is harmless.
    """
    password_hash = await works.ports[Passwords].hash(password)
    async with works.open() as work:
        return await _add(work, [_parsed(person) for person in people], password_hash, is_admin=False)


async def _add(work: UnitOfWork, people: Sequence[NewMember], password_hash: str, *, is_admin: bool) -> list[MemberId]:
    store = AccountStore(work)
    ids = await store.ids_by_email({person.email for person in people})
    taken = await store.all_handles()
    rows = []
    for person in people:
        if person.email in ids:
            continue
        member_id, handle = MemberId(new_id(work.now)), first_free(person.handle or handle_of(person.name), taken)
        ids[person.email] = member_id
        taken.add(handle)
        work.publish(MemberRegistered(member_id=member_id, handle=handle, name=person.name, at=work.now))
        rows.append(
            {"id": member_id, "email": person.email, "handle": handle, "name": person.name,
             "password_hash": password_hash, "credentials_version": 1, "is_admin": is_admin, "created_at": work.now}
        )  # fmt: skip
    await store.add_accounts(rows)
    return [ids[person.email] for person in people]


def _parsed(person: NewMember) -> NewMember:
    return NewMember(
        TypeAdapter(Email).validate_python(person.email),
        TypeAdapter(Name).validate_python(person.name),
        TypeAdapter(Handle).validate_python(person.handle) if person.handle else None,
    )
