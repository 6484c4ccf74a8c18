"""A hub apart whose database and Redis a test may kill."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from tests.flows.topologies import Topology
from tools.apart import ROOT, SERVED, Apart
from tools.servers.base import Server
from tools.servers.places import run_folder
from tools.servers.postgres import Postgres
from tools.servers.redis import RedisServer

NEEDED = (
    *(f"serve {name}" for name in ("auth_service", "social_service", "chat_service")),
    *(f"consume {name}" for name in ("auth_service", "social_service", "chat_service")),
    "relay", "work",
)  # fmt: skip
"""What these tests speak to; the others are not started."""


@dataclass
class Fragile:
    """A running hub, and what of it can be killed by name: a process, `redis` or `postgres`."""

    apart: Apart
    servers: dict[str, Server]

    def kill(self, name: str) -> None:
        if name in self.servers:
            self.servers[name].kill()
        else:
            self.apart.kill(name)

    def revive(self, name: str) -> None:
        if name in self.servers:
            self.servers[name].start()
        else:
            self.apart.start(name)

    def hub(self, *words: str) -> str:
        """What a `hub` command says."""
        run = subprocess.run(
            [sys.executable, "-m", "gateway.main", *words], env=self.apart.environment, cwd=ROOT, capture_output=True,
            text=True, check=True,
        )  # fmt: skip
        return run.stdout

    def wait(self) -> None:
        self.apart.wait(*NEEDED)


@pytest.fixture(scope="module")
def fragile(servers: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fragile]:
    own: dict[str, Server] = {
        "postgres": Postgres(run_folder() / "postgres-faults"),
        "redis": RedisServer(run_folder() / "redis-faults"),
    }
    with ExitStack() as stack:
        for server in own.values():
            server.reset()
            stack.callback(server.stop)
            server.start()
        urls = {name: server.fresh(server.start()) for name, server in own.items()}
        apart = Apart(
            tmp_path_factory.mktemp("fragile"),
            {"HUB_DATABASE_URL": urls["postgres"], "HUB_REDIS_URL": urls["redis"], "HUB_LOG_URL": servers.kafka()},
        )
        stack.callback(apart.stop)
        apart.migrate()
        apart.start(*NEEDED)
        apart.wait(*NEEDED)
        yield Fragile(apart, own)


@pytest.fixture
async def hub(fragile: Fragile) -> AsyncIterator[Topology]:
    """What members see of it."""
    topology = Topology({name: fragile.apart.url(name) for name in SERVED})
    yield topology
    await topology.close()
