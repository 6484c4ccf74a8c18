"""A hub with social in it, and a few ways to say what happens there."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any, TypeVar

import pytest
from PIL import Image
from sqlalchemy import select

from clubkit.contracts.base import Fact
from clubkit.db.models import OutboxRow
from clubkit.testing.hub import Person, TestHub
from social_service.module import MODULE

F = TypeVar("F", bound=Fact)


@dataclass
class Social:
    """Social, spoken to as its members do."""

    hub: TestHub

    async def member(self, name: str, *, admin: bool = False) -> Person:
        return await self.hub.member(name, admin=admin)

    async def found(self, owner: Person, name: str = "Riverside FC", **more: Any) -> dict[str, Any]:
        self.hub.clock.advance(timedelta(seconds=1))
        response = await owner.http.post("clubs", json={"name": name, "sport": "football", "hue": 152} | more)
        assert response.status_code == 201, response.text
        return dict(response.json())

    async def join(self, who: Person, club: dict[str, Any], **more: Any) -> dict[str, Any]:
        response = await who.http.post(f"clubs/{club['id']}/join", json=more)
        return {"status": response.status_code, **response.json()}

    async def leave(self, who: Person, club: dict[str, Any]) -> int:
        return (await who.http.post(f"clubs/{club['id']}/leave")).status_code

    async def promote(self, by: Person, who: Person, club: dict[str, Any], role: str) -> int:
        return (await by.http.put(f"clubs/{club['id']}/members/{who.id}", json={"role": role})).status_code

    async def get(self, who: Person, path: str, **query: Any) -> dict[str, Any]:
        response = await who.http.get(path, params=query)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def post(self, who: Person, text: str = "Great match today.", **more: Any) -> dict[str, Any]:
        self.hub.clock.advance(timedelta(seconds=1))
        response = await who.http.post("posts", json={"text": text} | more)
        assert response.status_code == 201, response.text
        return dict(response.json())

    async def told(self, kind: type[F]) -> list[F]:
        """The facts of this kind that went into the log, in order."""
        query = select(OutboxRow.payload).where(OutboxRow.type == kind.type_name()).order_by(OutboxRow.id)
        async with self.hub.works.reading() as work:
            return [kind.model_validate_json(payload) for payload in await work.session.scalars(query)]

    async def upload(self, who: Person, data: bytes | None = None, **fields: str) -> Any:
        return await who.http.post("media", files={"file": ("photo.png", data or png())}, data=fields)


def png(width: int = 900, height: int = 600, colour: str = "#3a6ea5") -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
async def social(make_hub: Any) -> Social:
    return Social(await make_hub(MODULE))


@pytest.fixture
async def anna(social: Social) -> Person:
    return await social.member("Anna Berg")


@pytest.fixture
async def ben(social: Social) -> Person:
    return await social.member("Ben Okafor")


@pytest.fixture
async def cleo(social: Social) -> Person:
    return await social.member("Cleo Marsh")
