"""Files under one folder, spread over 256 subfolders by their random key."""

import asyncio
import errno
import os
import re
import secrets
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from clubkit.errors import NotFound, StorageFull

_KEY = re.compile(r"[a-z]+-[0-9a-f]{32}(\.[a-z0-9]{1,8})?")


class DiskBlobs:
    """`Blobs` on a local disk. A file appears whole (rename) or not at all."""

    def __init__(self, root: Path, *, base_path: str = "/files") -> None:
        self._root = root
        self._base = base_path
        self._scratch = root / "scratch"
        self._scratch.mkdir(parents=True, exist_ok=True)

    def scratch(self) -> Path:
        return self._scratch

    def url(self, key: str) -> str:
        return f"{self._base}/{key}"

    async def put(self, source: Path, *, kind: str, suffix: str) -> str:
        key = f"{kind}-{secrets.token_hex(16)}{suffix}"
        try:
            await asyncio.to_thread(self._move, source, self._place(key))
        except OSError as failure:
            if failure.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull("There is no room left for files on this hub. Nothing was stored.") from failure
            raise
        return key

    async def path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise NotFound("There is no such file.")
        place = self._place(key)
        if not await asyncio.to_thread(place.is_file):
            raise NotFound("There is no such file.")
        return place

    async def delete(self, key: str) -> None:
        if _KEY.fullmatch(key):
            await asyncio.to_thread(self._place(key).unlink, missing_ok=True)

    async def keys(self) -> AsyncIterator[str]:
        for place in await asyncio.to_thread(lambda: sorted(self._root.glob("??/*"))):
            yield place.name

    def _place(self, key: str) -> Path:
        shard = key.split("-", 1)[1][:2]
        return self._root / shard / key

    def _move(self, source: Path, place: Path) -> None:
        place.parent.mkdir(exist_ok=True)
        try:
            os.replace(source, place)  # noqa: PTH105  the pair of replace and copy reads better this way
        except OSError as failure:
            if failure.errno != errno.EXDEV:
                raise
            partial = place.with_suffix(".partial")
            shutil.copyfile(source, partial)
            partial.replace(place)
            source.unlink()
