"""The rules of accounts that sessions lean on: who is this, and is this her password."""

from collections.abc import Mapping

from auth_service.accounts.errors import AccountGone, NotVerified, WrongCredentials
from auth_service.accounts.models import AccountRow
from auth_service.accounts.passwords import Passwords
from auth_service.accounts.schemas import Known, Me, MemberOut
from auth_service.accounts.store import AccountStore
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId


async def check_credentials(works: Works, email: str, password: str) -> Known:
    """The account of this address and password. Raises WrongCredentials, NotVerified, Unavailable.

    Hashing takes as long as a hundred writes, so it happens between two short units of work and not inside one.
    """
    async with works.reading() as work:
        account = await AccountStore(work).by_email(email)
        waiting = None if account else await AccountStore(work).newest_registration(email)
    stored = account.password_hash if account else waiting.password_hash if waiting else None
    passwords = works.ports[Passwords]
    if not await passwords.matches(stored, password):
        raise WrongCredentials
    if account is None:
        await _send_again(works, waiting.id if waiting else None)
        raise NotVerified
    if passwords.is_outdated(account.password_hash):
        await _rehash(works, account, password)
    return known_of(account)


async def known(work: UnitOfWork, member_id: MemberId) -> Known | None:
    account = await AccountStore(work).account(member_id)
    return known_of(account) if account else None


async def me(work: UnitOfWork, member_id: MemberId) -> Me:
    """Raises AccountGone."""
    found = await known(work, member_id)
    if found is None:
        raise AccountGone
    return Me(**found.member.model_dump(), created_at=found.created_at)


async def keep_names(work: UnitOfWork, names: Mapping[MemberId, str]) -> None:
    """Takes over names that were changed elsewhere; ids without an account are passed over."""
    for account in await AccountStore(work).accounts(list(names)):
        account.name = names[MemberId(account.id)]


def known_of(account: AccountRow) -> Known:
    member = MemberOut(
        id=MemberId(account.id), handle=account.handle, name=account.name, email=account.email,
        is_admin=account.is_admin,
    )  # fmt: skip
    return Known(member, account.credentials_version, account.created_at)


async def _send_again(works: Works, registration_id: str | None) -> None:
    async with works.open() as work:
        work.schedule("auth.send_letter", kind="verify", subject_id=registration_id)


async def _rehash(works: Works, account: AccountRow, password: str) -> None:
    stronger = await works.ports[Passwords].hash(password)
    async with works.open() as work:
        await AccountStore(work).replace_hash(MemberId(account.id), account.password_hash, stronger)
