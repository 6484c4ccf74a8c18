"""What accounts have done later: letters (mail is slow and may fail), and clearing up."""

from datetime import timedelta
from typing import Any, Literal

from auth_service.accounts import letters, tickets
from auth_service.accounts.store import AccountStore
from clubkit.contracts.chat import MessagesMissed
from clubkit.db.work import UnitOfWork
from clubkit.jobs.port import Every, Job, JobRun
from clubkit.mail.port import Letter, Mail
from clubkit.settings import Settings

Kind = Literal["verify", "already", "reset", "changed", "nothing"]


async def send_letter(run: JobRun, *, kind: Kind, subject_id: str | None) -> None:
    """Writes the letter and hands it over. The token of its link is made here, so that no job row ever holds one.

    Tried again after a failure it makes a new link; the one before was then never seen by anybody.
    """
    async with run.works.open() as work:
        letter = await _write(work, kind, subject_id or "")
    if letter:
        await run.ports[Mail].send(letter)


async def _write(work: UnitOfWork, kind: Kind, subject_id: str) -> Letter | None:
    """None when there is nobody to write to: the job was only there so that both cases take as long."""
    store, base_url = AccountStore(work), work.ports[Settings].base_url
    if kind == "verify":
        registration = await store.registration(subject_id)
        if registration is None:
            return None
        return letters.verify(registration.email, base_url, tickets.issue(work, "verify", registration.id))
    account = await store.account(subject_id)
    if account is None:
        return None
    match kind:
        case "already":
            return letters.already_a_member(account.email, base_url)
        case "reset":
            return letters.reset(account.email, base_url, tickets.issue(work, "reset", account.id))
        case "changed":
            return letters.password_changed(account.email, base_url)
    return None


async def send_missed(run: JobRun, *, missed: dict[str, Any]) -> None:
    """Tells a member by mail what she missed in chat. Nothing when the account is gone meanwhile."""
    what = MessagesMissed.model_validate(missed)
    async with run.works.reading() as work:
        account = await AccountStore(work).account(what.member_id)
        letter = letters.missed(account.email, work.ports[Settings].base_url, what) if account else None
    if letter:
        await run.ports[Mail].send(letter)


async def clear_up(run: JobRun) -> None:
    """Drops links and registrations whose time is over."""
    async with run.works.open() as work:
        await AccountStore(work).drop_expired(work.now)


# Eight tries are spread over seven hours: a mail server may be away for an evening.
SEND_LETTER = Job("auth.send_letter", send_letter, time_limit=timedelta(minutes=2), attempts=8)
CLEAR_UP = Job("auth.clear_up", clear_up)
SEND_MISSED = Job("auth.send_missed", send_missed, time_limit=timedelta(minutes=2), attempts=4)
JOBS = (SEND_LETTER, SEND_MISSED, CLEAR_UP)
RECURRING = (Every(CLEAR_UP.name, timedelta(hours=1)),)
