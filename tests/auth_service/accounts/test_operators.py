"""What is reported in a talk of no club is for those who run the hub, and auth alone knows who they are."""

from sqlalchemy import select

from auth_service.accounts.admin import create_admin
from clubkit.contracts.auth import OperatorsCalled
from clubkit.contracts.base import Fact
from clubkit.contracts.chat import TalkReported
from clubkit.db.models import OutboxRow
from clubkit.ids import MemberId, MessageId, RoomId, new_id
from tests.auth_service.conftest import PASSWORD, Browser, Door


async def called(door: Door, *parties: MemberId) -> list[set[MemberId]]:
    """Who is told of each report so far, once one more between these was made."""
    await door.hub.publish(
        TalkReported(room_id=RoomId("talk-1"), message_id=MessageId(new_id()), reason="spam", parties=parties)
    )
    await door.hub.settle()
    async with door.hub.works.reading() as work:
        rows = await work.session.execute(
            select(OutboxRow.type, OutboxRow.payload).where(OutboxRow.type == OperatorsCalled.type_name())
        )
        facts = [Fact.read(row.type, row.payload) for row in rows]
    return [set(fact.notify) for fact in facts if isinstance(fact, OperatorsCalled)]


async def operator(door: Door, name: str) -> MemberId:
    return await create_admin(door.hub.works, f"{name}@example.org", f"{name} Holm", PASSWORD)


async def test_every_operator_is_called_and_no_other_member(door: Door, anna: Browser) -> None:
    assert (await anna.get("auth/me")).status_code == 200
    olga, omar = await operator(door, "Olga"), await operator(door, "Omar")
    assert await called(door, MemberId(new_id())) == [{olga, omar}]


async def test_an_operator_is_not_called_to_what_she_said_or_reported_herself(door: Door) -> None:
    olga, omar = await operator(door, "Olga"), await operator(door, "Omar")
    assert await called(door, olga) == [{omar}]
    assert await called(door, olga, omar) == [{omar}], "there is nobody to call"
