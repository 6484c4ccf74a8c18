"""A club with clips: small real ones, encoded once for the whole run."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from clubkit.blobs.port import Blobs
from clubkit.testing.hub import Person, TestHub
from tests.clubkit.media.clips import a_clip
from tests.social_service.conftest import Social


@dataclass
class Studio:
    """Anna owns a club; everybody else who is asked for is a member of it."""

    social: Social
    anna: Person
    club: dict[str, Any]
    clip: bytes

    @property
    def hub(self) -> TestHub:
        return self.social.hub

    async def member(self, name: str) -> Person:
        person = await self.social.member(name)
        await self.social.join(person, self.club)
        return person

    async def upload(
        self, by: Person | None = None, data: bytes | None = None, key: str | None = None, **fields: str
    ) -> httpx.Response:
        return await (by or self.anna).http.post(
            "reels", files={"file": ("clip.mp4", data or self.clip)}, data={"club_id": self.club["id"]} | fields,
            headers={"Idempotency-Key": key} if key else {},
        )  # fmt: skip

    async def reel(self, by: Person | None = None, **fields: str) -> dict[str, Any]:
        """A reel that is ready to be watched."""
        response = await self.upload(by, **fields)
        assert response.status_code == 202, response.text
        await self.hub.settle(jobs=True)
        return await self.page(response.json()["reel"], by)

    async def page(self, reel: dict[str, Any], who: Person | None = None) -> dict[str, Any]:
        return await self.social.get(who or self.anna, f"reels/{reel['id']}")

    def scratch(self) -> list[str]:
        """What lies in scratch."""
        return sorted(file.name for file in self.hub.port(Blobs).scratch().iterdir())  # type: ignore[type-abstract]

    async def files(self) -> list[str]:
        """What is stored for good."""
        return [key async for key in self.hub.port(Blobs).keys()]  # noqa: SIM118  not a dict


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return a_clip(tmp_path_factory.mktemp("clips") / "clip.mp4", seconds=1.0).read_bytes()


@pytest.fixture(scope="session")
def long_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    return a_clip(folder / "long.mp4", seconds=93, size=(64, 48), rate=2, sound=False)


@pytest.fixture
async def studio(social: Social, anna: Person, clip: bytes) -> Studio:
    return Studio(social, anna, await social.found(anna), clip)


@pytest.fixture
async def ben(studio: Studio) -> Person:
    return await studio.member("Ben Okafor")
