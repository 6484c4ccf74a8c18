"""The rules of wanting mails."""

from chat_service.missed.errors import NoSuchLink
from chat_service.missed.links import OffLinks
from chat_service.missed.schemas import MailChoice
from chat_service.missed.store import MissedStore
from clubkit.db.work import UnitOfWork
from clubkit.ids import MemberId


async def choice(work: UnitOfWork, member_id: MemberId) -> MailChoice:
    return MailChoice(wanted=(await MissedStore(work).choice(member_id))[0])


async def choose(work: UnitOfWork, member_id: MemberId, wish: MailChoice) -> MailChoice:
    await MissedStore(work).choose(member_id, wanted=wish.wanted)
    return wish


async def turn_off(work: UnitOfWork, token: str) -> None:
    """By the link of a mail. Raises NoSuchLink."""
    await MissedStore(work).choose(whose(work, token), wanted=False)


def whose(work: UnitOfWork, token: str) -> MemberId:
    """Raises NoSuchLink."""
    member_id = work.ports[OffLinks].read(token)
    if member_id is None:
        raise NoSuchLink
    return member_id
