"""The `Blobs` port: files by an unguessable key."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol


class Blobs(Protocol):
    async def put(self, source: Path, *, kind: str, suffix: str) -> str:
        """Moves a finished file in; answers its key, which is also the secret to read it. Raises StorageFull."""
        ...

    async def path(self, key: str) -> Path:
        """A local path to read. Raises NotFound."""
        ...

    async def delete(self, key: str) -> None:
        """Removes it; nothing happens when it is gone already."""
        ...

    def url(self, key: str) -> str: ...

    def scratch(self) -> Path:
        """A folder on the same volume for files still being written."""
        ...

    def keys(self) -> AsyncIterator[str]: ...
