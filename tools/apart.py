"""The hub as its processes apart, on servers that are there: started, asked, killed and started again by name.

What tests of the second topology, faults and `bench.freshness --apart` run on. It uses the same `hub` command as
docker-compose.yml and k8s/, and leaves nothing running.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx

from tools.edge_routes import patterns

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 180.0
"""For all processes to be ready on a busy machine."""
SERVED = ("auth_service", "social_service", "chat_service", "sports_service", "feature_store", "recommender")


class DidNotComeError(RuntimeError):
    """A process did not get ready; the message holds its last words."""


@dataclass
class Part:
    """One process. port: where it tells of its health."""

    name: str
    words: tuple[str, ...]
    port: int
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def wait(self, said: Callable[[], str], *, patience: float = PATIENCE_SECONDS) -> None:
        """Until it is ready. Raises DidNotComeError with its last words."""
        give_up = time.monotonic() + patience
        while not self.is_ready():
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > give_up:
                raise DidNotComeError(f"{self.name} is not ready:\n{said()[-3000:]}")
            time.sleep(0.1)


class Apart:
    """Every service a process of its own, a consumer for each, the relay and a worker."""

    def __init__(self, folder: Path, servers: Mapping[str, str], *, consumers: Iterable[str] = SERVED) -> None:
        """servers: HUB_…_URL by name. consumers: the services whose facts are read."""
        self.folder = folder
        self.parts: dict[str, Part] = {}
        for name in SERVED:
            self._add(f"serve {name}", "serve", name)
        for name in consumers:
            self._add(f"consume {name}", "consume", name)
        self._add("relay", "relay")
        self._add("work", "work", "--processes", "1")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HUB_")},
            **_settings(folder, {name: self.parts[f"serve {name}"].url for name in SERVED}),
            **servers,
        }

    def _add(self, name: str, *words: str) -> None:
        port = free_port()
        own = {"HUB_PORT": str(port)} if words[0] == "serve" else {"HUB_HEALTH_PORT": str(port)}
        self.parts[name] = Part(name, words, port, own)

    def migrate(self) -> None:
        subprocess.run(
            [sys.executable, "-m", "gateway.main", "migrate"], cwd=ROOT, env=self.environment, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self, *names: str) -> None:
        """These parts, all for no name; returns at once."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for part in [self.parts[name] for name in names or self.parts]:
            with self._log(part).open("ab") as log:
                part.process = subprocess.Popen(
                    [sys.executable, "-m", "gateway.main", *part.words], cwd=ROOT, stdout=log, stderr=log,
                    env={**self.environment, **part.environment}, start_new_session=True,
                )  # fmt: skip

    def wait(self, *names: str) -> None:
        """Until these parts, all for no name, are ready. Raises DidNotComeError."""
        for name in names or self.parts:
            self.parts[name].wait(partial(self.said, name))

    def kill(self, name: str) -> None:
        """kill -9 of the process and all its children."""
        process, self.parts[name].process = self.parts[name].process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """All of them, politely at first."""
        running = [part.process for part in self.parts.values() if part.process]
        for process in running:
            process.terminate()
        give_up = time.monotonic() + 20
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, give_up - time.monotonic()))
        for name in self.parts:
            self.kill(name)

    def url(self, service: str) -> str:
        return self.parts[f"serve {service}"].url

    def said(self, name: str) -> str:
        return self._log(self.parts[name]).read_text(errors="replace")

    def _log(self, part: Part) -> Path:
        return self.folder / f"{part.name.replace(' ', '-')}.log"


class ByPath(httpx.AsyncBaseTransport):
    """Sends each request to the service that answers its path, as the edge does."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self._routes = [(re.compile(pattern.removeprefix("~")), urls[service]) for pattern, service in patterns()]
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        for pattern, url in self._routes:
            if pattern.search(path):
                target = httpx.URL(url)
                request.url = request.url.copy_with(host=target.host, port=target.port)
                return await self._inner.handle_async_request(request)
        return httpx.Response(404, request=request)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _settings(folder: Path, urls: Mapping[str, str]) -> dict[str, str]:
    return {
        "HUB_ENVIRONMENT": "test",
        "HUB_DATA_DIR": str(folder / "data"),
        "HUB_SECRET_KEY": "a secret of all processes of a test",
        "HUB_PUBLIC_URL": urls["auth_service"],
        "HUB_AUTH_URL": urls["auth_service"],
        "HUB_RECOMMENDER_URL": urls["recommender"],
        "HUB_AUTH_ARGON2_MEMORY_KIB": "8",
        "HUB_AUTH_LIMIT_FACTOR": "1000",  # all members here sign in from one address
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
