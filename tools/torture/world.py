"""What is tortured: processes of `hub serve chat_service`, on servers of their own or on none, with members and rooms.

Tokens are signed here and checked with the keys that `HUB_AUTH_URL` shows: auth itself takes no part.
"""

import asyncio
import base64
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chat_service.module import MODULE as CHAT
from chat_service.rooms import handlers
from chat_service.rooms.service import club_room_id
from clubkit.cache import Redis
from clubkit.clock import utc_now
from clubkit.contracts.social import MembershipChanged, ProfileChanged
from clubkit.db.work import Works
from clubkit.identity import Caller
from clubkit.ids import ClubId, MemberId, new_id
from clubkit.serving import Application, Roles
from clubkit.settings import Settings
from clubkit.tokens import TokenSigner
from gateway.migrating import migrate
from tools.apart import ROOT, DidNotComeError, Part, free_port
from tools.servers.base import Server
from tools.servers.mongo import Mongo
from tools.servers.places import run_folder
from tools.servers.postgres import Postgres
from tools.servers.redis import RedisServer


class DidNotEndError(RuntimeError):
    """A process that was told to end did not."""


@dataclass
class World:
    folder: Path
    environment: dict[str, str]
    signer: TokenSigner
    servers: dict[str, Server] = field(default_factory=dict)
    chats: list[Part] = field(default_factory=list)

    def settings(self) -> Settings:
        with _environ(self.environment):
            return Settings.load()

    def ports(self) -> list[int]:
        """Of all chat processes, running or not: an edge does not know at once either."""
        return [part.port for part in self.chats]

    def start(self, part: Part) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._log(part).open("ab") as log:
            part.process = subprocess.Popen(
                [sys.executable, "-m", "gateway.main", *part.words], cwd=ROOT, stdout=log, stderr=log,
                env={**self.environment, **part.environment}, start_new_session=True,
            )  # fmt: skip

    def kill(self, part: Part) -> None:
        """kill -9, its children too."""
        process, part.process = part.process, None
        if process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    async def end(self, part: Part) -> None:
        """As a rolling restart ends it: it may say goodbye. Raises DidNotEndError, with its last words."""
        if part.process is None:
            return
        part.process.terminate()
        try:
            await asyncio.to_thread(part.process.wait, PATIENCE)
        except subprocess.TimeoutExpired:
            words = await asyncio.to_thread(self._log(part).read_text, errors="replace")
            raise DidNotEndError(f"{part.name} stays though it was told to end:\n{words[-3000:]}") from None
        part.process = None

    async def ready(self, part: Part) -> None:
        """Raises DidNotComeError, with what it says of itself."""
        try:
            await asyncio.to_thread(part.wait, lambda: self._log(part).read_text(errors="replace"), patience=PATIENCE)
        except DidNotComeError as late:
            raise DidNotComeError(f"{late}\n{await asyncio.to_thread(_health, part)}") from late

    async def wipe_redis(self) -> None:
        redis = Redis.from_url(self.environment["HUB_REDIS_URL"])
        await redis.flushall()
        await redis.aclose()

    def token(self, member: MemberId, name: str) -> str:
        caller = Caller(member, name, name, new_id(), utc_now() + timedelta(days=1), False)
        return self.signer.sign(caller, now=utc_now())

    def _log(self, part: Part) -> Path:
        return self.folder / f"{part.name}.log"


