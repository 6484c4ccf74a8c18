"""The feature store, as the composition root sees it."""

from datetime import timedelta
from pathlib import Path

from clubkit.cache import Redis
from clubkit.jobs.port import Every, Job
from clubkit.log.read_model import Kept, ReadModel
from clubkit.module import Module
from feature_store.ingest import handlers
from feature_store.offline.models import StagedRow
from feature_store.online import api
from feature_store.online.store import OnlineStore
from feature_store.online.store_redis import OnlineBeside, RedisOnlineStore
from feature_store.tables import Base

MODULE = Module(
    name="feature_store",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[api.router],
    consumers=[handlers.consumer],
    read_models=[
        ReadModel(
            "features",
            handlers.consumer,
            tables=[Kept(StagedRow, is_result=False)],
            store=lambda ports: OnlineBeside(ports[Redis]),
        )
    ],
    jobs=[Job("features.flush", "feature_store.offline.jobs:flush")],
    recurring=[Every("features.flush", timedelta(minutes=10))],
    provides={OnlineStore: lambda _settings, ports: RedisOnlineStore(ports[Redis])},
)
