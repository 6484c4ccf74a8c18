"""Social, as the composition root sees it."""

from pathlib import Path

from clubkit.cache import Redis
from clubkit.log.read_model import ReadModel
from clubkit.module import Module
from clubkit.search.port import SearchIndex
from social_service.achievements import api as achievements_api
from social_service.achievements import handlers as achievements_handlers
from social_service.achievements.earning import HubZone
from social_service.clubs import api as clubs_api
from social_service.clubs import members_api
from social_service.clubs import socket as clubs_socket
from social_service.events import api as events_api
from social_service.events import calendar_api
from social_service.events import handlers as events_handlers
from social_service.events import jobs as events_jobs
from social_service.feed import api as feed_api
from social_service.feed import comments_api
from social_service.feed import feed_api as home_api
from social_service.feed.store import RankedLists, SeenViews
from social_service.feed.store_redis import RedisRankedLists, RedisSeenViews
from social_service.media import api as media_api
from social_service.media import jobs as media_jobs
from social_service.notifications import api as notifications_api
from social_service.notifications import handlers as notifications_handlers
from social_service.people import api as people_api
from social_service.people import handlers as people_handlers
from social_service.reels import api as reels_api
from social_service.reels import jobs as reels_jobs
from social_service.reels.store import RankedReels
from social_service.reels.store_redis import RedisRankedReels
from social_service.search import api as search_api
from social_service.search import handlers as search_handlers
from social_service.search import jobs as search_jobs
from social_service.search.opening import heal_index
from social_service.search.store import RebuildProgress
from social_service.search.store_redis import RedisRebuildProgress
from social_service.settings import RankBudget, SocialSettings
from social_service.tables import Base

MODULE = Module(
    name="social_service",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[
        people_api.router,
        clubs_api.router,
        members_api.router,
        calendar_api.router,
        events_api.router,
        feed_api.router,
        comments_api.router,
        home_api.router,
        search_api.router,
        media_api.router,
        notifications_api.router,
        reels_api.router,
        achievements_api.router,
    ],
    sockets=[clubs_socket.sockets],
    consumers=[
        people_handlers.consumer,
        search_handlers.consumer,
        notifications_handlers.consumer,
        events_handlers.consumer,
        achievements_handlers.badges,
        achievements_handlers.activity,
    ],
    read_models=[ReadModel("search", search_handlers.consumer, job=search_jobs.REINDEX.name)],
    jobs=[search_jobs.REINDEX, *events_jobs.JOBS, *reels_jobs.JOBS, *media_jobs.JOBS],
    recurring=[*events_jobs.RECURRING, *reels_jobs.RECURRING, *media_jobs.RECURRING],
    provides={
        RankedLists: lambda _settings, ports: RedisRankedLists(ports[Redis]),
        SeenViews: lambda _settings, ports: RedisSeenViews(ports[Redis]),
        RebuildProgress: lambda _settings, ports: RedisRebuildProgress(ports[Redis]),
        RankedReels: lambda _settings, ports: RedisRankedReels(ports[Redis]),
        HubZone: lambda settings, _ports: HubZone(settings.section(SocialSettings).zone_info),
        RankBudget: lambda settings, _ports: settings.section(SocialSettings).rank_budget,
    },
    indexes={SearchIndex: "search"},
    open=heal_index,
)
