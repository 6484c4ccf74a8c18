"""What the doctor says of a hub in many processes."""

import socket
from typing import Any

import pytest

from clubkit.settings import Settings
from gateway import doctor_servers as doctor

POSTGRES = "postgresql+asyncpg://hub@db/hub"


def settings(**given: Any) -> Settings:
    return Settings.load(environment="test", **given)


@pytest.fixture
def nobody() -> str:
    """host:port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"127.0.0.1:{listener.getsockname()[1]}"


async def test_an_embedded_hub_misses_nothing() -> None:
    plain = settings()
    every = (doctor.event_log, doctor.search, doctor.messages, doctor.auth_keys, doctor.recommender)
    assert {(await look(plain)).level for look in every} == {"good"}
    assert doctor.shared_redis(plain).level == "good"


async def test_postgres_without_a_log_cannot_be() -> None:
    found = await doctor.event_log(settings(database_url=POSTGRES))
    assert (found.level, "HUB_LOG_URL" in found.mend) == ("bad", True)
    assert doctor.shared_redis(settings(database_url=POSTGRES)).level == "warning"


async def test_servers_that_are_away_are_named_with_what_it_means(nobody: str) -> None:
    away = settings(
        log_url=f"kafka://{nobody}", search_url=f"http://{nobody}", messages_url=f"mongodb://u:p@{nobody}/hub",
        auth_url=f"http://{nobody}", recommender_url=f"http://{nobody}",
    )  # fmt: skip
    found = {
        look.__name__: await look(away)
        for look in (doctor.event_log, doctor.search, doctor.messages, doctor.auth_keys, doctor.recommender)
    }
    levels = {name: finding.level for name, finding in found.items()}
    assert levels == {
        "event_log": "bad", "messages": "bad", "auth_keys": "bad", "search": "warning", "recommender": "warning",
    }  # fmt: skip
    assert nobody in found["messages"].what
    assert "u:p" not in found["messages"].what


async def test_a_server_that_listens_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert (await doctor.event_log(settings(log_url=f"kafka://127.0.0.1:{port}/club,x"))).level == "good"
