"""Background jobs: what a module can have done later, with progress, retries and a row that tells how it went."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pkgutil import resolve_name
from typing import Any, Protocol

from clubkit.db.work import Works
from clubkit.ids import JobId
from clubkit.ports import Ports


class Progress(Protocol):
    async def __call__(self, done: float, stage: str = "") -> None:
        """`done` between 0 and 1, `stage` a few words for whoever watches."""
        ...


@dataclass(frozen=True)
class JobRun:
    """What a job works with. It opens its own units of work, as short as can be."""

    job_id: JobId
    ports: Ports
    progress: Progress

    @property
    def works(self) -> Works:
        return self.ports[Works]


JobHandler = Callable[..., Awaitable[dict[str, Any] | None]]


@dataclass(frozen=True)
class Job:
    """A kind of job: `handler(run, **arguments)`. Must be idempotent: a worker may die and another begins again.

    `handler` may be a name, "package.module:function": found by the worker when it runs, so that a process
    which only serves never loads what only jobs need (PyAV, PyArrow, torch).
    """

    name: str
    handler: JobHandler | str
    queue: str = "default"
    time_limit: timedelta = timedelta(minutes=10)
    attempts: int = 3

    async def run(self, run: JobRun, **arguments: Any) -> dict[str, Any] | None:
        handler = resolve_name(self.handler) if isinstance(self.handler, str) else self.handler
        return await handler(run, **arguments)


@dataclass(frozen=True)
class Every:
    """A job that recurs: once per period, however many processes tick."""

    job: str
    period: timedelta
