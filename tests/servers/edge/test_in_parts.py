"""The edge before real processes: what a member does through it becomes one trace over all of them."""

import asyncio
import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import socketio
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from auth_service.accounts.admin import create_admin
from clubkit.db.work import Works
from clubkit.settings import Settings
from gateway.at_hand import at_hand
from tests.servers.edge.running import Edge, running_edge
from tools.apart import Apart
from tools.servers.borrowing import Servers

pytestmark = [pytest.mark.servers, pytest.mark.timeout(600)]

PASSWORD = "correct horse battery staple"
PARTS = (
    "serve auth_service", "serve social_service", "serve chat_service",
    "consume social_service", "consume chat_service", "relay",
)  # fmt: skip
PATIENCE_SECONDS = 120


class Collector:
    """Keeps (process, span, trace) of everything that is sent to it by OTLP."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, str, str]] = []

    def take(self, body: bytes) -> None:
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            names = {one.key: one.value.string_value for one in resource.resource.attributes}
            for span in (span for scope in resource.scope_spans for span in scope.spans):
                self.spans.append((names["service.name"], span.name, span.trace_id.hex()))

    def processes_of(self, trace: str) -> set[str]:
        return {process for process, _, one in self.spans if one == trace}


@contextmanager
def collecting() -> Iterator[tuple[str, Collector]]:
    collector = Collector()

    class Inbox(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collector.take(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Inbox) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", collector
        server.shutdown()


@pytest.fixture
def urls(servers: Servers) -> dict[str, str]:
    return {
        "HUB_DATABASE_URL": servers.postgres(), "HUB_REDIS_URL": servers.redis(), "HUB_LOG_URL": servers.kafka(),
    }  # fmt: skip


@contextmanager
def in_parts(folder: Path, urls: dict[str, str], collector: str) -> Iterator[Apart]:
    apart = Apart(folder, {**urls, "HUB_TRACES_URL": collector, "OTEL_BSP_SCHEDULE_DELAY": "500"})
    try:
        apart.migrate()
        apart.start(*PARTS)
        apart.wait(*PARTS)
        yield apart
    finally:
        apart.stop()


@contextmanager
def edge_of(apart: Apart, folder: Path) -> Iterator[Edge]:
    hosts = {
        f"EDGE_{short}": apart.url(service).removeprefix("http://")
        for short, service in (("AUTH", "auth_service"), ("SOCIAL", "social_service"), ("CHAT", "chat_service"))
    }
    folder.mkdir(parents=True, exist_ok=True)
    with running_edge(folder, "127.0.0.1:9", EDGE_POLLING="off", **hosts) as edge:
        yield edge


async def an_admin(apart: Apart, folder: Path) -> str:
    """Makes an account behind the hub's back; answers its address."""
    given = {
        name.removeprefix("HUB_").lower(): value for name, value in apart.environment.items() if name.startswith("HUB_")
    }
    known = {name: value for name, value in given.items() if name in Settings.model_fields}
    async with at_hand(Settings.load(**{**known, "data_dir": folder / "data", "traces_url": ""})) as ports:
        await create_admin(ports[Works], "olga@club.test", "Olga Berg", PASSWORD)
    return "olga@club.test"


async def until(true: Any, what: str) -> Any:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not (found := await true()):
        assert time.monotonic() < give_up, what
        await asyncio.sleep(0.3)
    return found


async def test_a_club_founded_through_the_edge_is_one_trace_to_the_room_and_the_socket(
    tmp_path: Path, urls: dict[str, str]
) -> None:
    with (
        collecting() as (url, collector),
        in_parts(tmp_path, urls, url) as apart,
        edge_of(apart, tmp_path / "e") as edge,
    ):
        email = await an_admin(apart, tmp_path)
        async with httpx.AsyncClient(base_url=f"{edge.url}/api/v1", timeout=60) as http:
            answer = await http.post("/auth/sign-in", json={"email": email, "password": PASSWORD})
            token = answer.json()["access_token"]
            http.headers["Authorization"] = f"Bearer {token}"

            async def is_known() -> bool:
                return (await http.get("/me")).status_code == 200

            await until(is_known, "social has heard of her")
            socket = socketio.AsyncClient(reconnection=False)
            await socket.connect(edge.url, auth={"token": token}, transports=["websocket"])
            founded = await http.post("/clubs", json={"name": "Riverside FC", "hue": 215})
            assert founded.status_code == 201, founded.text
            trace = founded.headers["x-request-id"]

            async def has_a_room() -> bool:
                return bool((await http.get("/rooms")).json()["data"])

            await until(has_a_room, "chat has made the club's room")

            async def all_told() -> bool:
                return {"social_service", "consume chat_service"} <= collector.processes_of(trace)

            await until(all_told, f"one trace over the processes, and not {collector.spans[-20:]}")
            await socket.disconnect()
