"""The two ways a hub runs, as journeys see it: where it answers, how to sign up, and patience."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import socketio

from clubkit.ids import new_id
from tools.apart import SERVED, Apart, ByPath, Part, free_port

T = TypeVar("T")
PASSWORD = "correct horse battery"
PATIENCE_SECONDS = 90.0
"""For what happens behind an answer, on a machine that has more to do."""


@dataclass
class Member:
    """A signed-in member: her client carries her token."""

    id: str
    name: str
    email: str
    token: str
    http: httpx.AsyncClient

    async def get(self, path: str, **query: Any) -> Any:
        answer = await self.http.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, status: int = 201, **body: Any) -> Any:
        answer = await self.http.post(path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def put(self, path: str, **body: Any) -> Any:
        answer = await self.http.put(path, json=body)
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.content else None


@dataclass
class Heard:
    """A connected socket that keeps what it was sent."""

    client: Any
    queues: dict[str, asyncio.Queue[Any]] = field(default_factory=dict)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def next(self, event: str) -> Any:
        return await asyncio.wait_for(self.queues[event].get(), PATIENCE_SECONDS)

    async def call(self, event: str, **payload: Any) -> Any:
        return await self.client.call(event, payload)


class Topology:
    """A running hub. urls: the address of each service; in one process all are the same."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.urls = urls
        self._clients: list[httpx.AsyncClient] = []

    def http(self, token: str | None = None) -> httpx.AsyncClient:
        client = httpx.AsyncClient(
            transport=ByPath(self.urls), base_url=f"{self.urls['auth_service']}/api/v1", timeout=30,
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )  # fmt: skip
        self._clients.append(client)
        return client

    async def register(self, name: str) -> tuple[str, str]:
        """Sends the form; answers the address and what the member finds behind the link in her mail."""
        email = f"{name.split(maxsplit=1)[0].lower()}-{new_id()}@example.org"
        http = self.http()
        form = {"name": name, "email": email, "password": PASSWORD}
        assert (await http.post("auth/register", json=form)).status_code == 202
        return email, await eventually(lambda: self._link(http, email))

    async def member(self, name: str) -> Member:
        """Somebody who went the whole way from the form to being signed in."""
        email, token = await self.register(name)
        return self.signed_in(email, await self.http().post("auth/verify", json={"token": token}))

    def signed_in(self, email: str, answer: httpx.Response) -> Member:
        assert answer.status_code == 200, answer.text
        body = answer.json()
        token = body["access_token"]
        return Member(body["member"]["id"], body["member"]["name"], email, token, self.http(token))

    async def sign_in(self, email: str) -> Member:
        credentials = {"email": email, "password": PASSWORD}
        return self.signed_in(email, await self.http().post("auth/sign-in", json=credentials))

    @asynccontextmanager
    async def socket(self, member: Member, *events: str) -> AsyncIterator[Heard]:
        """A stock client of hers that keeps what these events bring."""
        heard = Heard(socketio.AsyncClient(reconnection=False))
        for event in events:
            heard.queues[event] = asyncio.Queue()
            heard.client.on(event, heard.queues[event].put_nowait)
        heard.client.on("disconnect", lambda *_: heard.ended.set())
        await heard.client.connect(self.urls["chat_service"], auth={"token": member.token}, transports=["websocket"])
        try:
            yield heard
        finally:
            await heard.client.disconnect()

    async def close(self) -> None:
        for client in self._clients:
            await client.aclose()

    async def _link(self, http: httpx.AsyncClient, email: str) -> str | None:
        for letter in (await http.get("dev/mail")).json()["data"]:
            if email in letter["to"]:
                found = re.search(
                    r"/verify\?token=([\w-]+)", (await http.get(f"dev/mail/{letter['id']}")).json()["text"]
                )
                return found[1] if found else None
        return None


async def eventually(look: Callable[[], Awaitable[T | None]]) -> T:
    """What `look` finds once there is something to find. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not (found := await look()):  # noqa: ASYNC110  nobody tells a client what another process has done
            await asyncio.sleep(0.1)
    return found


@contextmanager
def one_process(folder: Path) -> Iterator[Mapping[str, str]]:
    """`hub up` on an empty folder."""
    port = free_port()
    environment = {
        **os.environ, "HUB_ENVIRONMENT": "test", "HUB_PORT": str(port), "HUB_AUTH_ARGON2_MEMORY_KIB": "8",
        "HUB_AUTH_LIMIT_FACTOR": "1000", "HUB_SOCIAL_RANK_BUDGET_MS": "5000", "NO_COLOR": "1",
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "gateway.main", "up", "--data", str(folder / "data"), "--workers", "1"]
    with (folder / "hub.log").open("ab") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, env=environment)
    hub = Part("hub", (), port, process=process)
    try:
        hub.wait(lambda: (folder / "hub.log").read_text(errors="replace"))
        yield dict.fromkeys(SERVED, hub.url)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def many_processes(folder: Path, servers: Mapping[str, str]) -> Iterator[Apart]:
    """Each service, consumer, the relay and a worker as processes of their own on real servers."""
    # A busy machine answers late; how soon is measured, not tested.
    apart = Apart(folder, {**servers, "HUB_SOCIAL_RANK_BUDGET_MS": "5000", "HUB_RANKING_BUDGET_MS": "5000"})
    try:
        apart.migrate()
        apart.start()
        apart.wait()
        yield apart
    finally:
        apart.stop()
