"""A child process of the hub: in its own group, tethered to the hub's life, its words in a log file.

A group that an earlier, hard-killed hub left behind is recognised by a token in its environment and ended
first, so that a pid which the system has given to somebody else is never touched.
"""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gateway import tethered

TOKEN = "HUB_CHILD_TOKEN"  # noqa: S105  a name, and no secret
LARGEST_LOG = 5_000_000


@dataclass(eq=False)
class Command:
    """A command kept running by a `Supervisor`. `folder` gets NAME.pid and NAME.log."""

    name: str
    words: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    async def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(end_leftovers, self._pid_file)
        token = secrets.token_hex(16)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.old"))
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: ASYNC220, S603  takes 1 ms; our own words
                [
                    *(sys.executable, "-I", "-S", tethered.__file__),
                    *(str(os.getpid()), str(int(signal.SIGTERM))),
                    *self.words,
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment, TOKEN: token},
                start_new_session=True,
            )
        self._pid_file.write_text(json.dumps({"pid": self._process.pid, "token": token}))

    def alive(self) -> bool:
        if self._process is None or self._process.returncode is not None:
            return False
        if not hasattr(os, "waitid"):  # macOS before Python 3.13
            return self._process.poll() is None
        # WNOWAIT leaves a dead leader unburied, so its pid, the name of the group, cannot be given away yet.
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def bury(self) -> str:
        """Reap the dead leader, kill what is left of its group; how it ended, in words."""
        process, self._process = self._process, None
        if process is None:
            return "was not running"
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        self._pid_file.unlink(missing_ok=True)
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    async def stop(self, deadline: float) -> None:
        """SIGTERM to the leader; after `deadline` seconds, and for any straggler, SIGKILL to the group."""
        if self._process is not None and self.alive():
            self._process.terminate()
            give_up = time.monotonic() + deadline
            while self.alive() and time.monotonic() < give_up:  # noqa: ASYNC110  no event tells of an end
                await asyncio.sleep(0.02)
        self.bury()

    @property
    def _pid_file(self) -> Path:
        return self.folder / f"{self.name}.pid"


@dataclass(eq=False)
class Server:
    """A server that somebody else opened and that may outlive the hub: watched, revived, given back."""

    name: str
    is_alive: Callable[[], bool]
    revive: Callable[[], object]
    close: Callable[[], object]

    async def start(self) -> None:
        if not self.is_alive():
            await asyncio.to_thread(self.revive)

    def alive(self) -> bool:
        return self.is_alive()

    def bury(self) -> str:
        return "is gone"

    async def stop(self, deadline: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(deadline):
                await asyncio.to_thread(self.close)


def end_leftovers(pid_file: Path, *, patience: float = 3.0) -> int:
    """End the group that an earlier hub recorded in `pid_file`; how many processes that were."""
    try:
        kept = json.loads(pid_file.read_text())
        group, token = int(kept["pid"]), str(kept["token"])
    except (OSError, ValueError, TypeError, KeyError):
        return 0
    found = _members(group, token)
    for sign, give_up in (
        (signal.SIGTERM, time.monotonic() + patience),
        (signal.SIGKILL, time.monotonic() + 10),
    ):
        for pid in _members(group, token):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
        while _members(group, token) and time.monotonic() < give_up:
            time.sleep(0.02)
    pid_file.unlink(missing_ok=True)
    return len(found)


def _members(group: int, token: str) -> list[int]:
    """The living processes of `group` that carry `token`. Empty where there is no /proc."""
    mark = f"{TOKEN}={token}".encode()
    members = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            state, _, its_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX" and mark in (entry / "environ").read_bytes().split(b"\0"):
                members.append(int(entry.name))
    return members
