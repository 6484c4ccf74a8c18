"""Making a backup while the hub runs: everything in it is as of one moment, or newer where that does no harm."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from redis.asyncio import Redis as RedisClient

from clubkit.cache import Redis
from clubkit.db.database import Database
from clubkit.log.port import EventLog
from clubkit.ports import Ports
from clubkit.settings import Settings
from clubkit.wiring import embedded_valkey, open_adapters
from gateway.backup import tables
from gateway.backup.archive import Manifest, written
from gateway.backup.documents import save_documents
from gateway.backup.errors import BackupThere, NoHub, TablesBehind
from gateway.backup.folders import to_save
from gateway.backup.keys import save_keys
from gateway.backup.sqlite import Glance, held_still
from gateway.embedded import SERVICES
from gateway.migrating import behind

TABLES, KEYS, DOCUMENTS, DATA = "hub.sqlite3", "keys.jsonl.gz", "messages.bson.gz", "data"
SETTLING_SECONDS = 20.0
"""How long a hub in parts is waited for to have no facts on their way."""


@dataclass(frozen=True)
class Made:
    path: Path
    size: int
    manifest: Manifest


async def make_backup(settings: Settings, place: Path, *, now: datetime) -> Made:
    """Writes a backup to `place`, or into it under a name of this moment if it is a folder.

    Raises BackupThere, NoHub, TablesBehind.
    """
    path = await asyncio.to_thread(_target, settings, place, now)
    if late := await behind(settings):
        raise TablesBehind(late)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as name:
        scratch = Path(name)
        manifest = await _gather(settings, scratch, now)
        with written(path, manifest) as archive:
            for part in (TABLES, KEYS, DOCUMENTS):
                await asyncio.to_thread(archive.add, part, scratch / part)
            for file in to_save(settings.data_dir):
                inside = file.relative_to(settings.data_dir)
                await asyncio.to_thread(archive.add, f"{DATA}/{inside.as_posix()}", file)
    return Made(path, path.stat().st_size, manifest)


def _target(settings: Settings, place: Path, now: datetime) -> Path:
    path = place / f"clubholohub-{now:%Y%m%dT%H%M%SZ}.tar" if place.is_dir() else place
    if path.exists():
        raise BackupThere(path)
    if not settings.database_url and not (settings.data_dir / TABLES).exists():
        raise NoHub(settings.data_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


async def _gather(settings: Settings, scratch: Path, now: datetime) -> Manifest:
    async with Database(settings.sql_url, synchronous=settings.sqlite_synchronous) as database:
        manifest = Manifest(
            made_at=now.isoformat(), version=version("clubholohub"),
            topology="apart" if settings.database_url else "embedded", heads=await tables.heads(database),
        )  # fmt: skip
        async with redis_of(settings) as redis:
            if database.is_sqlite:
                await _gather_embedded(Path(str(database.engine.url.database)), redis, scratch, manifest)
            else:
                manifest.on_their_way = await _settled(settings)
                await tables.copy_to_file(database, scratch / TABLES)
                manifest.keys = await save_keys(redis, scratch / KEYS, queues=queues())
        manifest.documents = await save_documents(settings, scratch / DOCUMENTS)
    manifest.rows = await tables.counts(scratch / TABLES)
    return manifest


async def _gather_embedded(file: Path, redis: Redis, scratch: Path, manifest: Manifest) -> None:
    """Nobody commits while the keys are copied, so they hold the effects of exactly the facts that the tables hold.

    Then the tables are copied as they were, beside whoever writes again. What a consumer did to the keys and had not
    marked yet is delivered to it again after a restore, as after any crash.
    """
    with closing(Glance(file)) as glance:
        async with held_still(file):
            glance.look()
            manifest.keys = await save_keys(redis, scratch / KEYS, queues=queues())
        await asyncio.to_thread(glance.copy_to, scratch / TABLES)


async def _settled(settings: Settings) -> dict[str, int]:
    """Waits a while for a moment when no group has facts to take; answers the groups that still had some."""
    ports = Ports()
    loop = asyncio.get_running_loop()
    give_up = loop.time() + SETTLING_SECONDS
    async with open_adapters(ports, settings, SERVICES, indexes=False):
        consumers = [consumer for module in SERVICES for consumer in module.consumers]
        while True:
            lag = {one.group: await ports[EventLog].lag(one.group, one.topics) for one in consumers}
            waiting = {group: count for group, count in lag.items() if count}
            if not waiting or loop.time() > give_up:
                return waiting
            await asyncio.sleep(0.5)


@asynccontextmanager
async def redis_of(settings: Settings) -> AsyncIterator[Redis]:
    """The hub's Redis; the embedded one is started for as long as it is needed."""
    valkey = await asyncio.to_thread(embedded_valkey, settings)
    redis: Redis = RedisClient.from_url(valkey.url if valkey else settings.redis_url)
    try:
        yield redis
    finally:
        await redis.aclose()
        if valkey:
            await asyncio.to_thread(valkey.close)


def queues() -> list[str]:
    return sorted({"default", *(job.queue for module in SERVICES for job in module.jobs)})
