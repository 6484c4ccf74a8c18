"""Every act of moderation leaves a line: who, what, when, why."""

from typing import Any

from prometheus_client import Counter

from chat_service.moderation.models import DeedRow
from chat_service.moderation.schemas import Deed
from chat_service.moderation.store import ModerationStore
from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, MessageId, RoomId, new_id

deeds_done = Counter("hub_chat_deeds_total", "Acts of moderation by what was done", ["what"])


def note(
    work: UnitOfWork,
    by: Caller,
    what: Deed,
    *,
    room_id: RoomId,
    club_id: ClubId | None,
    why: str = "",
    member_id: MemberId | None = None,
    message_id: MessageId | None = None,
    **details: Any,
) -> None:
    """Written with the act, in its transaction."""
    ModerationStore(work).add_deed(
        DeedRow(
            id=new_id(work.now), room_id=room_id, club_id=club_id, by=by.member_id, by_name=by.name, what=what,
            member_id=member_id, message_id=message_id, why=why, details=details, at=work.now,
        )
    )  # fmt: skip
    deeds_done.labels(what).inc()
