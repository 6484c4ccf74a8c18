"""A hub with social in it, and a few ways to say what happens there."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from clubkit.testing.hub import Person, TestHub
from social_service.module import MODULE


@dataclass
class Social:
    """Social, spoken to as its members do."""

    hub: TestHub

    async def member(self, name: str, *, admin: bool = False) -> Person:
        return await self.hub.member(name, admin=admin)

    async def found(self, owner: Person, name: str = "Riverside FC", **more: Any) -> dict[str, Any]:
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
        response = await who.http.post("posts", json={"text": text} | more)
        assert response.status_code == 201, response.text
        return dict(response.json())

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
