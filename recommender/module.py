"""The recommender, as the composition root sees it."""

from datetime import timedelta
from pathlib import Path

from clubkit.cache import Redis
from clubkit.contracts.ranking import Ranker
from clubkit.jobs.port import Every, Job
from clubkit.log.read_model import Kept, ReadModel
from clubkit.module import Module
from clubkit.ports import Ports
from clubkit.settings import Settings
from recommender.catalogue import handlers as catalogue_handlers
from recommender.catalogue.models import ItemRow, MembershipRow, PlaceRow
from recommender.online import api, serving_api, socket
from recommender.online import handlers as online_handlers
from recommender.online.live import LiveRanking
from recommender.online.service import LiveRanker
from recommender.online.sharing import SharedRanking
from recommender.online.store import OnlineStore
from recommender.online.store_redis import RedisOnlineStore
from recommender.online.warming import running
from recommender.registry.versions import Registry
from recommender.tables import Base


def _online(_settings: Settings, ports: Ports) -> OnlineStore:
    return RedisOnlineStore(ports[Redis])


MODULE = Module(
    name="recommender",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[api.router],
    root_routers=[serving_api.root_router],
    sockets=[socket.sockets],
    consumers=[catalogue_handlers.consumer, online_handlers.consumer],
    read_models=[
        ReadModel(
            "recommender.catalogue",
            catalogue_handlers.consumer,
            tables=[Kept(ItemRow), Kept(MembershipRow), Kept(PlaceRow)],
        )
    ],
    jobs=[Job("recommender.train", "recommender.training.jobs:train", queue="training", time_limit=timedelta(hours=2))],
    recurring=[Every("recommender.train", timedelta(days=1))],
    provides={
        Registry: lambda settings, _ports: Registry(settings.data_dir / "models"),
        OnlineStore: _online,
        LiveRanking: lambda settings, _ports: SharedRanking() if settings.redis_url else LiveRanking(),
        Ranker: lambda _settings, ports: LiveRanker(ports[LiveRanking], ports[OnlineStore]),
    },
    open=running,
)
