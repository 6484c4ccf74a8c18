"""`Documents` in MongoDB. The one module that knows which client speaks to it.

Motor is at the end of its life and PyMongo's own asyncio client is to follow it. Both are driven by the same lines
here; whoever takes motor out removes `motor_client` and nothing else.
"""

import inspect
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import AsyncMongoClient
from pymongo.errors import DuplicateKeyError, OperationFailure, PyMongoError, WriteConcernError

from clubkit.documents.errors import DocumentsAway
from clubkit.documents.port import Document, Duplicate, Index, Order, Query

MakeClient = Callable[..., Any]

DEFAULTS: dict[str, Any] = {
    "w": "majority",
    "journal": True,
    "serverSelectionTimeoutMS": 2_000,
    "connectTimeoutMS": 2_000,
    "socketTimeoutMS": 10_000,
    "maxPoolSize": 50,
    "appName": "clubholohub",
}
"""Unless the URL says otherwise. An answered write is on disk on most servers of the set."""

_PASSING = frozenset({6, 7, 50, 64, 89, 91, 100, 112, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436})
"""MongoDB's codes of a server that is unreachable, not primary (any more), slow, starting or stopping."""


def motor_client(url: str, **options: Any) -> Any:
    return AsyncIOMotorClient(url, **options)


def pymongo_client(url: str, **options: Any) -> Any:
    return AsyncMongoClient(url, **options)


class MongoDocuments:
    def __init__(self, client: Any, database: str) -> None:
        self._client = client
        self._database = client[database]
        self._collections: dict[str, MongoCollection] = {}

    def collection(self, name: str) -> "MongoCollection":
        if name not in self._collections:
            self._collections[name] = MongoCollection(self._database[name])
        return self._collections[name]

    async def ping(self) -> None:
        with _told_apart():
            await self._database.command("ping")

    async def close(self) -> None:
        if inspect.isawaitable(closing := self._client.close()):
            await closing


class MongoCollection:
    def __init__(self, collection: Any) -> None:
        self._collection = collection
        self._ensured: set[str] = set()

    async def ensure(self, indexes: Sequence[Index]) -> None:
        for index in indexes:
            if index.name in self._ensured:
                continue
            options: dict[str, Any] = {"partialFilterExpression": dict(index.only)} if index.only else {}
            with _told_apart():
                await self._collection.create_index(list(index.fields), name=index.name, unique=index.unique, **options)
            self._ensured.add(index.name)

    async def insert(self, document: Document) -> None:
        with _told_apart():
            await self._collection.insert_one(document)

    async def find(self, query: Query, *, order: Order = (), limit: int = 0) -> list[Document]:
        with _told_apart():
            cursor = self._collection.find(dict(query), limit=limit, sort=list(order) or None)
            return list(await cursor.to_list(None))

    async def aggregate(self, pipeline: Sequence[Mapping[str, Any]]) -> list[Document]:
        with _told_apart():
            cursor = self._collection.aggregate([dict(stage) for stage in pipeline])
            if inspect.isawaitable(cursor):  # motor answers the cursor, PyMongo a promise of it
                cursor = await cursor
            return list(await cursor.to_list(None))

    async def update(self, query: Query, change: Mapping[str, Any], *, upsert: bool = False) -> int:
        with _told_apart():
            done = await self._collection.update_many(dict(query), dict(change), upsert=upsert)
        return int(done.matched_count)

    async def count(self, query: Query) -> int:
        with _told_apart():
            return int(await self._collection.count_documents(dict(query)))


@asynccontextmanager
async def open_mongo(url: str, make_client: MakeClient = motor_client) -> AsyncIterator[MongoDocuments]:
    """The database that `url` names (`hub` when it names none). Connects when first asked."""
    parts = urlsplit(url)
    said = {name.lower() for name, _ in parse_qsl(parts.query)}
    options = {name: value for name, value in DEFAULTS.items() if name.lower() not in said}
    client = make_client(url, tz_aware=True, **options)
    documents = MongoDocuments(client, parts.path.strip("/") or "hub")
    try:
        yield documents
    finally:
        await documents.close()


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turns what the driver raises into outcomes. What a server in good health refuses is our mistake, and stays."""
    try:
        yield
    except DuplicateKeyError as taken:
        raise Duplicate from taken
    except PyMongoError as failure:
        if isinstance(failure, OperationFailure) and not _passes(failure):
            raise
        raise DocumentsAway from failure


def _passes(failure: OperationFailure) -> bool:
    """Whether it is the server's state: too few of the set answered, it steps down, starts or stops."""
    return isinstance(failure, WriteConcernError) or failure.code in _PASSING
