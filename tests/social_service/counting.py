"""Counting what a piece of work asks of the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import event

from clubkit.db.database import Database
from clubkit.testing.hub import TestHub


@asynccontextmanager
async def queries_of(hub: TestHub) -> AsyncIterator[list[str]]:
    """The statements that run while the block lasts."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    engine = hub.port(Database).engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
