"""What was written before there was anything but messages keeps its place, its receipt and what it answered."""

from pathlib import Path

from alembic import command
from sqlalchemy import text

from chat_service.messages.folding import fold
from chat_service.messages.models import Entry
from chat_service.messages.store import Span
from chat_service.messages.store_sql import SqlMessageStore
from chat_service.rooms.head_schemas import RoomHead
from clubkit.clock import utc_now
from clubkit.db.database import Database
from clubkit.db.migrating import config, upgrade
from clubkit.db.work import Works
from clubkit.ids import RoomId
from clubkit.ports import Ports
from gateway.migrating import branch_of

BEFORE = "f3b61d20a9e4"
ROOM = RoomId("room")
OLD = """
INSERT INTO chat_messages (room_id, seq, id, author_id, author_name, client_id, body, reply_to, at) VALUES
('room', 1, 'm1', 'anna', 'Anna Berg', 'c1', 'Who drives?', NULL, '2026-01-01 10:00:00.000000'),
('room', 2, 'm2', 'ben', 'Ben Okafor', 'c1', 'I do', 'm1', '2026-01-01 10:00:01.000000'),
('room', 3, 'm3', 'anna', 'Anna Berg', 'c2', 'To whom?', 'nowhere', '2026-01-01 10:00:02.000000')
"""


async def test_messages_from_before_are_entries_now(tmp_path: Path) -> None:
    branch = branch_of("chat_service")
    async with Database(f"sqlite+aiosqlite:///{tmp_path / 'hub.sqlite3'}") as database:
        async with database.engine.connect() as connection:
            await connection.run_sync(lambda sync: command.upgrade(config(branch, sync), BEFORE))
            await connection.execute(text("INSERT INTO chat_heads (room_id, seq) VALUES ('room', 3)"))
            await connection.execute(text(OLD))
            await connection.commit()
        await upgrade(database, [branch])
        async with Works(database, Ports(), clock=utc_now).reading() as work:
            store = SqlMessageStore(work)
            heads = await store.heads([ROOM])
            entries = await store.entries({ROOM: Span(0, 9)})
            repeated = await store.written_before(ROOM, "ben", "c1")
    assert heads == {ROOM: RoomHead(seq=3, nth=3)}
    assert [(entry.seq, entry.nth, entry.id, entry.body) for entry in entries] == [
        (1, 1, "m1", "Who drives?"), (2, 2, "m2", "I do"), (3, 3, "m3", "To whom?"),
    ]  # fmt: skip
    assert repeated == entries[1]
    assert [_quoted(entry) for entry in entries] == [None, "Who drives?", None]
    assert fold(entries[0]).at.isoformat() == "2026-01-01T10:00:00+00:00"


def _quoted(entry: Entry) -> str | None:
    quote = fold(entry).reply_to
    return quote.preview if quote else None
