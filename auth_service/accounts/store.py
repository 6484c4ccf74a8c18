"""Accounts, registrations and one-use links in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from auth_service.accounts.models import LONGEST_HANDLE, AccountRow, RegistrationRow, TicketRow
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId

_DIGITS = 6
"""Room for the number behind a handle when looking for its neighbours."""


class AccountStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session
        self._now = work.now

    async def account(self, member_id: str) -> AccountRow | None:
        return await self._session.get(AccountRow, member_id)

    async def accounts(self, member_ids: Collection[MemberId]) -> Sequence[AccountRow]:
        """At most a few hundred ids at a time."""
        query = select(AccountRow).where(AccountRow.id.in_(member_ids))
        return (await self._session.scalars(query)).all()

    async def operators(self, limit: int) -> list[MemberId]:
        """Those who run this hub, the longest ones first."""
        query = select(AccountRow.id).where(AccountRow.is_admin).order_by(AccountRow.id).limit(limit)
        return [MemberId(member_id) for member_id in await self._session.scalars(query)]

    async def by_email(self, email: str) -> AccountRow | None:
        return await self._session.scalar(select(AccountRow).where(AccountRow.email == email))

    async def ids_by_email(self, emails: Collection[str]) -> dict[str, MemberId]:
        query = select(AccountRow.email, AccountRow.id).where(AccountRow.email.in_(emails))
        return {email: MemberId(member_id) for email, member_id in await self._session.execute(query)}

    async def add_accounts(self, rows: Sequence[dict[str, Any]]) -> int:
        """How many were new; one whose address or handle is taken is left out."""
        return await insert_or_ignore(self._session, AccountRow, rows)

    async def handles_like(self, handle: str) -> set[str]:
        """The taken handles that begin like this one, its numbered neighbours among them."""
        stem = handle[: LONGEST_HANDLE - _DIGITS]
        query = select(AccountRow.handle).where(AccountRow.handle.startswith(stem, autoescape=True))
        return set(await self._session.scalars(query))

    async def all_handles(self) -> set[str]:
        return set(await self._session.scalars(select(AccountRow.handle)))

    async def set_password(self, member_id: MemberId, password_hash: str) -> int | None:
        """The new credentials version; None when the account is gone."""
        change = (
            update(AccountRow)
            .where(AccountRow.id == member_id)
            .values(password_hash=password_hash, credentials_version=AccountRow.credentials_version + 1)
            .returning(AccountRow.credentials_version)
            .execution_options(synchronize_session=False)
        )
        return await self._session.scalar(change)

    async def replace_hash(self, member_id: MemberId, old: str, new: str) -> None:
        """The same password hashed anew; nothing when it was changed in between."""
        same = (AccountRow.id == member_id, AccountRow.password_hash == old)
        await self._session.execute(update(AccountRow).where(*same).values(password_hash=new))

    async def registration(self, registration_id: str) -> RegistrationRow | None:
        query = select(RegistrationRow).where(
            RegistrationRow.id == registration_id, RegistrationRow.expires_at > self._now
        )
        return await self._session.scalar(query)

    async def newest_registration(self, email: str) -> RegistrationRow | None:
        query = (
            select(RegistrationRow)
            .where(RegistrationRow.email == email, RegistrationRow.expires_at > self._now)
            .order_by(RegistrationRow.id.desc())
            .limit(1)
        )
        return await self._session.scalar(query)

    def add(self, row: RegistrationRow | TicketRow) -> None:
        self._session.add(row)

    async def drop_registrations(self, email: str) -> None:
        await self._session.execute(delete(RegistrationRow).where(RegistrationRow.email == email))

    async def drop_tickets(self, subject_id: str) -> None:
        await self._session.execute(delete(TicketRow).where(TicketRow.subject_id == subject_id))

    async def see_ticket(self, digest: str, purpose: str) -> str | None:
        """Whom the link is about, without using it up."""
        query = select(TicketRow.subject_id).where(
            TicketRow.digest == digest, TicketRow.purpose == purpose, TicketRow.expires_at > self._now
        )
        return await self._session.scalar(query)

    async def take_ticket(self, digest: str, purpose: str) -> str | None:
        """Uses the link up and answers whom it is about; None when it was used, is too old or never was."""
        taken = (
            delete(TicketRow)
            .where(TicketRow.digest == digest, TicketRow.purpose == purpose, TicketRow.expires_at > self._now)
            .returning(TicketRow.subject_id)
        )
        return await self._session.scalar(taken)

    async def drop_expired(self, before: datetime) -> None:
        await self._session.execute(delete(TicketRow).where(TicketRow.expires_at <= before))
        await self._session.execute(delete(RegistrationRow).where(RegistrationRow.expires_at <= before))
