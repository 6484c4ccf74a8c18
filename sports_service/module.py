"""Sports, as the composition root sees it."""

from pathlib import Path

from clubkit.module import Module
from sports_service.catalogue import api as catalogue_api
from sports_service.ingest import api as ingest_api
from sports_service.ingest import demo
from sports_service.leaderboards import api as leaderboards_api
from sports_service.leaderboards import handlers as leaderboards_handlers
from sports_service.picks import api as picks_api
from sports_service.picks import handlers as picks_handlers
from sports_service.picks import jobs as picks_jobs
from sports_service.picks import socket as picks_socket
from sports_service.tables import Base

MODULE = Module(
    name="sports_service",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[catalogue_api.router, picks_api.router, leaderboards_api.router, ingest_api.router],
    sockets=[picks_socket.sockets],
    consumers=[leaderboards_handlers.consumer, picks_handlers.consumer],
    jobs=[*picks_jobs.JOBS, *demo.JOBS],
    recurring=[*demo.RECURRING],
)
