"""The rules of a new password: asked for by mail, or changed by somebody who knows the old one."""

from auth_service.accounts import tickets
from auth_service.accounts.errors import AccountGone, LinkSpent, WrongPassword
from auth_service.accounts.models import AccountRow
from auth_service.accounts.password_rules import check_new_password
from auth_service.accounts.passwords import Passwords
from auth_service.accounts.store import AccountStore
from auth_service.sessions import ending
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId


async def forgot(work: UnitOfWork, email: str) -> None:
    """Has a letter sent if there is anybody to send it to; one job either way, so that both take as long."""
    store = AccountStore(work)
    account = await store.by_email(email)
    waiting = await store.newest_registration(email)
    if account:
        work.schedule("auth.send_letter", kind="reset", subject_id=account.id)
    elif waiting:
        work.schedule("auth.send_letter", kind="verify", subject_id=waiting.id)
    else:
        work.schedule("auth.send_letter", kind="nothing", subject_id=None)


async def reset(works: Works, token: str, password: str) -> None:
    """Sets the password and signs every device out. Raises LinkSpent, PasswordRefused, Unavailable."""
    digest = tickets.digest_of(token)
    async with works.reading() as work:
        account = await _account_of(work, await AccountStore(work).see_ticket(digest, "reset"))
    check_new_password(password, name=account.name, email=account.email)
    password_hash = await works.ports[Passwords].hash(password)
    async with works.open() as work:
        store = AccountStore(work)
        if await store.take_ticket(digest, "reset") is None:
            raise LinkSpent  # used in another tab while we were hashing
        await store.drop_tickets(account.id)
        await _set(work, MemberId(account.id), password_hash)
    await ending.end_all(works, MemberId(account.id))


async def change(works: Works, member_id: MemberId, session_id: str, current: str, new: str) -> None:
    """Sets the password and signs every other device out. Raises WrongPassword, PasswordRefused, Unavailable."""
    async with works.reading() as work:
        account = await AccountStore(work).account(member_id)
    if account is None:
        raise AccountGone
    passwords = works.ports[Passwords]
    if not await passwords.matches(account.password_hash, current):
        raise WrongPassword
    check_new_password(new, name=account.name, email=account.email, pointer="/new")
    password_hash = await passwords.hash(new)
    async with works.open() as work:
        await AccountStore(work).drop_tickets(member_id)
        version = await _set(work, member_id, password_hash)
    await ending.restamp(works, session_id, version)
    await ending.end_all(works, member_id, but=session_id)


async def _account_of(work: UnitOfWork, member_id: str | None) -> AccountRow:
    account = await AccountStore(work).account(member_id) if member_id else None
    if account is None:
        raise LinkSpent
    return account


async def _set(work: UnitOfWork, member_id: MemberId, password_hash: str) -> int:
    version = await AccountStore(work).set_password(member_id, password_hash)
    if version is None:
        raise AccountGone
    work.schedule("auth.send_letter", kind="changed", subject_id=member_id)
    return version
