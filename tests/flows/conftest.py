"""The topologies, each started once for a run when the first journey on it begins."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest

from tests.flows.topologies import Topology, many_processes, one_process


@pytest.fixture(scope="session", params=["embedded", pytest.param("apart", marks=pytest.mark.servers)])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Where each service answers."""
    folder = tmp_path_factory.mktemp(request.param)
    with ExitStack() as stack:
        if request.param == "embedded":
            yield stack.enter_context(one_process(folder))
        else:
            servers: Any = request.getfixturevalue("servers")
            urls = {
                "HUB_DATABASE_URL": servers.postgres(), "HUB_REDIS_URL": servers.redis(),
                "HUB_LOG_URL": servers.kafka(), "HUB_SEARCH_URL": servers.elasticsearch(),
                "HUB_MESSAGES_URL": servers.mongo(),
            }  # fmt: skip
            apart = stack.enter_context(many_processes(folder, urls))
            yield {name.removeprefix("serve "): part.url for name, part in apart.parts.items()}


@pytest.fixture
async def topology(running: Mapping[str, str]) -> AsyncIterator[Topology]:
    topology = Topology(running)
    yield topology
    await topology.close()
