"""`hub doctor`: what each setting is and where it comes from, what is wrong with this hub, and how to mend it."""

import asyncio
import contextlib
import importlib.util
import os
import shutil
import sqlite3
import stat
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr
from redis.asyncio import Redis
from sqlalchemy import make_url, text

from clubkit.db.database import Database
from clubkit.settings import Section, Settings, settings_file, table_name
from clubkit.wiring import embedded_valkey
from gateway import doctor_servers
from gateway.findings import Finding
from gateway.migrating import behind

LEAST_FREE_BYTES = 1_000_000_000
PATIENCE_SECONDS = 5.0


@dataclass(frozen=True)
class Explained:
    """A setting: its name in the environment, its value, where that came from, what it is for."""

    name: str
    value: str
    source: Literal["default", "environment", "file", "command line"]
    meaning: str


def explain(settings: Settings) -> Iterator[Explained]:
    """Every setting of the hub and of its services."""
    given = settings_file()
    sections = [settings, *(settings.section(kind) for kind in Section.__subclasses__() if kind is not Settings)]
    for section in sections:
        prefix = str(section.model_config.get("env_prefix", "HUB_"))
        table = given.get(table_name(type(section)), {})
        for name, field in type(section).model_fields.items():
            variable = f"{prefix}{name}".upper()
            value = getattr(section, name)
            yield Explained(variable, _shown(value), _source(section, name, variable, table), field.description or "")


def _source(section: Section, name: str, variable: str, table: dict[str, Any]) -> Any:
    if name not in section.model_fields_set:
        return "default"
    if variable in os.environ:
        return "environment"
    return "file" if name in table else "command line"


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "(kept secret)"
    words = str(value) if value is not None else ""
    scheme, separator, rest = words.partition("://")
    if separator and "@" in rest:  # a password in a URL is nobody's business
        return f"{scheme}://…@{rest.rpartition('@')[2]}"
    return words


async def examine(settings: Settings) -> list[Finding]:
    """Looks at everything the hub stands on. Starts the embedded Valkey for a moment when it is not running."""
    checks: list[Callable[[Settings], Awaitable[Finding] | Finding]] = [
        settings_known, data_directory, room_on_disk, secret_key, database, tables, redis,
        doctor_servers.shared_redis, doctor_servers.event_log, doctor_servers.search, doctor_servers.messages,
        doctor_servers.auth_keys, doctor_servers.recommender, web_app, sequence_model, production,
    ]  # fmt: skip
    return [await _look(check, settings) for check in checks]


async def _look(check: Callable[[Settings], Awaitable[Finding] | Finding], settings: Settings) -> Finding:
    name = check.__name__.replace("_", " ")
    try:
        found = check(settings)
        if isinstance(found, Finding):
            return found
        async with asyncio.timeout(PATIENCE_SECONDS * 2):
            return await found
    except TimeoutError:
        return Finding("bad", f"The {name} did not answer in time.", "See whether the server runs and is reachable.")
    except Exception as failure:  # noqa: BLE001  whatever it is, saying it is the point
        return Finding("bad", f"The {name}: {failure or type(failure).__name__}", "Mend that and run it again.")


def settings_known(_settings: Settings) -> Finding:
    known = {table_name(kind) for kind in Section.__subclasses__()}
    if strange := sorted(set(settings_file()) - known):
        return Finding(
            "warning", f"Nobody reads [{strange[0]}] of the settings file.", f"Known: {', '.join(sorted(known))}."
        )
    return Finding("good", "Every setting is known.")


def data_directory(settings: Settings) -> Finding:
    place = settings.data_dir.resolve()
    nearest = next(folder for folder in (place, *place.parents) if folder.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        return Finding("bad", f"{place} cannot be written.", f"Give this user {nearest}, or set HUB_DATA_DIR.")
    return Finding("good", f"Everything is kept in {place}.")


def room_on_disk(settings: Settings) -> Finding:
    place = settings.data_dir.resolve()
    free = shutil.disk_usage(next(folder for folder in (place, *place.parents) if folder.exists())).free
    if free < LEAST_FREE_BYTES:
        return Finding("warning", f"Only {free / 1e9:.1f} GB are free.", "Make room, or move HUB_DATA_DIR.")
    return Finding("good", f"{free / 1e9:.0f} GB are free.")


def secret_key(settings: Settings) -> Finding:
    path = settings.data_dir / "secret.key"
    if settings.secret_key is not None:
        return Finding("good", "The secret key is given.")
    if not path.exists():
        return Finding("good", "A secret key will be made at the first start.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return Finding("bad", f"Others may read {path}.", f"chmod 600 {path}")
    return Finding("good", "The secret key was made by the hub and only this user reads it.")


def _open_for_sure(settings: Settings) -> None:
    """Raises what SQLite has against the file, before a connection pool with its threads is built on it."""
    url = make_url(settings.sql_url)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").resolve().as_uri()
        with contextlib.closing(sqlite3.connect(f"{file}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT 1")


async def database(settings: Settings) -> Finding:
    if not settings.database_url and not (settings.data_dir / "hub.sqlite3").exists():
        return Finding("good", "The database will be made at the first start.")
    _open_for_sure(settings)
    async with (
        Database(settings.sql_url, synchronous=settings.sqlite_synchronous) as opened,
        opened.transaction(writes=False) as session,
    ):
        await session.execute(text("SELECT 1"))
    return Finding("good", f"The database answers ({_shown(settings.sql_url)}).")


async def tables(settings: Settings) -> Finding:
    if not settings.database_url and not (settings.data_dir / "hub.sqlite3").exists():
        return Finding("good", "The tables will be made at the first start.")
    _open_for_sure(settings)
    late = await behind(settings)
    if late:
        return Finding("warning", f"The tables of {', '.join(late)} are not up to date.", "hub migrate")
    return Finding("good", "The tables are up to date.")


async def redis(settings: Settings) -> Finding:
    if not settings.redis_url and not (settings.data_dir / "valkey").exists():
        return Finding("good", "The embedded Valkey will start with the hub.")
    valkey = await asyncio.to_thread(embedded_valkey, settings)
    client: Redis = Redis.from_url(valkey.url if valkey else settings.redis_url)
    try:
        server = await client.info("server")
    finally:
        await client.aclose()
        if valkey:
            await asyncio.to_thread(valkey.close)
    version = server.get("valkey_version") or server["redis_version"]
    return Finding("good", f"{'The embedded Valkey' if valkey else 'Redis'} answers (version {version}).")


def web_app(settings: Settings) -> Finding:
    if not (settings.web_dist / "index.html").is_file():
        return Finding("bad", f"The web app is not built: {settings.web_dist} is empty.", "make web")
    return Finding("good", "The web app is built.")


def sequence_model(_settings: Settings) -> Finding:
    if importlib.util.find_spec("torch") is None:
        return Finding(
            "warning", "PyTorch is not installed: recommendations do without the sequence model.", "make setup"
        )
    return Finding("good", "PyTorch is there for training the sequence model.")


def production(settings: Settings) -> Finding:
    if not settings.is_production:
        return Finding("good", f"This is a {settings.environment} hub; its mail can be read in the app.")
    if not settings.base_url.startswith("https://"):
        return Finding("bad", "A production hub needs https.", "Set HUB_PUBLIC_URL to the address members use.")
    if not settings.mail_url:
        return Finding(
            "bad", "A production hub needs a mail server.", "Set HUB_MAIL_URL=smtp://user:password@host:port."
        )
    return Finding("good", f"Members reach the hub at {settings.base_url}.")
