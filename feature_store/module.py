"""The feature store, as the composition root sees it."""

from datetime import timedelta
from pathlib import Path

from clubkit.cache import Redis
from clubkit.jobs.port import Every, Job
from clubkit.module import Module
from feature_store.ingest import handlers
from feature_store.online import api
from feature_store.online.store import OnlineStore
from feature_store.online.store_redis import RedisOnlineStore
from feature_store.tables import Base

MODULE = Module(
    name="feature_store",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[api.router],
    consumers=[handlers.consumer],
    jobs=[Job("features.flush", "feature_store.offline.jobs:flush")],
    recurring=[Every("features.flush", timedelta(minutes=10))],
    provides={OnlineStore: lambda _settings, ports: RedisOnlineStore(ports[Redis])},
)
