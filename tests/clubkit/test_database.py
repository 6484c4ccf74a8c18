"""What a service's database says when it cannot: a named outcome, soon."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from sqlalchemy import text

from clubkit.db import database as database_module
from clubkit.db.database import Database
from clubkit.db.errors import DatabaseBusy


async def test_who_finds_every_connection_taken_is_told_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "CHECKOUT_SECONDS", 0.05)
    async with Database(f"sqlite+aiosqlite:///{tmp_path}/busy.sqlite3") as database, AsyncExitStack() as readers:
        for _ in range(16):
            reader = await readers.enter_async_context(database.transaction(writes=False))
            await reader.execute(text("SELECT 1"))
        with pytest.raises(DatabaseBusy) as refused:
            async with database.transaction(writes=False) as one_more:
                await one_more.execute(text("SELECT 1"))
    assert refused.value.retry_after == 2
