"""PostgreSQL from the system's packages, run as the user `postgres` where we are root."""

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from tools.servers.base import Server
from tools.servers.errors import Missing
from tools.servers.packages import debian
from tools.servers.places import own

HERE = Path("/usr/lib/postgresql")


class Postgres(Server):
    """Trusts everyone on loopback. Its writes go to the operating system, not to the disk: a killed server keeps
    what it acknowledged, a machine without power does not."""

    name = "postgres"
    variable = "POSTGRES_URL"
    stops_by = signal.SIGINT  # ends the sessions of others too
    user = "postgres"

    def find(self) -> None:
        if not self._program("postgres"):
            debian("postgresql")
        if not self._program("postgres"):
            raise Missing("PostgreSQL is not installed (Debian: apt-get install postgresql)")

    def prepare(self, port: int) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        self.data.mkdir(parents=True)
        self.data.chmod(0o700)
        if _is_root():
            own(self.data, self.user)
        words = [self._program("initdb"), "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        words += ["--locale=C.UTF-8", "--no-sync"]
        if _is_root():
            words = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *words]
        subprocess.run(words, check=True, capture_output=True, cwd="/")

    def command(self, port: int) -> Sequence[str]:
        settings = ["listen_addresses=127.0.0.1", f"unix_socket_directories={self.data}", "max_connections=400"]
        settings += ["fsync=off", "shared_buffers=64MB", "max_wal_size=512MB", "timezone=UTC"]
        words = [self._program("postgres"), "-D", str(self.data), "-p", str(port)]
        return words + [word for setting in settings for word in ("-c", setting)]

    def url(self, port: int) -> str:
        return f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres"

    def answers(self, url: str) -> bool:
        return bool(run(_ask(url, "SELECT 1")))

    def fresh(self, url: str) -> str:
        name = f"hub_{secrets.token_hex(6)}"
        run(_ask(url, f'CREATE DATABASE "{name}"'))
        return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))

    def forget(self, url: str) -> None:
        name = urlsplit(url).path.lstrip("/")
        run(
            _ask(urlunsplit(urlsplit(url)._replace(path="/postgres")), f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        )

    def _program(self, name: str) -> str:
        found = sorted(HERE.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
        return str(found[-1]) if found else shutil.which(name) or ""


def run(coroutine: Any) -> Any:
    """Runs a coroutine to its end from wherever we are, also below a running event loop."""
    answer: list[Any] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            answer.append(asyncio.run(coroutine))
        except BaseException as failure:  # noqa: BLE001  raised again in the caller's thread
            failed.append(failure)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return answer[0]


async def _ask(url: str, statement: str) -> Any:
    try:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=5)
    except (asyncpg.PostgresError, TimeoutError) as away:  # "the database system is starting up"
        raise ConnectionError(str(away)) from away
    try:
        return await connection.fetchval(statement) or True
    finally:
        await connection.close()


def _is_root() -> bool:

    return os.getuid() == 0
