"""A serving process on PostgreSQL: what it waits for, and what it does without."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from clubkit.settings import Settings
from gateway.apart import run_serve, services
from gateway.migrating import migrate
from tests.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.timeout(120)]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def settings(servers: Any, tmp_path: Path) -> Settings:
    """Kafka, auth and the recommender are away."""
    return Settings.load(
        environment="test", data_dir=tmp_path, port=free_port(), database_url=servers.postgres(),
        redis_url=servers.redis(), log_url=f"kafka://127.0.0.1:{free_port()}/x",
        recommender_url=f"http://127.0.0.1:{free_port()}",
    )  # fmt: skip


@asynccontextmanager
async def served(settings: Settings, *names: str) -> AsyncIterator[httpx.AsyncClient]:
    ended = asyncio.create_task(run_serve(settings, services(names), lambda _: None, lambda _: None))
    async with httpx.AsyncClient(base_url=settings.base_url) as http:
        await until(lambda: answers(http, "/healthz"))
        yield http
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(ended, 30)


async def answers(http: httpx.AsyncClient, path: str) -> bool:
    try:
        return (await http.get(path)).status_code == 200
    except httpx.TransportError:
        return False


async def test_a_log_that_is_away_keeps_nobody_from_being_served(settings: Settings) -> None:
    """Facts wait in the database until the relay can take them: a service never speaks to Kafka itself."""
    await migrate(settings)
    async with served(settings, "social_service", "auth_service") as http:
        await until(lambda: answers(http, "/readyz"))
        assert (await http.get("/api/v1/clubs")).status_code == 401


async def test_a_service_apart_is_not_ready_before_it_has_auths_keys(settings: Settings) -> None:
    await migrate(settings)
    apart = settings.model_copy(update={"auth_url": f"http://127.0.0.1:{free_port()}"})
    async with served(apart, "chat_service") as http:

        async def waits() -> bool:
            return set((await http.get("/readyz")).json()["waiting_for"]) == {"auth_service"}

        await until(waits)
        refused = await http.get("/api/v1/rooms", headers={"Authorization": "Bearer what-ever"})
        assert refused.status_code == 401, "what is no token at all is refused without asking"
