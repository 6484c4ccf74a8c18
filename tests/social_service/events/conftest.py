"""A club that plans, and members who answer. It is Saturday, 14 March 2026, noon UTC."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from clubkit.testing.hub import Person, TestHub
from social_service.events.jobs import RECURRING
from tests.social_service.conftest import Social


@dataclass
class Planning:
    """Anna owns a club; everybody else who is asked for is a member of it."""

    social: Social
    anna: Person
    club: dict[str, Any]

    @property
    def hub(self) -> TestHub:
        return self.social.hub

    async def member(self, name: str) -> Person:
        person = await self.social.member(name)
        await self.social.join(person, self.club)
        return person

    def later(self, **span: float) -> None:
        """Lets time pass; Anna stays signed in."""
        self.hub.clock.advance(timedelta(**span))
        token = self.hub.token(self.anna, lifetime=timedelta(days=1))
        self.anna.http.headers["Authorization"] = f"Bearer {token}"

    async def tick(self) -> None:
        """Runs the jobs that recur."""
        async with self.hub.works.open() as work:
            for every in RECURRING:
                work.schedule(every.job)
        assert set(await self.hub.run_jobs()) == {"done"}

    async def members(self, count: int) -> list[Person]:
        return [await self.member(f"Member {number}") for number in range(count)]

    async def schedule(self, by: Person | None = None, **wish: Any) -> httpx.Response:
        body = {"title": "Training", "starts_local": "2026-03-17T18:30:00", "tzid": "Europe/Berlin"} | wish
        return await (by or self.anna).http.post(f"clubs/{self.club['id']}/events", json=body)

    async def event(self, **wish: Any) -> dict[str, Any]:
        """The first date of a new plan."""
        return (await self.series(**wish))[0]

    async def series(self, **wish: Any) -> list[dict[str, Any]]:
        """The first ten dates of a new plan."""
        response = await self.schedule(**wish)
        assert response.status_code == 201, response.text
        return list(response.json()["events"])

    async def answer(self, who: Person, event: dict[str, Any], answer: str = "yes", **more: Any) -> dict[str, Any]:
        response = await who.http.put(f"events/{event['id']}/answer", json={"answer": answer, **more})
        return {"status": response.status_code, **response.json()}

    async def page(self, event: dict[str, Any], who: Person | None = None) -> dict[str, Any]:
        return await self.social.get(who or self.anna, f"events/{event['id']}")

    async def edit(self, event: dict[str, Any], scope: str = "this", by: Person | None = None, **changes: Any) -> Any:
        """Edits the event as it now stands."""
        version = (await self.page(event))["version"]
        return await (by or self.anna).http.patch(
            f"events/{event['id']}", params={"scope": scope}, json=changes, headers={"If-Match": f'"v{version}"'}
        )

    async def cancel(
        self, event: dict[str, Any], scope: str = "this", reason: str = "", by: Person | None = None
    ) -> Any:
        version = (await self.page(event))["version"]
        return await (by or self.anna).http.post(
            f"events/{event['id']}/cancel", params={"scope": scope}, json={"reason": reason},
            headers={"If-Match": f'"v{version}"'},
        )  # fmt: skip

    async def dates(self, who: Person | None = None, **query: Any) -> list[dict[str, Any]]:
        """What the calendar shows for the year to come."""
        span = {"from": "2026-03-14T00:00:00Z", "to": "2027-04-18T00:00:00Z"} | query
        return list((await self.social.get(who or self.anna, "events", **span))["data"])

    async def starts(self, **query: Any) -> list[str]:
        """The wall times of what is to come and not cancelled."""
        return [each["starts_local"] for each in await self.dates(**query) if each["status"] == "scheduled"]


@pytest.fixture
async def planning(social: Social, anna: Person) -> Planning:
    return Planning(social, anna, await social.found(anna))


@pytest.fixture
async def ben(planning: Planning) -> Person:
    return await planning.member("Ben Okafor")


@pytest.fixture
async def cleo(planning: Planning) -> Person:
    return await planning.member("Cleo Marsh")
