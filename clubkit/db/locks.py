"""Locks on what has no row yet."""

from hashlib import blake2b

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def hold(session: AsyncSession, name: str, *, shared: bool = False) -> None:
    """Until this transaction ends, nobody else holds `name`: who waited sees what the first one made.

    shared: others who share it may hold it too, but nobody alone.

    For a look that is followed by making what was not found. A row that is there is locked by itself
    (`with_for_update`). Nothing to do on SQLite, whose writers queue before they look.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    key = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
    lock = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
    await session.execute(select(lock(key)))
