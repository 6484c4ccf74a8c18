"""Facts published by auth_service."""

from datetime import timedelta

from clubkit.contracts.base import Fact
from clubkit.ids import MemberId, RoomId


class MemberRegistered(Fact, topic="auth.members", key="member_id"):
    """An account was verified and may be used. Carries no address: only auth knows it."""

    member_id: MemberId
    handle: str
    name: str


class MemberSignedOut(Fact, topic="auth.members", key="member_id"):
    """A session ended by sign-out, revocation or reuse of a rotated token."""

    member_id: MemberId
    session_id: str


class MemberDeleted(Fact, topic="auth.members", key="member_id"):
    member_id: MemberId


class OperatorsCalled(Fact, topic="auth.operators", key="room_id", keep=timedelta(days=7)):
    """What was reported in a talk of no club waits for the hub's operators. `notify`: those of them to tell."""

    room_id: RoomId
    reason: str
    notify: tuple[MemberId, ...]
