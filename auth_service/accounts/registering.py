"""The rules of becoming a member: ask, open the link in the mail, be one."""

from datetime import timedelta

from auth_service.accounts import tickets
from auth_service.accounts.errors import HandleTaken, LinkSpent
from auth_service.accounts.handles import RESERVED, first_free, handle_of
from auth_service.accounts.models import AccountRow, RegistrationRow
from auth_service.accounts.password_rules import check_new_password
from auth_service.accounts.passwords import Passwords
from auth_service.accounts.schemas import Known, Register
from auth_service.accounts.service import known_of
from auth_service.accounts.store import AccountStore
from clubkit.contracts.auth import MemberRegistered
from clubkit.db.work import UnitOfWork, Works
from clubkit.ids import MemberId, new_id

WAITS = timedelta(days=7)
"""How long a registration waits for a link of its (24 h each) to be opened; a sign-in sends another."""


async def register(works: Works, form: Register) -> None:
    """Takes the form in and has a letter sent. Tells nobody whether the address is known, not even by its pace.

    Raises PasswordRefused, HandleTaken (handles are public), Unavailable.
    """
    check_new_password(form.password, name=form.name, email=form.email)
    password_hash = await works.ports[Passwords].hash(form.password)  # before the write: others need not wait for it
    async with works.open() as work:
        store = AccountStore(work)
        if form.handle and await _is_taken(store, form.handle):
            raise HandleTaken(form.handle)
        if account := await store.by_email(form.email):
            work.schedule("auth.send_letter", kind="already", subject_id=account.id)
            return
        row = RegistrationRow(
            id=new_id(work.now), email=form.email, handle=form.handle, name=form.name,
            password_hash=password_hash, created_at=work.now, expires_at=work.now + WAITS,
        )  # fmt: skip
        store.add(row)
        work.schedule("auth.send_letter", kind="verify", subject_id=row.id)


async def verify(work: UnitOfWork, token: str) -> Known:
    """Opens the account the link was sent for. Raises LinkSpent."""
    store = AccountStore(work)
    registration_id = await store.take_ticket(tickets.digest_of(token), "verify")
    registration = await store.registration(registration_id) if registration_id else None
    if registration is None or await store.by_email(registration.email):
        raise LinkSpent
    account = await _open(work, registration)
    await store.drop_tickets(registration.id)
    await store.drop_registrations(registration.email)
    work.publish(
        MemberRegistered(member_id=MemberId(account.id), handle=account.handle, name=account.name, at=work.now)
    )
    return known_of(account)


async def _open(work: UnitOfWork, registration: RegistrationRow) -> AccountRow:
    """The wish for a handle was free when it was made; by now its neighbour may have to do."""
    store = AccountStore(work)
    wish = registration.handle or handle_of(registration.name)
    row = AccountRow(
        id=new_id(work.now), email=registration.email, handle=first_free(wish, await store.handles_like(wish)),
        name=registration.name, password_hash=registration.password_hash, credentials_version=1,
        is_admin=False, created_at=work.now,
    )  # fmt: skip
    values = {column.key: getattr(row, column.key) for column in AccountRow.__table__.columns}
    if not await store.add_accounts([values]):
        raise LinkSpent  # two links of one address at the same moment: the other one won
    return row


async def _is_taken(store: AccountStore, handle: str) -> bool:
    return handle in RESERVED or handle in await store.handles_like(handle)
