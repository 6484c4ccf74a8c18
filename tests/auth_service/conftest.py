"""A hub with auth in it, and people who come to its door with a browser."""

import re
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from auth_service.module import MODULE
from clubkit.db.models import OutboxRow
from clubkit.mail.port import Mail
from clubkit.testing.hub import TestHub

PASSWORD = "correct horse battery"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real Argon2id, with parameters that take microseconds; limits wide enough for tests that are not about them."""
    monkeypatch.setenv("HUB_AUTH_ARGON2_MEMORY_KIB", "8")
    monkeypatch.setenv("HUB_AUTH_ARGON2_PASSES", "1")
    monkeypatch.setenv("HUB_AUTH_LIMIT_FACTOR", "1000")


@dataclass
class Browser:
    """A cookie jar, and the token the app holds in memory."""

    http: httpx.AsyncClient
    token: str = ""

    def cookie(self, name: str) -> str:
        return self.http.cookies.get(name) or ""

    @property
    def refresh_cookie(self) -> str:
        return self.cookie("hub_refresh")

    async def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return await self.http.post(path, json=body, headers={**self._bearer(), **headers})

    async def get(self, path: str) -> httpx.Response:
        return await self.http.get(path, headers=self._bearer())

    async def delete(self, path: str) -> httpx.Response:
        return await self.http.delete(path, headers=self._bearer())

    async def sign_in(self, email: str, password: str = PASSWORD) -> httpx.Response:
        return self._remember(await self.post("auth/sign-in", {"email": email, "password": password}))

    async def verify(self, token: str) -> httpx.Response:
        return self._remember(await self.post("auth/verify", {"token": token}))

    async def refresh(self, token: str | None = None, *, csrf: str | None = None) -> httpx.Response:
        """With the jar's cookie, or as somebody who kept another token."""
        proof = self.cookie("csrf") if csrf is None else csrf
        headers = {"X-CSRF-Token": proof}
        if token is not None:
            headers["Cookie"] = f"hub_refresh={token}; csrf={proof}"
            async with httpx.AsyncClient(transport=self.http._transport, base_url=self.http.base_url) as client:
                return await client.post("auth/refresh", headers=headers)
        return self._remember(await self.post("auth/refresh", **headers))

    async def sign_out(self) -> httpx.Response:
        return await self.post("auth/sign-out", **{"X-CSRF-Token": self.cookie("csrf")})

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def _remember(self, response: httpx.Response) -> httpx.Response:
        if response.status_code == 200:
            self.token = response.json()["access_token"]
        return response


@dataclass
class Door:
    """The hub as somebody without an account meets it."""

    hub: TestHub

    def browser(
        self, user_agent: str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    ) -> Browser:
        http = self.hub.http()
        http.headers["user-agent"] = user_agent
        return Browser(http)

    async def register(self, name: str, email: str, password: str = PASSWORD, **more: Any) -> httpx.Response:
        form = {"name": name, "email": email, "password": password, **more}
        response = await self.browser().post("auth/register", form)
        await self.hub.settle(jobs=True)
        return response

    async def letters(self, to: str) -> list[Any]:
        """The mails to somebody, newest first."""
        box: Any = self.hub.port(Mail)
        return [message for _, message in await box.letters() if message["To"] == to]

    async def link(self, to: str, subject: str) -> str:
        """The token of the link in the newest mail with this subject."""
        for message in await self.letters(to):
            if message["Subject"] == subject:
                text = message.get_body(("plain",)).get_content()
                found = re.search(r"token=([\w-]+)", text)
                assert found, text
                return found[1]
        raise AssertionError(f"no mail {subject!r} to {to}")

    async def facts(self) -> list[str]:
        """The types of all facts published so far, in order."""
        async with self.hub.works.reading() as work:
            return list(await work.session.scalars(select(OutboxRow.type).order_by(OutboxRow.id)))

    async def member(self, name: str, email: str, password: str = PASSWORD) -> Browser:
        """Registered, verified by mail, signed in."""
        await self.register(name, email, password)
        browser = self.browser()
        response = await browser.verify(await self.link(email, "Confirm your address"))
        assert response.status_code == 200, response.text
        return browser


@pytest.fixture
async def door(make_hub: Any) -> Door:
    return Door(await make_hub(MODULE, own_tokens=False))


@pytest.fixture
async def anna(door: Door) -> Browser:
    return await door.member("Anna Berg", "anna@example.org")
