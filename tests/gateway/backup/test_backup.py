"""A backup of the embedded hub: made while it is written to, whole or refused, and the hub again when restored."""

import asyncio
import io
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from redis.asyncio import Redis as RedisClient
from sqlalchemy import func, select

from auth_service.accounts.admin import create_admin
from clubkit.blobs.port import Blobs
from clubkit.cache import Redis
from clubkit.contracts.social import ProfileChanged
from clubkit.db.models import OutboxRow
from clubkit.db.work import Works
from clubkit.errors import Outcome
from clubkit.ids import MemberId, new_id
from clubkit.ports import Ports
from clubkit.settings import Settings
from gateway.at_hand import at_hand
from gateway.backup import tables
from gateway.backup.archive import MANIFEST, read_manifest
from gateway.backup.errors import (
    BackupFromNewerHub,
    BackupThere,
    HubNotEmpty,
    NoHub,
    NoSuchBackup,
    NotABackup,
    UnknownKeys,
)
from gateway.backup.making import Made, make_backup, redis_of
from gateway.backup.restoring import restore_backup
from gateway.errors import AlreadyRunning
from gateway.running import only_hub

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


def settings_of(folder: Path) -> Settings:
    return Settings.load(environment="test", data_dir=folder, sqlite_synchronous="normal")


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """A hub with an administrator, a picture, a session and a trained model."""
    settings = settings_of(tmp_path / "data")
    async with at_hand(settings) as ports:
        await create_admin(ports[Works], "olga@club.test", "Olga Berg", PASSWORD)
        picture = ports[Blobs].scratch() / "picture"
        picture.write_bytes(b"\x89 a picture" * 1000)
        await ports[Blobs].put(picture, kind="image", suffix=".webp")
        await ports[Redis].set("auth:session:1", b"\x00signed in\xff", px=3_600_000)
        await ports[Redis].zadd("fs:m:1", {"reel": 2.5, "event": 0.1 + 0.2})
        await ports[Redis].hset("fs:i:1", mapping={"liked_7d": "3", b"\xff": b"\x00"})  # type: ignore[misc]
        await ports[Redis].sadd("fs:seen:1", "a", "b")  # type: ignore[misc]
        await ports[Redis].rpush("fs:s:1", "z", "a", "z")  # type: ignore[misc]
        await ports[Redis].set("presence:1", "online")
        await ports[Redis].lpush("default", "a job id")
    model = settings.data_dir / "models" / "1" / "factors.npy"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"numbers")
    return settings


async def back_up(settings: Settings, path: Path) -> Made:
    return await make_backup(settings, path, now=NOW)


async def everything(settings: Settings) -> dict[str, Any]:
    """All that must come back: rows, lasting keys, files."""
    async with at_hand(settings) as ports, ports[Works].reading() as work:
        rows = {
            table.name: sorted(map(repr, (await work.session.execute(select(table))).all()))
            for table in tables.every_table()
        }
    async with redis_of(settings) as redis:
        keys = {key: await value_of(redis, key) for key in await redis.keys()}
    kept = {path.relative_to(settings.data_dir).as_posix(): path.read_bytes() for path in files_of(settings.data_dir)}
    return {"rows": rows, "keys": keys, "files": kept}


async def value_of(redis: Redis, key: bytes) -> Any:
    match await redis.type(key):
        case b"string":
            return await redis.get(key)
        case b"zset":
            return await redis.zrange(key, 0, -1, withscores=True)
        case b"hash":
            return await redis.hgetall(key)  # type: ignore[misc]
        case b"set":
            return await redis.smembers(key)  # type: ignore[misc]
    return await redis.lrange(key, 0, -1)  # type: ignore[misc]


def files_of(data_dir: Path) -> list[Path]:
    return [path for name in ("files", "models", "secret.key") for path in below(data_dir / name) if path.is_file()]


def below(path: Path) -> list[Path]:
    return sorted(path.rglob("*")) if path.is_dir() else [path]


