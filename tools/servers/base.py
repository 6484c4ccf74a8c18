"""What every server has in common: started as a process of its own, found again, stopped, emptied."""

import json
import os
import shutil
import signal
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from tools.servers import processes
from tools.servers.errors import DidNotStart
from tools.servers.places import locked, run_folder


@dataclass(frozen=True)
class Running:
    """A started server, as written down for the next who asks."""

    pid: int
    born: float
    port: int
    started_at: str
    ready_after: float
    """Seconds from its start to its first answer."""
    kept: bool
    """Started to stay (`up`), not for one run of tests."""


class Server(ABC):
    """One server in one folder, on one loopback port that it keeps over restarts.

    A subclass names itself, and says how it is found, prepared, started and asked whether it answers.
    """

    name: ClassVar[str]
    variable: ClassVar[str]
    """The environment variable whose URL wins over starting anything."""
    patience: ClassVar[float] = 60.0
    """Seconds until it must answer."""
    stops_by: ClassVar[signal.Signals] = signal.SIGTERM
    user: ClassVar[str] = ""
    """Whom it runs as where we are root."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or run_folder() / self.name
        self.data = self.folder / "data"
        self.log = self.folder / "log"

    @abstractmethod
    def find(self) -> None:
        """Has what it needs on this machine, fetching it if it can. Raises Missing."""

    @abstractmethod
    def prepare(self, port: int) -> None:
        """Makes `data` and the configuration ready; called before every start."""

    @abstractmethod
    def command(self, port: int) -> Sequence[str]: ...

    @abstractmethod
    def url(self, port: int) -> str: ...

    @abstractmethod
    def answers(self, url: str) -> bool:
        """Whether it serves. May raise OSError for no."""

    @abstractmethod
    def fresh(self, url: str) -> str:
        """The URL of an empty corner of the server at `url`, for one test or hub alone."""

    @abstractmethod
    def forget(self, url: str) -> None:
        """Removes what lies in a corner that `fresh` gave."""

    def environment(self) -> Mapping[str, str]:
        return os.environ

    def start(self, *, keep: bool = False) -> str:
        """Starts it unless it runs; answers its URL once it serves. Raises Missing, DidNotStart."""
        with locked(self.folder / "lock"):
            running = self.running()
            if running is None:
                self.find()
                running = self._launch(keep=keep)
            elif keep and not running.kept:
                self._write(Running(**{**asdict(running), "kept": True}))
            return self.url(running.port)

    def alive(self) -> bool:
        running = self.running()
        return running is not None and self._serves(self.url(running.port))

    def stop(self) -> None:
        """Stops it in order; what it holds stays."""
        self._end(lambda pid: processes.end(pid, how=self.stops_by))

    def kill(self) -> None:
        """kill -9, as a fault."""
        self._end(processes.kill)

    def reset(self) -> None:
        """Stops it and removes what it holds; starts it again, empty, if it ran."""
        was = self.running()
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        if was is not None:
            self.start(keep=was.kept)

    def logs(self, lines: int = 40) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def status(self) -> dict[str, Any]:
        running = self.running()
        if running is None:
            return {"state": "stopped", "folder": str(self.folder)}
        url = self.url(running.port)
        state = "up" if self._serves(url) else "starting"
        return {"state": state, "url": url, **asdict(running), "folder": str(self.folder)}

    def running(self) -> Running | None:
        """The process, if it lives."""
        written = self._written()
        if written is None or not written.born or processes.born(written.pid) != written.born:
            return None
        return written

    def _launch(self, *, keep: bool) -> Running:
        self.folder.mkdir(parents=True, exist_ok=True)
        written = self._written()
        port = written.port if written else processes.free_port()
        self.prepare(port)
        began = time.monotonic()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        pid = processes.start(self.command(port), self.log, self.environment(), user=self.user)
        running = Running(pid, processes.born(pid), port, now, 0.0, keep)
        self._write(running)
        self._await(running)
        running = Running(pid, running.born, port, now, round(time.monotonic() - began, 2), keep)
        self._write(running)
        return running

    def _await(self, running: Running) -> None:
        until = time.monotonic() + self.patience
        while not self._serves(self.url(running.port)):
            if not processes.born(running.pid) or time.monotonic() > until:
                processes.kill(running.pid)
                raise DidNotStart(f"{self.name} did not start:\n{self.logs()}")
            time.sleep(0.05)

    def _serves(self, url: str) -> bool:
        try:
            return self.answers(url)
        except OSError:
            return False

    def _end(self, how: Any) -> None:
        with locked(self.folder / "lock"):
            if running := self.running():
                how(running.pid)

    def _written(self) -> Running | None:
        try:
            return Running(**json.loads((self.folder / "server.json").read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def _write(self, running: Running) -> None:
        draft = self.folder / "server.json.new"
        draft.write_text(json.dumps(asdict(running)))
        draft.replace(self.folder / "server.json")
