"""The embedded Valkey: one server process per data directory, on a Unix socket, with its append-only file on.

The server outlives a hub that was killed. So the next start first looks for it: by the recorded pid and
socket, proven by the server's own answer (its pid and its folder), and uses it, or stops it when it no longer
answers. Several hub processes on one data directory share the server; the last one to close stops it.

Everything here blocks (about 0.1 s): call it before the event loop runs, or in a thread.
"""

import contextlib
import fcntl
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO
from urllib.parse import quote

from clubkit.adapters.valkey_server import (
    Record,
    ValkeyNotStarted,
    answers,
    end,
    gone,
    is_our_server,
    keeper,
    last_words,
    launch,
    read_record,
    socket_path,
    until,
    write_record,
)

LARGEST_LOG = 5_000_000


class ValkeyChild:
    """A share in the data directory's Valkey. `close()` gives it back; the last share stops the server."""

    def __init__(self, folder: Path, *, patience: float) -> None:
        self.folder = folder
        self.socket = socket_path(folder)
        self.reused = False
        self._patience = patience
        self._pid = 0
        self._share: IO[str] | None = None

    @classmethod
    def open(cls, data_dir: Path, *, patience: float = 10.0) -> "ValkeyChild":
        """Find or start the server under `data_dir`/valkey; answers PING when this returns.

        Raises ValkeyNotStarted, with the server's last words, when it does not within `patience` seconds.
        """
        folder = data_dir.resolve() / "valkey"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        child = cls(folder, patience=patience)
        with child._alone():
            child._share = _locked(folder / "users.lock", fcntl.LOCK_SH)
            try:
                child._find_or_launch()
            except BaseException:
                child._share.close()
                raise
        return child

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def url(self) -> str:
        """For redis-py."""
        return f"unix://{quote(str(self.socket))}"

    @property
    def broker_url(self) -> str:
        """For Celery, whose transport spells the same socket its own way."""
        return f"redis+socket://{quote(str(self.socket))}"

    def alive(self) -> bool:
        """Whether the process is there (it may be busy)."""
        return not gone(self._pid) and is_our_server(self._pid, self.folder)

    def answers(self) -> bool:
        """Whether it answers PING within a second."""
        return answers(self.socket)

    def revive(self) -> None:
        """Bring a dead server back on the same socket and data. Raises ValkeyNotStarted."""
        with self._alone():
            self._find_or_launch()

    def close(self, *, deadline: float = 5.0) -> bool:
        """Give the share back; True when it was the last and the server was stopped. Twice is harmless."""
        if self._share is None:
            return False
        with self._alone():
            self._share.close()
            self._share = None
            try:
                last = _locked(self.folder / "users.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            with last:
                self._stop(deadline)
        return True

    def _find_or_launch(self) -> None:
        found = self._find()
        self.reused = found is not None
        if found is not None:
            self._pid, self.socket = found.pid, Path(found.socket)
        else:
            self._launch()
        write_record(self.folder, Record(self._pid, str(self.socket)))

    def _find(self) -> Record | None:
        """The server that already keeps this folder, if it answers; one that does not answer is stopped."""
        record = read_record(self.folder)
        sockets = dict.fromkeys([*([record.socket] if record else []), str(socket_path(self.folder))])
        for path in map(Path, sockets):
            pid = keeper(path, self.folder)
            if pid and until(partial(answers, path), self._patience):
                return Record(pid, str(path))
        if record and is_our_server(record.pid, self.folder):
            end(record.pid, self.folder, deadline=2.0)
        return None

    def _launch(self) -> None:
        self.socket = socket_path(self.folder)
        self.socket.unlink(missing_ok=True)
        log = self.folder / "valkey.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.old"))
        said_before = log.stat().st_size if log.exists() else 0
        pid = launch(self.folder, self.socket, log)
        until(lambda: is_our_server(pid, self.folder), 1.0)
        until(lambda: answers(self.socket) or not is_our_server(pid, self.folder), self._patience)
        if not answers(self.socket):
            end(pid, self.folder, deadline=1.0)
            raise ValkeyNotStarted(last_words(log, said_before))
        self._pid = pid

    def _stop(self, deadline: float) -> None:
        if self.alive():
            end(self._pid, self.folder, deadline=deadline)
        self.socket.unlink(missing_ok=True)
        (self.folder / "valkey.json").unlink(missing_ok=True)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Starting and stopping are done by one process at a time."""
        lock: list[IO[str]] = []

        def taken() -> bool:
            with contextlib.suppress(BlockingIOError):
                lock.append(_locked(self.folder / "start.lock", fcntl.LOCK_EX | fcntl.LOCK_NB))
            return bool(lock)

        if not until(taken, self._patience + 5):
            raise ValkeyNotStarted("Another hub process has been starting Valkey here for too long.")
        with lock[0]:
            yield


def _locked(path: Path, how: int) -> IO[str]:
    """An open, flocked file: the lock goes when it is closed, or with the process however that ends."""
    file = path.open("a")
    try:
        fcntl.flock(file, how)
    except BaseException:
        file.close()
        raise
    return file