async def test_a_hub_is_itself_again_on_another_machine(settings: Settings, tmp_path: Path) -> None:
    made = await back_up(settings, tmp_path / "hub.tar")
    before = await everything(settings)
    elsewhere = settings_of(tmp_path / "elsewhere")
    await restore_backup(elsewhere, made.path, replace=False, now=NOW)
    after = await everything(elsewhere)
    assert after["rows"] == before["rows"]
    assert after["files"] == before["files"]
    lasting = {key: value for key, value in before["keys"].items() if key not in (b"presence:1", b"default")}
    assert after["keys"] == lasting
    assert len(lasting) == 5


async def test_a_session_ends_when_it_would_have(settings: Settings, tmp_path: Path) -> None:
    async with redis_of(settings) as redis:
        await redis.set("auth:session:short", "x", px=1)
        await redis.set("auth:session:soon", "x", px=60_000)
    made = await back_up(settings, tmp_path / "hub.tar")
    elsewhere = settings_of(tmp_path / "elsewhere")
    await restore_backup(elsewhere, made.path, replace=False, now=NOW)
    async with redis_of(elsewhere) as redis:
        assert await redis.get("auth:session:short") is None
        assert 0 < await redis.pttl("auth:session:soon") <= 60_000
        assert await redis.pttl("fs:m:1") == -1


async def test_keys_and_tables_are_of_one_moment_while_members_write(settings: Settings, tmp_path: Path) -> None:
    stop = asyncio.Event()
    async with at_hand(settings) as ports:
        writing = asyncio.create_task(write(ports, stop))
        await asyncio.sleep(0.2)
        made = await back_up(settings, tmp_path / "hub.tar")
        stop.set()
        written = await writing
    assert written > 5, "somebody wrote meanwhile"
    elsewhere = settings_of(tmp_path / "elsewhere")
    await restore_backup(elsewhere, made.path, replace=False, now=NOW)
    async with redis_of(elsewhere) as redis:
        in_keys = int(await redis.get("fs:effects") or 0)
    async with at_hand(elsewhere) as ports, ports[Works].reading() as work:
        in_tables = await work.session.scalar(
            select(func.count()).select_from(OutboxRow).where(OutboxRow.key == "writer")
        )
    assert in_tables is not None
    assert in_tables - 1 <= in_keys <= in_tables


async def write(ports: Ports, stop: asyncio.Event) -> int:
    """Facts, each followed by its effect on a key as a consumer would have it. Answers how many."""
    written = 0
    while not stop.is_set():
        async with ports[Works].open() as work:
            work.publish(ProfileChanged(member_id=MemberId("writer"), handle="anna", name="Anna", hue=1))
        await ports[Redis].incr("fs:effects")
        await asyncio.sleep(0.005)
        written += 1
    return written


async def test_what_was_there_is_set_aside(settings: Settings, tmp_path: Path) -> None:
    made = await back_up(settings, tmp_path / "hub.tar")
    with pytest.raises(HubNotEmpty, match="--replace"):
        await restore_backup(settings, made.path, replace=False, now=NOW)
    before = await everything(settings)
    (settings.data_dir / "models" / "1" / "factors.npy").write_bytes(b"worse numbers")
    await restore_backup(settings, made.path, replace=True, now=NOW)
    assert (await everything(settings))["files"] == before["files"]
    aside = settings.data_dir / "before-restore-20261121T183000Z"
    assert (aside / "models" / "1" / "factors.npy").read_bytes() == b"worse numbers"
    again = await back_up(settings, tmp_path / "again.tar")
    assert not any("before-restore" in name for name in read_manifest(again.path).parts)


async def test_a_running_hub_is_not_overwritten(settings: Settings, tmp_path: Path) -> None:
    made = await back_up(settings, tmp_path / "hub.tar")
    with only_hub(settings, settings.base_url), pytest.raises(AlreadyRunning):
        await restore_backup(settings, made.path, replace=True, now=NOW)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[body.index(b"\x89 a picture") + 3] ^= 1
    path.write_bytes(body)


def nonsense(path: Path) -> None:
    path.write_bytes(b"not a tar at all" * 100)


