"""A hub's SQLite database as a file: held still, seen as of one moment, copied page by page."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from clubkit.db.database import Database

PATIENCE_SECONDS = 60


@asynccontextmanager
async def held_still(file: Path) -> AsyncIterator[None]:
    """Nobody commits to this database while the block lasts, in this process or another."""
    with closing(_connected(file)) as writer:
        # In a thread: who commits now may need this very event loop to be done.
        await asyncio.to_thread(writer.execute, "BEGIN IMMEDIATE")
        try:
            yield
        finally:
            writer.execute("ROLLBACK")


class Glance:
    """A connection that goes on seeing the database as it was at `look`. It holds up no writer."""

    def __init__(self, file: Path) -> None:
        self._connection = _connected(file)

    def look(self) -> None:
        self._connection.execute("BEGIN")
        self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def copy_to(self, target: Path) -> None:
        with closing(sqlite3.connect(target)) as copy:
            self._connection.backup(copy)
        fold_log(target)

    def close(self) -> None:
        self._connection.close()


@asynccontextmanager
async def sqlite_file(path: Path) -> AsyncIterator[Database]:
    """A file that travels alone: what its write-ahead log holds is in it when the block ends."""
    try:
        async with Database(f"sqlite+aiosqlite:///{path}", synchronous="normal") as database:
            yield database
    finally:
        await asyncio.to_thread(fold_log, path)


def fold_log(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _connected(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
