"""What a journey needs before it begins, asked of the hub over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx

from tests.e2e.member import PASSWORD


@asynccontextmanager
async def asking(url: str, who: str) -> AsyncIterator[httpx.AsyncClient]:
    """The hub, as this member of the demo world asks it."""
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as http:
        entered = await http.post("/auth/sign-in", json={"email": f"{who}@demo.club", "password": PASSWORD})
        http.headers["Authorization"] = f"Bearer {entered.json()['access_token']}"
        http.headers["X-CSRF-Token"] = next(value for name, value in http.cookies.items() if "csrf" in name)
        yield http


async def id_of(url: str, who: str) -> str:
    async with asking(url, who) as http:
        return str((await http.get("/me")).json()["id"])


async def a_room(owner: httpx.AsyncClient, title: str, *members: str) -> str:
    """A room of her first club with her and these members (by id) in it; its id."""
    club = (await owner.get("/me")).json()["clubs"][0]["id"]
    body = {"kind": "private", "club_id": club, "title": title, "members": members}
    made = await owner.post("/rooms", json=body, headers={"Idempotency-Key": str(uuid4())})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])
