"""A push service that this hub may reach, as only tests may."""

from collections.abc import AsyncIterator

import pytest

from chat_service.settings import PushRules
from tests.chat_service.conftest import Chat
from tests.chat_service.pushes.device import PushService, a_push_service


@pytest.fixture
async def service(chat: Chat) -> AsyncIterator[PushService]:
    async with a_push_service() as service:
        chat.hub.ports.provide(PushRules, PushRules(trusted=service.place, contact="mailto:hub@club.example"))
        yield service
