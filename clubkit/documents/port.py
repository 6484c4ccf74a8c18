"""The port to a document database: the little that our stores ask of one, in terms that more than one client speaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Document = dict[str, Any]
Query = Mapping[str, Any]
Order = Sequence[tuple[str, int]]
"""(field, 1 or -1), the first counting most."""


@dataclass(frozen=True)
class Index:
    """only: a query on the document; others are left out of the index."""

    name: str
    fields: Order
    unique: bool = False
    only: Query | None = None


class Duplicate(Exception):  # noqa: N818  named as outcomes are
    """A unique index, or the id, has it already. Nothing was written."""


class Collection(Protocol):
    """Each method raises DocumentsAway when the server cannot be reached. A write that was answered is durable."""

    async def ensure(self, indexes: Sequence[Index]) -> None:
        """Makes the indexes that are missing; asks the server once per process."""
        ...

    async def insert(self, document: Document) -> None:
        """Raises Duplicate."""
        ...

    async def find(self, query: Query, *, order: Order = (), limit: int = 0) -> list[Document]: ...

    async def aggregate(self, pipeline: Sequence[Mapping[str, Any]]) -> list[Document]: ...

    async def update(self, query: Query, change: Mapping[str, Any], *, upsert: bool = False) -> int:
        """Changes all that match; answers how many matched (0 for one that was made). Raises Duplicate."""
        ...

    async def count(self, query: Query) -> int: ...


class Documents(Protocol):
    """One database."""

    def collection(self, name: str) -> Collection: ...

    async def ping(self) -> None:
        """Raises DocumentsAway."""
        ...
