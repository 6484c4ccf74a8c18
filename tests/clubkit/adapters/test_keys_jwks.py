"""Verifying tokens with the keys of an auth that runs elsewhere."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from auth_service.accounts.admin import create_member
from auth_service.module import MODULE as AUTH
from auth_service.tokens.service import SIGNS_FOR, SigningKeys
from clubkit.adapters.keys_jwks import AuthAway, JwksKeys
from clubkit.identity import TokenRefused
from clubkit.testing.hub import TestHub
from clubkit.tokens import JwtVerifier


class Line(httpx.AsyncBaseTransport):
    """The network to auth: counts what goes over it, and can be cut."""

    def __init__(self, hub: TestHub) -> None:
        self.calls = 0
        self.is_cut = False
        self._inner = httpx.ASGITransport(hub.application)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.calls += 1
        if self.is_cut:
            raise httpx.ConnectError("the line is cut")
        return await self._inner.handle_async_request(request)


@pytest.fixture
async def auth(make_hub: Any, monkeypatch: pytest.MonkeyPatch) -> TestHub:
    monkeypatch.setenv("HUB_AUTH_ARGON2_MEMORY_KIB", "8")
    hub: TestHub = await make_hub(AUTH, own_tokens=False)
    await create_member(hub.works, "anna@example.org", "Anna Berg", "correct horse battery")
    return hub


@pytest.fixture
def line(auth: TestHub) -> Line:
    return Line(auth)


@pytest.fixture
async def keys(auth: TestHub, line: Line) -> AsyncIterator[JwksKeys]:
    async with httpx.AsyncClient(transport=line, base_url="http://auth.test") as client:
        keys = JwksKeys(client, auth.clock)
        yield keys
        await keys.close()


async def sign_in(auth: TestHub) -> str:
    credentials = {"email": "anna@example.org", "password": "correct horse battery"}
    return str((await auth.http().post("auth/sign-in", json=credentials)).json()["access_token"])


async def test_a_token_that_auth_signed_is_taken_elsewhere_and_asks_auth_once(
    auth: TestHub, line: Line, keys: JwksKeys
) -> None:
    verifier = JwtVerifier(keys.find, auth.clock)
    token = await sign_in(auth)
    assert {(await verifier.verify(token)).name for _ in range(5)} == {"Anna Berg"}
    assert line.calls == 1


async def test_a_token_of_a_new_key_is_taken_as_soon_as_it_shows_up(auth: TestHub, line: Line, keys: JwksKeys) -> None:
    await keys.ready()
    auth.clock.advance(SIGNS_FOR)
    await auth.port(SigningKeys).prepare()
    auth.clock.advance(timedelta(hours=2))
    verified = await JwtVerifier(keys.find, auth.clock).verify(await sign_in(auth))
    assert (verified.name, line.calls) == ("Anna Berg", 2)


async def test_noise_does_not_send_us_to_auth_again_and_again(auth: TestHub, line: Line, keys: JwksKeys) -> None:
    await keys.ready()
    for number in range(50):
        assert await keys.find(f"made-up-{number}") is None
    assert line.calls <= 2


async def test_known_keys_outlive_an_auth_that_is_away(auth: TestHub, line: Line, keys: JwksKeys) -> None:
    verifier = JwtVerifier(keys.find, auth.clock)
    await verifier.verify(await sign_in(auth))
    auth.clock.advance(timedelta(hours=1))
    token = await sign_in(auth)
    line.is_cut = True
    assert (await verifier.verify(token)).name == "Anna Berg"


async def test_an_unknown_key_is_no_refusal_while_auth_cannot_be_asked(
    auth: TestHub, line: Line, keys: JwksKeys
) -> None:
    """A 401 would sign members out of their apps; this is our trouble and not theirs."""
    verifier = JwtVerifier(keys.find, auth.clock)
    token = await sign_in(auth)
    line.is_cut = True
    with pytest.raises(AuthAway):
        await keys.ready()
    with pytest.raises(AuthAway):
        await verifier.verify(token)
    line.is_cut = False
    auth.clock.advance(timedelta(seconds=2))
    assert (await verifier.verify(token)).name == "Anna Berg"


async def test_a_forged_key_is_refused(auth: TestHub, keys: JwksKeys, make_hub: Any) -> None:
    await keys.ready()
    member = auth.person("m", "mallory", "Mallory")  # type: ignore[arg-type]
    with pytest.raises(TokenRefused):
        await JwtVerifier(keys.find, auth.clock).verify(member.token)
