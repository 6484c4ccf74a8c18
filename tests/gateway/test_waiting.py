"""A process that starts before its servers do, and one that loses them."""

import asyncio
import os
import signal
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from clubkit.adapters.valkey_child import ValkeyChild
from clubkit.db.database import Database
from clubkit.settings import Settings
from gateway.apart import run_consume, run_serve, services
from gateway.migrating import behind, migrate
from tests.waiting import until


def settings_in(folder: Path, **given: Any) -> Settings:
    return Settings.load(environment="test", data_dir=folder / "data", sqlite_synchronous="normal", **given)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@asynccontextmanager
async def served(settings: Settings, said: list[str]) -> AsyncIterator[httpx.AsyncClient]:
    """Chat in this process, from the first moment it listens until it was told to stop."""
    ended = asyncio.create_task(run_serve(settings, services(["chat_service"]), lambda _: None, said.append))
    async with httpx.AsyncClient(base_url=settings.base_url) as http:
        await until(lambda: answers(http, "/healthz", 200))
        yield http
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(ended, 30)


async def answers(http: httpx.AsyncClient, path: str, status: int) -> bool:
    try:
        return (await http.get(path)).status_code == status
    except httpx.TransportError:
        return False


async def waits_for(http: httpx.AsyncClient, what: str, words: str) -> bool:
    """Whether it says so by now: a database that is slow to answer is called so first."""
    return words in (await http.get("/readyz")).json().get("waiting_for", {}).get(what, "")


async def test_before_its_tables_are_there_it_is_alive_and_says_what_it_waits_for(tmp_path: Path) -> None:
    settings, said = settings_in(tmp_path, port=free_port()), list[str]()
    async with served(settings, said) as http:
        await until(lambda: answers(http, "/readyz", 503))
        await until(lambda: waits_for(http, "the database", "hub migrate"))
        assert any(line.startswith("Waiting for the database: ") for line in said)
        turned_away = await http.get("/api/v1/rooms")
        assert (turned_away.status_code, turned_away.json()["code"]) == (503, "unavailable")
        assert (await http.get("/metrics")).status_code == 200
        await migrate(settings)
        await until(lambda: answers(http, "/readyz", 200))
        assert (await http.get("/api/v1/rooms")).status_code == 401


async def test_a_redis_that_goes_and_comes_back_is_seen_without_a_restart(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="hub-valkey-") as folder:
        valkey = await asyncio.to_thread(ValkeyChild.open, Path(folder))
        settings = settings_in(tmp_path, port=free_port(), redis_url=valkey.url)
        await migrate(settings)
        try:
            async with served(settings, []) as http:
                await until(lambda: answers(http, "/readyz", 200))
                await asyncio.to_thread(valkey.close)
                await until(lambda: answers(http, "/readyz", 503))
                assert set((await http.get("/readyz")).json()["waiting_for"]) == {"redis"}
                assert (await http.get("/healthz")).status_code == 200
                valkey = await asyncio.to_thread(ValkeyChild.open, Path(folder))
                await until(lambda: answers(http, "/readyz", 200))
        finally:
            await asyncio.to_thread(valkey.close)


async def test_a_consumer_tells_of_its_health_on_a_port_of_its_own(tmp_path: Path) -> None:
    settings, said = settings_in(tmp_path, health_port=free_port()), list[str]()
    begun = asyncio.Event()
    consuming = asyncio.create_task(run_consume(settings, services(["chat_service"]), begun.set, said.append))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.health_port}") as http:
        await until(lambda: answers(http, "/readyz", 503))
        assert (await http.get("/healthz")).status_code == 200
        await migrate(settings)
        await asyncio.wait_for(begun.wait(), 30)
        await until(lambda: answers(http, "/readyz", 200))
        assert "hub_log_facts_handled_total" in (await http.get("/metrics")).text
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.wait_for(consuming, 30)


async def test_tables_of_a_newer_hub_do_not_hold_up_the_old_one(tmp_path: Path) -> None:
    """While a hub is upgraded, the new tables come first and old processes may still be restarted."""

    settings = settings_in(tmp_path)
    await migrate(settings)
    database = Database(settings.sql_url)
    async with database.transaction(writes=True) as session:
        await session.execute(text("UPDATE chat_service_alembic_version SET version_num = 'from_the_future'"))
    await database.close()
    assert await behind(settings, services(["chat_service"])) == []
