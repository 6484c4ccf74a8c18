"""Every service in one process: the hub as most clubs run it."""

from collections.abc import Sequence

from auth_service.module import MODULE as AUTH
from chat_service.module import MODULE as CHAT
from clubkit.module import Module
from clubkit.serving import Application, Roles
from clubkit.settings import Settings
from feature_store.module import MODULE as FEATURES
from recommender.module import MODULE as RECOMMENDER
from social_service.module import MODULE as SOCIAL
from sports_service.module import MODULE as SPORTS

SERVICES: tuple[Module, ...] = (AUTH, SOCIAL, CHAT, SPORTS, FEATURES, RECOMMENDER)


def create_app(
    settings: Settings | None = None, *, services: Sequence[Module] = SERVICES, roles: Roles | None = None
) -> Application:
    """One ASGI application of these services; `roles` says what it does in the background."""
    return Application(settings or Settings.load(), services, roles or Roles(relays=True))
