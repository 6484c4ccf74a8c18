"""Chat messages that live in a document database: every document as the server keeps it, one after the other."""

import gzip
from pathlib import Path
from typing import IO, cast

from clubkit.settings import Settings
from gateway.backup.errors import OtherMessages


async def save_documents(settings: Settings, target: Path) -> int | None:
    """Answers how many there were; None where messages are kept in the tables."""
    if not settings.messages_url:
        return None
    from gateway.backup.documents_mongo import documents  # only a hub with such a server has its client

    saved = 0
    with gzip.open(target, "wb", compresslevel=3) as file:
        async for document in documents(settings.messages_url):
            file.write(document)
            saved += 1
    return saved


async def load_documents(settings: Settings, source: Path) -> int:
    """Puts the saved documents in place of what is there."""
    from gateway.backup.documents_mongo import replace_documents

    with gzip.open(source, "rb") as file:
        return await replace_documents(settings.messages_url, cast("IO[bytes]", file))


def expect_same_kind(settings: Settings, documents: int | None) -> None:
    """Raises OtherMessages."""
    if (documents is None) == bool(settings.messages_url):
        raise OtherMessages
