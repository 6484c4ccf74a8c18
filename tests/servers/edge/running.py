"""A real nginx with the edge's own configuration, on loopback ports of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from tools.deploy_tools import nginx

ENTRY = Path(__file__).parents[3] / "gateway" / "edge" / "entrypoint.sh"
BROTLI = """\
brotli on;
brotli_static on;
brotli_types application/json text/javascript text/css;
"""


@dataclass(frozen=True)
class Edge:
    url: str
    https: str
    status: str
    folder: Path
    pid: int

    def said(self) -> str:
        return (self.folder / "errors").read_text()


def free_ports(count: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports


def environment(folder: Path, upstream: str, ports: list[int], **given: str) -> dict[str, str]:
    program, modules = nginx()
    extra = folder / "extra"
    for part in ("modules", "http"):
        (extra / part).mkdir(parents=True, exist_ok=True)
    filters = modules / "ngx_http_brotli_filter_module.so" if modules else None
    if filters and filters.is_file():
        words = [f"load_module {filters};", f"load_module {filters.with_name('ngx_http_brotli_static_module.so')};"]
        (extra / "modules" / "brotli.conf").write_text("\n".join(words) + "\n")
        (extra / "http" / "brotli.conf").write_text(BROTLI)
    services = dict.fromkeys(("AUTH", "SOCIAL", "CHAT", "SPORTS", "FEATURES", "RECOMMENDER"), upstream)
    libraries = program.parents[1] / "lib" / "x86_64-linux-gnu"
    return {
        "PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": str(libraries), "EDGE_NGINX": str(program),
        "EDGE_RUN": str(folder / "run"), "EDGE_EXTRA": str(extra), "EDGE_WEB": str(folder / "web"),
        "EDGE_WORKERS": "1", "EDGE_RESOLVER": "127.0.0.1", "EDGE_ACCESS_LOG": str(folder / "access"),
        "EDGE_HTTP": f"127.0.0.1:{ports[0]}", "EDGE_HTTPS": f"127.0.0.1:{ports[1]}",
        "EDGE_STATUS": f"127.0.0.1:{ports[2]}",
        **{f"EDGE_{name}": address for name, address in services.items()},
        **given,
    }  # fmt: skip


@contextlib.contextmanager
def running_edge(folder: Path, upstream: str, **given: str) -> Iterator[Edge]:
    """nginx in front of `upstream` (host:port) while the block lasts; `given` are EDGE_… variables."""
    ports = free_ports(3)
    with (folder / "errors").open("w") as errors:
        words = environment(folder, upstream, ports, **given)
        server = subprocess.Popen([str(ENTRY)], env=words, stdout=errors, stderr=errors, start_new_session=True)
    edge = Edge(
        f"http://127.0.0.1:{ports[0]}", f"https://127.0.0.1:{ports[1]}", f"http://127.0.0.1:{ports[2]}",
        folder, server.pid,
    )  # fmt: skip
    try:
        _wait_until_it_answers(edge, server)
        yield edge
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(server.pid, signal.SIGTERM)
        server.wait(30)


def _wait_until_it_answers(edge: Edge, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up and server.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{edge.status}/healthz").raise_for_status()
            return
        time.sleep(0.05)
    raise AssertionError(f"nginx did not start: {edge.said()}")
