"""What a group keeps from the log, declared so that it can be kept anew: beside the live one, then swapped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import DeclarativeBase

from clubkit.log.consumer import Consumer
from clubkit.ports import Ports


@dataclass(frozen=True)
class Kept:
    """A table that the group's handlers write."""

    model: type[DeclarativeBase]
    derived: Sequence[str] = ()
    """The columns that follow from the log, where others belong to members or to the moment; none: all of them."""
    only: str = ""
    """SQL for the rows of the live table `t` that follow from the log; `{live}.` stands before other tables."""
    is_result: bool = True
    """False: handlers write it in passing, and a replay throws it away."""


class StoreBeside(Protocol):
    """A store outside the database that is kept twice for a while."""

    @property
    def port(self) -> type: ...

    @property
    def adapter(self) -> Any:
        """Writes beside the live one."""
        ...

    async def digest(self, *, live: bool) -> str: ...

    async def swap(self) -> None:
        """Puts what was kept beside in the live one's place, at once."""
        ...

    async def drop(self) -> None:
        """Removes what was kept beside, if it is still there."""
        ...


@dataclass(frozen=True)
class ReadModel:
    """Its group's handlers, run over the log's history, make it again."""

    name: str
    consumer: Consumer
    tables: Sequence[Kept] = ()
    """All that the handlers write: writing any other table during a replay is refused."""
    store: Callable[[Ports], StoreBeside] | None = None
    job: str = ""
    """The job that makes it anew from the truth instead: an index that knows how to rebuild itself beside the old."""