@asynccontextmanager
async def world(folder: Path, *, embedded: bool, processes: int, mongo: bool = False) -> AsyncIterator[World]:
    """Migrated, not started. embedded: one process with its own files; else a PostgreSQL and a Redis of its own.

    mongo: messages are in a MongoDB of its own.
    """
    async with AsyncExitStack() as stack:
        signer = TokenSigner(Ed25519PrivateKey.generate(), "torture")
        auth = await stack.enter_async_context(_keys_shown(signer))
        servers: dict[str, Server] = {}
        if not embedded:
            servers = {
                "postgres": Postgres(_own_folder("postgres")),
                "redis": RedisServer(_own_folder("redis")),
            } | ({"mongo": Mongo(_own_folder("mongo"))} if mongo else {})
        for server in servers.values():
            stack.callback(shutil.rmtree, server.folder, ignore_errors=True)
            stack.push_async_callback(asyncio.to_thread, server.stop)
        urls = {
            f"HUB_{URLS[name]}_URL": server.fresh(await asyncio.to_thread(server.start))
            for name, server in servers.items()
        }
        if not embedded:
            urls["HUB_LOG_URL"] = NOBODY  # sending needs no log: its facts wait in the outbox
        made = World(folder, {**_environment(folder, auth), **urls}, signer, servers)
        for n in range(1 if embedded else processes):
            port = free_port()
            made.chats.append(Part(f"chat-{n}", ("serve", "chat_service"), port, {"HUB_PORT": str(port)}))
        await migrate(made.settings())
        try:
            yield made
        finally:
            for part in made.chats:
                with suppress(DidNotEndError):
                    await made.end(part)  # an embedded one takes its Valkey with it
                made.kill(part)


PATIENCE = 180.0
"""Seconds for a process to come back on a machine that has more to do."""
NOBODY = "kafka://127.0.0.1:9"
URLS = {"postgres": "DATABASE", "redis": "REDIS", "mongo": "MESSAGES"}


def _own_folder(name: str) -> Path:
    """Beside other runs on this machine."""
    return run_folder() / f"{name}-torture-{os.getpid()}"


async def furnish(here: World, *, members: int, rooms: int, each: int) -> dict[MemberId, list[str]]:
    """Members, each in `each` of the rooms: chat hears of them as from social's facts. Answers who is where."""
    people = [MemberId(new_id()) for _ in range(members)]
    clubs = [ClubId(new_id()) for _ in range(rooms)]
    where: dict[MemberId, list[str]] = {person: [] for person in people}
    application = Application(here.settings(), [CHAT], Roles(False, False, False, False, False, False))
    async with application.open() as ports, ports[Works].open() as work:
        names = [ProfileChanged(member_id=m, handle=f"m{n}", name=f"Member {n}", hue=1) for n, m in enumerate(people)]
        await handlers.keep_names(work, names)
        for n, person in enumerate(people):
            for club in (clubs[(n + k * (members // each + 1)) % rooms] for k in range(each)):
                change = MembershipChanged(
                    club_id=club, member_id=person, role="member", version=1, club_name="Torture", club_hue=1
                )
                await handlers.keep_standing(work, change)
                where[person].append(club_room_id(club))
    return {person: sorted(set(theirs)) for person, theirs in where.items()}


def _environment(folder: Path, auth: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUB_")},
        "HUB_ENVIRONMENT": "test",
        "HUB_DATA_DIR": str(folder / "data"),
        "HUB_SECRET_KEY": "a secret of all processes of a torture",
        "HUB_AUTH_URL": auth,
        "HUB_CHAT_SENDS_PER_10S": "100000",
        "HUB_CHAT_CHANGES_PER_10S": "100000",
        "HUB_SOCKETS_PACKETS_PER_SECOND": "10000",
        "HUB_SOCKETS_PACKETS_AT_ONCE": "100000",
        "HUB_SOCKETS_PER_ADDRESS": "100000",
        "HUB_SQLITE_SYNCHRONOUS": "normal",  # processes die here, not the machine
        "HUB_DATABASE_POOL": "64",  # connections beyond it are opened and closed for each write
        "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


def _health(part: Part) -> str:
    try:
        return httpx.get(f"{part.url}/readyz", timeout=10).text
    except httpx.TransportError as failure:
        return repr(failure)


class _environ:  # noqa: N801  reads as what it is, a block
    """The process's own environment is this one while the block lasts."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._own = {name: value for name, value in environment.items() if name.startswith("HUB_")}

    def __enter__(self) -> None:
        self._before = {name: os.environ.get(name) for name in self._own}
        os.environ.update(self._own)

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@asynccontextmanager
async def _keys_shown(signer: TokenSigner) -> AsyncIterator[str]:
    """Shows the public key as auth does."""
    x = base64.urlsafe_b64encode(signer.key.public_key().public_bytes_raw()).rstrip(b"=").decode()
    body = orjson.dumps({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": signer.key_id, "x": x}]})
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head.encode() + body)
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
