"""The wire shapes of moderation."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chat_service.rooms.schemas import PersonOut
from clubkit.contracts.base import Contract
from clubkit.ids import ClubId, MemberId, MessageId, RoomId

Reason = Literal["spam", "harassment", "hate", "sexual", "violence", "self_harm", "illegal", "other"]
Outcome = Literal["removed", "warned", "dismissed"]
Deed = Literal[
    "deleted", "silenced", "unsilenced", "barred", "unbarred", "slowed", "terms", "resolved", "retention", "archived",
    "reopened", "removed", "role", "hook", "exported", "renamed",
]  # fmt: skip
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]
FOREVER = timedelta(days=36_500)


class ReportIn(Contract):
    message_id: MessageId
    reason: Reason
    note: str = Field("", max_length=500)


class ReportOut(Contract):
    """A report in the moderators' queue, with what the message said when it was reported."""

    id: str
    room: RoomId
    room_title: str
    message_id: MessageId
    seq: int
    author_id: MemberId | None
    author_name: str
    evidence: dict[str, Any]
    reporter_id: MemberId
    reason: Reason
    note: str
    at: datetime
    resolved_at: datetime | None
    resolved_by: MemberId | None
    outcome: Outcome | None
    outcome_reason: str


class Resolve(Contract):
    """removed: the message is deleted with it, if it still stands."""

    outcome: Outcome
    reason: Why


class Reported(Contract):
    id: str


class SlowMode(Contract):
    """One message per member in so many seconds; 0: as fast as she likes."""

    seconds: int = Field(ge=0, le=21_600)
    reason: str = Field("", max_length=500)


class Discipline(Contract):
    """`minutes` None: until it is taken back."""

    minutes: int | None = Field(None, ge=1, le=525_600)
    reason: Why
    whole_club: bool = Field(False, description="all rooms of the room's club, not only this one")


class Lift(Contract):
    reason: Why


class BarredOut(Contract):
    """Somebody who is not let in. `until` is a lifetime away where no end was set."""

    person: PersonOut
    until: datetime


class BlockedTerms(Contract):
    """Matched as whole words, over letters and not over how they are written; `*` at an end goes on there."""

    terms: list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60)]] = Field(
        max_length=500
    )


class DeedOut(Contract):
    """One line of the audit: who did what, when and why."""

    id: str
    room: RoomId
    club_id: ClubId | None
    by: MemberId
    by_name: str
    what: Deed
    member_id: MemberId | None
    message_id: MessageId | None
    why: str
    details: dict[str, Any]
    at: datetime
