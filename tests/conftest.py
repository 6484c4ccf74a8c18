"""Fixtures every suite shares: a Valkey for the run and hubs in temporary folders."""

import os
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from clubkit.adapters.valkey_child import ValkeyChild
from clubkit.cache import Redis
from clubkit.module import Module
from clubkit.testing.hub import TestHub, open_hub
from tools.servers.borrowing import Servers
from tools.servers.errors import Missing

OpenHub = Callable[..., Any]


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """One Valkey for the whole run; each hub starts it empty."""
    with tempfile.TemporaryDirectory(prefix="hub-valkey-") as folder:
        child = ValkeyChild.open(Path(folder))
        yield child.url
        child.close()


@pytest.fixture(scope="session")
def hub_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where hubs of this run live, beside the database templates they are copied from."""
    return tmp_path_factory.mktemp("hubs")


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """Where hubs keep their tables when HUB_TEST_DATABASE=postgres; empty: each in a SQLite file."""
    if os.environ.get("HUB_TEST_DATABASE") != "postgres":
        return ""
    return str(request.getfixturevalue("servers").postgres())


@pytest.fixture
async def make_hub(valkey_url: str, postgres_url: str, hub_folder: Path) -> AsyncIterator[OpenHub]:
    """`hub = await make_hub(MODULE, …)`: a hub of these modules, closed at the test's end."""
    async with AsyncExitStack() as stack:

        async def make(*modules: Module, **options: Any) -> TestHub:
            redis = Redis.from_url(valkey_url)
            await redis.flushall()
            await redis.aclose()
            folder = Path(tempfile.mkdtemp(prefix="hub-", dir=hub_folder))
            opening: AbstractAsyncContextManager[TestHub] = open_hub(
                modules, folder, valkey_url, **{"postgres": postgres_url, **options}
            )
            return await stack.enter_async_context(opening)

        yield make


class ServersOrSkip(Servers):
    """Real servers; a test whose server this machine cannot run is skipped here, and fails in CI."""

    def fresh(self, name: str) -> str:
        try:
            return super().fresh(name)
        except Missing as why:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"{name}: {why}")


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """`servers.postgres()` and the like: URLs of empty corners of real servers, started when first asked for."""
    servers = ServersOrSkip()
    yield servers
    servers.close()


@pytest.fixture
def statements() -> Iterator[Any]:
    """`with statements() as seen:` collects the SQL statements executed meanwhile (no PRAGMA, no BEGIN)."""
    current: list[list[str]] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            for seen in current:
                seen.append(statement)

    @contextmanager
    def collect() -> Iterator[list[str]]:
        seen: list[str] = []
        current.append(seen)
        yield seen
        current.remove(seen)

    event.listen(Engine, "before_cursor_execute", note)
    yield collect
    event.remove(Engine, "before_cursor_execute", note)
