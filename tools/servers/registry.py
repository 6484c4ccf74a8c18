"""Which servers there are, and the shared use of them: the last who leaves stops what was started for tests."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pkgutil import resolve_name
from typing import TextIO

from tools.servers.base import Server
from tools.servers.places import locked

CLASSES: Mapping[str, str] = {
    "postgres": "tools.servers.postgres:Postgres",
    "redis": "tools.servers.redis:RedisServer",
    "kafka": "tools.servers.kafka:Kafka",
    "elasticsearch": "tools.servers.elasticsearch:Elasticsearch",
    "mongo": "tools.servers.mongo:Mongo",
}
"""Loaded when asked for: each needs its client only then."""


def server(name: str) -> Server:
    """The shared server of this name on this machine. Raises KeyError."""
    kind: type[Server] = resolve_name(CLASSES[name])
    return kind()


def given(one: Server) -> str:
    """The URL that the environment names instead of a server of ours; empty for none."""
    return os.environ.get(one.variable, "")


@contextmanager
def lease(one: Server) -> Iterator[str]:
    """The URL of a server that runs while the block lasts. Raises Missing, DidNotStart.

    Runs and test processes side by side share it; the last one stops it unless it was started to stay.
    """
    if url := given(one):
        yield url
        return
    door, users = one.folder / "door", one.folder / "users"
    with locked(door):
        url = one.start()
        holding = users.open("a")
        fcntl.flock(holding, fcntl.LOCK_SH)
    try:
        yield url
    finally:
        with holding, locked(door):
            _leave(one, holding)


def _leave(one: Server, holding: TextIO) -> None:
    try:
        fcntl.flock(holding, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:  # others still use it
        return
    running = one.running()
    if running is not None and not running.kept:
        one.stop()
