"""Social, as the composition root sees it."""

from pathlib import Path

from clubkit.module import Module
from social_service.clubs import api as clubs_api
from social_service.clubs import members_api
from social_service.clubs import socket as clubs_socket
from social_service.events import api as events_api
from social_service.feed import api as feed_api
from social_service.feed import comments_api
from social_service.media import api as media_api
from social_service.notifications import api as notifications_api
from social_service.people import api as people_api
from social_service.people import handlers as people_handlers
from social_service.tables import Base

MODULE = Module(
    name="social_service",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=[
        people_api.router,
        clubs_api.router,
        members_api.router,
        events_api.router,
        feed_api.router,
        comments_api.router,
        media_api.router,
        notifications_api.router,
    ],
    sockets=[clubs_socket.sockets],
    consumers=[people_handlers.consumer],
    jobs=[],
    recurring=[],
)