def add_outside(path: Path) -> None:
    rewrite(path, {"../outside": b"x"}, lambda said: said["parts"].update({"../outside": "00"}))


def newer_format(path: Path) -> None:
    rewrite(path, {}, lambda said: said.update(format=99))


def rewrite(path: Path, more: dict[str, bytes], change: Callable[[dict[str, Any]], Any]) -> None:
    with tarfile.open(path) as tar:
        parts = {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]
    said = orjson.loads(parts[MANIFEST])
    change(said)
    with tarfile.open(path, "w") as tar:
        for name, body in {**parts, **more, MANIFEST: orjson.dumps(said)}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            tar.addfile(entry, io.BytesIO(body))


@pytest.mark.parametrize("damage", [cut, flip, nonsense, add_outside, newer_format])
async def test_a_damaged_backup_changes_nothing(
    settings: Settings, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    made = await back_up(settings, tmp_path / "hub.tar")
    damage(made.path)
    before = await everything(settings)
    with pytest.raises(NotABackup, match="Nothing was changed"):
        await restore_backup(settings, made.path, replace=True, now=NOW)
    assert await everything(settings) == before
    assert not list(settings.data_dir.glob(".restoring-*"))
    assert not (tmp_path / "outside").exists()


async def test_a_backup_of_a_newer_hub_is_refused(settings: Settings, tmp_path: Path) -> None:
    made = await back_up(settings, tmp_path / "hub.tar")

    async def from_the_future(database: Any) -> None:
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql("UPDATE chat_service_alembic_version SET version_num = 'fffffffffff'")

    with tarfile.open(made.path) as tar:
        tar.extract("hub.sqlite3", tmp_path, filter="data")
    async with tables.sqlite_file(tmp_path / "hub.sqlite3") as database:
        await from_the_future(database)
    with pytest.raises(BackupFromNewerHub, match="chat_service"):
        await tables.bring_up_to_date(tmp_path / "hub.sqlite3")


@pytest.mark.parametrize(("path", "outcome"), [("nowhere.tar", NoSuchBackup)])
async def test_a_backup_that_is_not_there_is_a_sentence(
    settings: Settings, tmp_path: Path, path: str, outcome: type[Outcome]
) -> None:
    with pytest.raises(outcome):
        await restore_backup(settings, tmp_path / path, replace=True, now=NOW)


async def test_no_file_is_overwritten_and_no_hub_is_no_backup(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "hub.tar").touch()
    with pytest.raises(BackupThere):
        await back_up(settings, tmp_path / "hub.tar")
    with pytest.raises(NoHub):
        await back_up(settings_of(tmp_path / "nothing"), tmp_path / "b.tar")
    (tmp_path / "folder").mkdir()
    assert (await back_up(settings, tmp_path / "folder")).path.name == "clubholohub-20261121T183000Z.tar"


async def test_a_backup_is_nobody_elses_to_read(settings: Settings, tmp_path: Path) -> None:
    made = await back_up(settings, tmp_path / "hub.tar")
    assert made.path.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


async def test_keys_of_a_kind_we_do_not_write_are_not_lost_in_silence(settings: Settings, tmp_path: Path) -> None:
    async with redis_of(settings) as redis:
        await redis.xadd("somebody:else", {"a": "b"})
    with pytest.raises(UnknownKeys, match="stream"):
        await back_up(settings, tmp_path / "hub.tar")
    assert not (tmp_path / "hub.tar").exists()


async def test_bytes_come_back_as_bytes(valkey_url: str, settings: Settings, tmp_path: Path) -> None:
    made = await back_up(settings, tmp_path / "hub.tar")
    redis: Redis = RedisClient.from_url(valkey_url)
    elsewhere = settings_of(tmp_path / "elsewhere").model_copy(update={"redis_url": valkey_url})
    await redis.set("old", new_id())
    await restore_backup(elsewhere, made.path, replace=False, now=NOW)
    assert await redis.get("auth:session:1") == b"\x00signed in\xff"
    assert await redis.get("old") is None
    await redis.flushdb()
    await redis.aclose()
