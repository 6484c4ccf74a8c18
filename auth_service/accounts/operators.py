"""Who runs the hub is told of what has no other moderator."""

from auth_service.accounts.store import AccountStore
from clubkit.contracts.auth import OperatorsCalled
from clubkit.contracts.chat import TalkReported
from clubkit.db.work import UnitOfWork

MOST = 50


async def call(work: UnitOfWork, report: TalkReported) -> None:
    """Not who reported it, and not who said it."""
    everybody = await AccountStore(work).operators(MOST)
    notify = tuple(each for each in everybody if each not in report.parties)
    if notify:
        work.publish(OperatorsCalled(room_id=report.room_id, reason=report.reason, notify=notify, at=report.at))
