"""The servers that chat's benches measure, each pinned to one core, and what they cost by the kernel's own account."""

import contextlib
import gc
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bench.common import ROOT
from clubkit.clock import utc_now
from clubkit.identity import Caller
from clubkit.ids import MemberId, new_id
from clubkit.tokens import TokenSigner

SERVER_CORE, CLIENT_CORE = 0, (os.cpu_count() or 2) - 1
PEERS = ROOT / "bench" / "peers"
PAYLOAD: dict[str, Any] = {
    "kind": "message", "room": new_id(), "epoch": 1, "seq": 4711, "nth": 4242, "at": "2026-11-21T21:00:00Z",
    "by": new_id(), "by_name": "Anna Berg",
    "message": {
        "id": new_id(), "room": new_id(), "seq": 4711, "nth": 4242, "client_id": new_id(), "author_id": new_id(),
        "author_name": "Anna Berg", "source": "member", "body": "See you at the pitch at seven, bring the orange bibs!",
        "reply_to": None, "thread": None, "thread_count": 0, "thread_last_at": None, "mentions": [],
        "attachments": [], "previews": [], "card": None, "reactions": [], "edited_at": None, "edits": 0,
        "deleted_at": None, "moderated": False, "pinned": False, "at": "2026-11-21T21:00:00Z",
    },
}  # fmt: skip
"""What a room is told of a message: about 900 bytes, as the real thing."""


@dataclass
class Peer:
    """A running server."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def ask(self, what: str, **arguments: Any) -> Any:
        url = f"http://127.0.0.1:{self.port}/bench/{what}?{urlencode(arguments)}"
        return httpx.get(url, timeout=300, trust_env=False).json()

    def asking(self, what: str, **arguments: Any) -> "subprocess.Popen[bytes]":
        """The same without waiting; `answer_of` has it later."""
        url = f"http://127.0.0.1:{self.port}/bench/{what}?{urlencode(arguments)}"
        return subprocess.Popen(["curl", "-s", url], stdout=subprocess.PIPE)

    def cpu(self) -> float:
        """Seconds of processor time of all its threads, user and kernel, from /proc: exact to the nanosecond."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> int:
        """Bytes it has of its own."""
        words = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().split("Pss:")[1].split()
        return int(words[0]) * 1024

    def settled(self, seconds: float = 0.3) -> float:
        """Its processor time once it has nothing to do."""
        before = -1.0
        while (now := self.cpu()) - before > 0.002:
            before = now
            time.sleep(seconds)
        return now


def answer_of(asking: "subprocess.Popen[bytes]") -> Any:
    said, _ = asking.communicate(timeout=300)
    return json.loads(said)


class Keys:
    """Signs members in on any of the servers."""

    def __init__(self, folder: Path) -> None:
        key = Ed25519PrivateKey.generate()
        self._signer = TokenSigner(key, "bench")
        self.public, self.payload = folder / "key.pem", folder / "payload.json"
        self.public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        self.payload.write_text(json.dumps(PAYLOAD, separators=(",", ":")))

    def tokens(self, many: int) -> list[str]:
        now = utc_now()
        members = (MemberId(new_id()) for _ in range(many))
        callers = (Caller(m, f"m{n}", f"Member {n}", new_id(), now + timedelta(hours=2)) for n, m in enumerate(members))
        return [self._signer.sign(caller, now=now) for caller in callers]


@contextmanager
def keys() -> Iterator[Keys]:
    with tempfile.TemporaryDirectory(prefix="chat-bench-") as folder:
        yield Keys(Path(folder))


@contextmanager
def running(name: str, keys: Keys, *more: str, core: int = SERVER_CORE) -> Iterator[Peer]:
    """`hub`: ours; `node`: socket.io of npm."""
    port = quiet_port()
    words = [*_command(name), str(port), str(keys.public), str(keys.payload), *more]
    pinned = ["taskset", "-c", str(core), *words]
    process = subprocess.Popen(pinned, cwd=ROOT, env=os.environ | {"NODE_ENV": "production"})
    peer = Peer(name, port, process)
    try:
        _wait(peer)
        yield peer
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def quiet_port() -> int:
    """A free port below those that the kernel gives to clients: thousands of them linger after each crowd."""
    for port in range(21_000, 22_000):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


def _command(name: str) -> Sequence[str]:
    if name == "node":
        folder = PEERS / "node"
        if not (folder / "node_modules" / "socket.io").is_dir():
            npm = shutil.which("npm") or "npm"
            subprocess.run([npm, "install", "--no-audit", "--no-fund", "--no-package-lock"], cwd=folder, check=True)
        return ["node", "--expose-gc", str(folder / "server.mjs")]
    return [sys.executable, "-m", f"bench.peers.chat_{name}"]


def _wait(peer: Peer) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and peer.process.poll() is None:
        try:
            peer.ask("count")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{peer.name} did not start")


def node_version() -> str:
    return subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()


def most_files() -> int:
    """As many open files as this machine lets a process have, its children too; answers how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def be_the_client() -> None:
    """This process on a core of its own, with files enough; what it would collect is not counted as the server's."""
    most_files()
    gc.disable()
    os.sched_setaffinity(0, {CLIENT_CORE})
