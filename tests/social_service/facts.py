"""Reading the log in a test."""

from typing import TypeVar

from sqlalchemy import select

from clubkit.contracts.base import Fact
from clubkit.db.models import OutboxRow
from clubkit.testing.hub import TestHub

F = TypeVar("F", bound=Fact)


async def published(hub: TestHub, kind: type[F]) -> list[F]:
    """The facts of a kind that were published, in order."""
    async with hub.works.reading() as work:
        query = select(OutboxRow.payload).where(OutboxRow.type == kind.type_name()).order_by(OutboxRow.id)
        return [kind.model_validate_json(payload) for payload in await work.session.scalars(query)]
