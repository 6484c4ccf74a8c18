"""What is asked of every message or comeback is looked up by an index on SQLite, however much a room holds."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from chat_service.messages.store_sql_appending import written_before_all
from chat_service.messages.store_sql_reading import PLACES_AT_ONCE, SqlReading
from chat_service.tables import Base
from clubkit.ids import MemberId, RoomId
from tests.sqlite_plans import plan_of, tables_of

ROOM = RoomId("riverside")


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[AsyncSession]:
    async with tables_of(Base.metadata, tmp_path) as session:
        yield session


async def test_places_and_earlier_sends_are_looked_up_by_the_whole_of_their_keys(session: AsyncSession) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", lambda _c, _cursor, words, values, *_: asked.append((words, values)))
    await SqlReading(session).nths([(ROOM, seq) for seq in range(3)])
    await written_before_all(session, [(ROOM, MemberId(f"{n}"), f"{n}") for n in range(3)])
    looked_up = [each for each in asked if each[0].startswith("SELECT")]
    steps = [step for statement, values in looked_up for step in await plan_of(session, statement, values)]
    assert any("(room_id=? AND seq=?)" in step for step in steps), steps
    assert any("(room_id=? AND author_id=? AND client_id=?)" in step for step in steps), steps
    on_the_table = [step for step in steps if "chat_entries" in step]
    assert not any(step.startswith("SCAN") or step.endswith("(room_id=?)") for step in on_the_table), steps


async def test_places_of_very_many_rooms_are_answered(session: AsyncSession) -> None:
    many = 2 * PLACES_AT_ONCE + 3
    words = "INSERT INTO chat_entries (room_id, seq, nth, epoch, id, kind, author_id, author_name, source, client_id, at, body, data) VALUES (:room, 1, :nth, 1, :room, 'message', 'a', 'A', 'member', :room, '2026-03-01', '', '{}')"  # noqa: E501
    await session.execute(text(words), [{"room": f"room {n}", "nth": n} for n in range(many)])
    places = [(RoomId(f"room {n}"), 1) for n in range(many)]
    assert await SqlReading(session).nths(places) == {place: n for n, place in enumerate(places)}
