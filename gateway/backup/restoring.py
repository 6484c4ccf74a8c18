"""Putting a backup in place. Nothing is touched before every part of it is proven; what was there is set aside."""

import asyncio
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from clubkit.db.database import Database
from clubkit.db.work import Works
from clubkit.ports import Ports
from clubkit.settings import Settings
from clubkit.wiring import embedded_valkey, open_adapters
from gateway.backup import tables
from gateway.backup.archive import Manifest, read_manifest, unpacked
from gateway.backup.documents import expect_same_kind, load_documents
from gateway.backup.errors import HubNotEmpty
from gateway.backup.folders import set_aside
from gateway.backup.keys import load_keys
from gateway.backup.making import DATA, DOCUMENTS, KEYS, TABLES, redis_of
from gateway.embedded import SERVICES
from gateway.migrating import migrate
from gateway.running import only_hub


async def restore_backup(settings: Settings, path: Path, *, replace: bool, now: datetime) -> Manifest:
    """Makes the hub of these settings what the backup holds, brought up to this version's tables.

    Raises NoSuchBackup, NotABackup, BackupFromNewerHub, OtherMessages, HubNotEmpty, AlreadyRunning.
    """
    manifest = read_manifest(path)
    expect_same_kind(settings, manifest.documents)
    with only_hub(settings, settings.base_url):
        if not replace:
            await _expect_empty(settings)
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=settings.data_dir) as name:
            folder = Path(name)
            await asyncio.to_thread(unpacked, path, folder)
            await tables.bring_up_to_date(folder / TABLES)
            await _put_in_place(settings, folder, now)
    return manifest


async def _expect_empty(settings: Settings) -> None:
    if settings.database_url:
        async with Database(settings.sql_url) as database:
            if await tables.holds_rows(database):
                raise HubNotEmpty("The database")
    elif (settings.data_dir / TABLES).exists():
        raise HubNotEmpty(str(settings.data_dir))


async def _put_in_place(settings: Settings, folder: Path, now: datetime) -> None:
    await asyncio.to_thread(_end_valkey, settings)
    if any(path.name != "hub.lock" and not path.name.startswith(".") for path in settings.data_dir.iterdir()):
        await asyncio.to_thread(set_aside, settings.data_dir, f"{now:%Y%m%dT%H%M%SZ}")
    await asyncio.to_thread(_move_data, folder / DATA, settings.data_dir)
    if settings.database_url:
        await _fill_server(settings, folder / TABLES)
    else:
        shutil.move(folder / TABLES, settings.data_dir / TABLES)
    async with redis_of(settings) as redis:
        await load_keys(redis, folder / KEYS)
    if settings.messages_url:
        await load_documents(settings, folder / DOCUMENTS)
    if settings.search_url:
        await _have_indexes_rebuilt(settings)


def _end_valkey(settings: Settings) -> None:
    """One that outlived its hub would go on writing into the folder that is set aside."""
    if (settings.data_dir / "valkey").exists() and (left := embedded_valkey(settings)):
        left.close()


def _move_data(source: Path, data_dir: Path) -> None:
    for path in sorted(source.iterdir()) if source.is_dir() else ():
        shutil.move(path, data_dir / path.name)


async def _fill_server(settings: Settings, source: Path) -> None:
    await migrate(settings)
    async with Database(settings.sql_url) as database:
        await tables.copy_from_file(source, database)


async def _have_indexes_rebuilt(settings: Settings) -> None:
    """As jobs, for the first worker that comes. Local indexes need none: their absence is noticed at the start."""
    ports = Ports()
    async with open_adapters(ports, settings, SERVICES, indexes=False), ports[Works].open() as work:
        for job in (model.job for module in SERVICES for model in module.read_models if model.job):
            work.schedule(job)
