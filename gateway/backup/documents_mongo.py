"""Reading and writing all of chat's documents in MongoDB, undecoded."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO, Any
from urllib.parse import urlsplit

from bson.raw_bson import RawBSONDocument
from pymongo import AsyncMongoClient

from chat_service.messages.store_mongo_shape import COLLECTION

BATCH = 500
LENGTH = 4
"""A document begins with its own length, little endian."""


async def documents(url: str) -> AsyncIterator[bytes]:
    async with _collection(url) as collection:
        async for document in collection.find({}, sort=[("_id", 1)], batch_size=BATCH):
            yield bytes(document.raw)


async def replace_documents(url: str, source: IO[bytes]) -> int:
    loaded = 0
    async with _collection(url) as collection:
        await collection.delete_many({})
        batch: list[RawBSONDocument] = []
        while length := source.read(LENGTH):
            batch.append(RawBSONDocument(length + source.read(int.from_bytes(length, "little") - LENGTH)))
            if len(batch) == BATCH:
                loaded += await _insert(collection, batch)
        if batch:
            loaded += await _insert(collection, batch)
    return loaded


async def _insert(collection: Any, batch: list[RawBSONDocument]) -> int:
    done = await collection.insert_many(batch)
    batch.clear()
    return len(done.inserted_ids)


@asynccontextmanager
async def _collection(url: str) -> AsyncIterator[Any]:
    client: AsyncMongoClient[RawBSONDocument] = AsyncMongoClient(
        url, document_class=RawBSONDocument, serverSelectionTimeoutMS=5_000, w="majority"
    )
    try:
        yield client[urlsplit(url).path.strip("/") or "hub"][COLLECTION]
    finally:
        await client.close()
