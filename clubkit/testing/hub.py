"""`TestHub`: modules composed as in the embedded hub, on a real database, Valkey, index and log, in a temporary folder.

Consumers and jobs run when the test says so (`settle`), so a test reads as cause and effect; `live=True` runs
them in the background as the product does.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import socketio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from clubkit.contracts.auth import MemberRegistered
from clubkit.contracts.base import Fact
from clubkit.db.database import Database
from clubkit.db.migrating import branches
from clubkit.db.work import Works
from clubkit.identity import Caller, TokenVerifier
from clubkit.ids import MemberId, new_id
from clubkit.jobs.running import Dispatcher, run_job
from clubkit.log.port import EventLog
from clubkit.log.relay import Relay
from clubkit.log.retrying import take_due
from clubkit.log.running import take_next
from clubkit.module import Module
from clubkit.ports import Ports
from clubkit.serving import Application, Roles
from clubkit.settings import Settings
from clubkit.testing.clock import MovableClock
from clubkit.testing.loopback import served
from clubkit.testing.postgres import fresh_database
from clubkit.testing.table_log import MARKS, TableLog
from clubkit.tokens import JwtVerifier, TokenSigner

T = TypeVar("T")


@dataclass
class Person:
    """A signed-in member in a test: an id, a token and an HTTP client that carries it."""

    id: MemberId
    handle: str
    name: str
    caller: Caller
    token: str
    http: httpx.AsyncClient


class TestHub:
    """Made by `open_hub`."""

    __test__ = False

    def __init__(self, application: Application, clock: MovableClock, stack: AsyncExitStack) -> None:
        self.application = application
        self.clock = clock
        self._stack = stack
        self._signer = TokenSigner(Ed25519PrivateKey.generate(), "test")
        self.jobs = {job.name: job for module in application.modules for job in module.jobs}
        self.consumers = [c for module in application.modules for c in module.consumers]

    @property
    def ports(self) -> Ports:
        return self.application.ports

    @property
    def works(self) -> Works:
        return self.ports[Works]

    @property
    def settings(self) -> Settings:
        return self.application.settings

    def port(self, kind: type[T]) -> T:
        return self.ports[kind]

    async def member(self, name: str, *, admin: bool = False) -> Person:
        """A member everyone has heard of (the fact went through the log)."""
        member_id = MemberId(new_id())
        handle = f"{''.join(c for c in name.lower() if c.isalnum())[:20]}{member_id[-4:]}"
        await self.publish(MemberRegistered(member_id=member_id, handle=handle, name=name, at=self.clock()))
        await self.settle()
        return self.person(member_id, handle, name, admin=admin)

    def person(self, member_id: MemberId, handle: str, name: str, *, admin: bool = False) -> Person:
        caller = Caller(member_id, handle, name, new_id(), self.clock() + timedelta(days=30), admin)
        token = self._signer.sign(caller, now=self.clock())
        return Person(member_id, handle, name, caller, token, self.http(token))

    def token(self, person: Person, *, lifetime: timedelta) -> str:
        """Another token of the same member, with a lifetime of its own."""
        base = person.caller
        expires = self.clock() + lifetime
        caller = Caller(base.member_id, base.handle, base.name, base.session_id, expires, base.is_admin)
        return self._signer.sign(caller, now=self.clock())

    def http(self, token: str | None = None) -> httpx.AsyncClient:
        """A client of the API; paths are relative to /api/v1 unless they begin with a slash of their own host."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        transport = httpx.ASGITransport(self.application, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://hub.test/api/v1", headers=headers)
        self._stack.push_async_callback(client.aclose)
        return client

    async def publish(self, *facts: Fact) -> None:
        async with self.works.open() as work:
            work.publish(*facts)

    async def settle(self, *, jobs: bool = False) -> None:
        """Lets every consumer (and, if asked, every due job) do its work until nothing is left."""
        busy = True
        while busy:
            busy = await self.relay()
            for consumer in self.consumers:
                async with self.port(EventLog).reader(consumer.group, consumer.topics) as reader:
                    while await take_next(consumer, reader, self.works) or await take_due(
                        consumer, self.works, hurry=True
                    ):
                        busy = True
            if jobs and await self.run_jobs():
                busy = True

    async def relay(self) -> bool:
        """Takes what waits in the outbox to a log that lives elsewhere; answers whether there was anything."""
        relay = self.ports.get(Relay)
        busy = False
        while relay and await relay.pump():
            busy = True
        return busy

    async def run_jobs(self) -> list[str]:
        """Runs the jobs that are due, here and now; answers the states they ended in."""
        sent: list[str] = []

        async def send(job_id: str, _queue: str) -> None:
            sent.append(job_id)

        await Dispatcher(self.works, self.jobs, (), send).tick()
        return [await run_job(job_id, self.jobs, self.ports) for job_id in sent]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Serves on a free loopback port while the block lasts; answers the base URL."""
        async with served(self.application) as url:
            yield url

    @asynccontextmanager
    async def socket(self, url: str, person: Person, **auth: Any) -> AsyncIterator[Any]:
        """A connected socket.io client of a member."""
        client = socketio.AsyncClient(reconnection=False)
        await client.connect(url, auth={"token": person.token, **auth}, transports=["websocket"], wait_timeout=15)
        try:
            yield client
        finally:
            await client.disconnect()

    def verifier(self) -> JwtVerifier:
        """Accepts the tokens this hub's test signed."""

        async def find(key_id: str) -> Any:
            return self._signer.key.public_key() if key_id == self._signer.key_id else None

        return JwtVerifier(find, self.clock)


@asynccontextmanager
async def open_hub(
    modules: Sequence[Module],
    folder: Path,
    redis_url: str,
    *,
    live: bool = False,
    own_tokens: bool = True,
    postgres: str = "",
    **settings: Any,
) -> AsyncIterator[TestHub]:
    """A hub of these modules under `folder`. `own_tokens`: the test, not auth_service, signs the tokens.

    postgres: a URL of a PostgreSQL server to keep its tables on; without one they are in a SQLite file.
    """
    clock = MovableClock()
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        if postgres:
            tables = [*(branch.metadata for branch in branches(modules)), MARKS.metadata]
            settings["database_url"] = await stack.enter_async_context(fresh_database(postgres, tables))
        else:
            await _make_database(modules, folder)
        chosen = Settings.load(
            environment="test", data_dir=folder, redis_url=redis_url, sqlite_synchronous="normal", **settings
        )
        application = Application(chosen, modules, Roles(consumes=live, dispatches=False), clock)
        hub = TestHub(application, clock, stack)
        if postgres and not chosen.log_url:
            application.ports.settle(EventLog, TableLog(application.ports))
        if own_tokens:
            application.ports.settle(TokenVerifier, hub.verifier())
        await stack.enter_async_context(application.open())
        yield hub


async def _make_database(modules: Sequence[Module], folder: Path) -> None:
    """Tables straight from the models, made once per set of modules and copied (migrations have tests of their own)."""
    names = "+".join(module.name for module in modules)
    template = folder.parent / f"template-{names}.sqlite3"
    if not template.exists():
        database = Database(f"sqlite+aiosqlite:///{template}")
        async with database.engine.begin() as connection:
            for branch in branches(modules):
                await connection.run_sync(branch.metadata.create_all)
        await database.close()
    shutil.copyfile(template, folder / "hub.sqlite3")
