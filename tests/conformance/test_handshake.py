"""Engine.IO v4: how a session begins, and which requests begin none."""

import json

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.conformance.conftest import PACKET_BYTES, Serve
from tests.conformance.raw import Raw, hear, until

POLLING = {"EIO": "4", "transport": "polling"}


def test_the_open_packet_says_all_that_a_client_needs(opened: dict[str, object]) -> None:
    assert set(opened) == {"sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"}
    assert isinstance(opened["sid"], str)
    assert opened["upgrades"] == ["websocket"]
    assert opened["maxPayload"] == PACKET_BYTES


def test_intervals_are_milliseconds_even_below_a_second(opened: dict[str, object]) -> None:
    assert (opened["pingInterval"], opened["pingTimeout"]) == (300, 200)


@pytest.fixture
async def opened(raw: Raw) -> dict[str, object]:
    return (await raw.poll()).handshake


async def test_a_session_may_begin_on_a_websocket_and_has_nothing_to_move_to(raw: Raw) -> None:
    async with raw.socket(EIO="4", transport="websocket") as websocket:
        opened = json.loads((await hear(websocket))[1:])
    assert opened["upgrades"] == []


async def test_every_session_has_an_id_of_its_own(raw: Raw) -> None:
    ids = {(await raw.poll()).sid for _ in range(20)}
    assert len(ids) == 20
    assert min(map(len, ids)) >= 20


@pytest.mark.parametrize(
    "query",
    [
        {"EIO": "4"},
        {"EIO": "4", "transport": ""},
        {"EIO": "4", "transport": "carrier-pigeon"},
        {"EIO": "4", "transport": "websocket"},
        {"transport": "polling"},
        {"EIO": "3", "transport": "polling"},
        {"EIO": "abc", "transport": "polling"},
    ],
    ids=lambda query: str(httpx.QueryParams(query)),
)
async def test_a_request_without_its_mandatory_parameters_is_answered_400(raw: Raw, query: dict[str, str]) -> None:
    assert (await raw.http.get("/socket.io/", params=query)).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"EIO": "4"},
        {"EIO": "4", "transport": "carrier-pigeon"},
        {"EIO": "4", "transport": "polling"},
        {"transport": "websocket"},
        {"EIO": "3", "transport": "websocket"},
        {"EIO": "4", "transport": "websocket", "sid": "unknown"},
    ],
    ids=lambda query: str(httpx.QueryParams(query)),
)
async def test_a_websocket_without_its_mandatory_parameters_is_closed(raw: Raw, query: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await raw.socket(**query).__aenter__()
    assert refused.value.response.status_code == 400


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_unknown_session_is_answered_400(raw: Raw, method: str) -> None:
    answer = await raw.http.request(method, "/socket.io/", params={**POLLING, "sid": "unknown"}, content="40")
    assert answer.status_code == 400


async def test_a_version_is_mandatory_within_a_session_too(raw: Raw) -> None:
    session = await raw.poll()
    answer = await raw.http.get("/socket.io/", params={"transport": "polling", "sid": session.sid})
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_only_a_get_begins_a_session(raw: Raw, method: str) -> None:
    assert (await raw.http.request(method, "/socket.io/", params=POLLING)).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_a_session_knows_get_and_post_alone(raw: Raw, method: str) -> None:
    session = await raw.poll()
    assert (await raw.http.request(method, "/socket.io/", params=session.query)).status_code == 400
    assert (await session.post("40")).status_code == 200


async def test_packets_are_plain_text_in_utf_8_and_never_kept_by_caches(raw: Raw) -> None:
    answer = await raw.http.get("/socket.io/", params=POLLING)
    assert answer.headers["content-type"].lower() == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_session_that_nobody_fetches_ends_by_its_heartbeat(serve: Serve) -> None:
    server = await serve(interval=0.05, timeout=0.05)
    session = await server.raw.poll()
    await until(lambda: not server.sio.eio.sockets)
    assert await session.is_over()
