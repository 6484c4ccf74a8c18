"""Every service in one process: the hub as most clubs run it."""

from collections.abc import Sequence

from chat_service.module import MODULE as CHAT
from clubkit.module import Module
from clubkit.serving import Application, Roles
from clubkit.settings import Settings

SERVICES: tuple[Module, ...] = (CHAT,)


def create_app(
    settings: Settings | None = None, *, services: Sequence[Module] = SERVICES, roles: Roles | None = None
) -> Application:
    """One ASGI application of these services; `roles` says what it does in the background."""
    return Application(settings or Settings.load(), services, roles or Roles())
