"""Signing keys: sealed at rest, published ahead, rotated without anybody noticing."""

import asyncio
import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from auth_service.tokens.jobs import ROTATE_KEYS
from auth_service.tokens.models import SigningKey, SigningKeyRow
from auth_service.tokens.sealing import Seal, SealBrokenError
from auth_service.tokens.service import (
    PUBLISHED_AHEAD,
    SIGNS_FOR,
    VERIFIES_ON,
    SigningKeys,
    current,
    next_due,
    verifying,
)
from clubkit.identity import Caller, TokenRefused, TokenVerifier
from clubkit.ids import MemberId, new_id
from clubkit.tokens import ACCESS_LIFETIME

START = datetime(2026, 3, 14, 12, tzinfo=UTC)


def caller(hub: Any) -> Caller:
    return Caller(MemberId(new_id()), "anna", "Anna Berg", new_id(), hub.clock() + ACCESS_LIFETIME)


async def sign(hub: Any) -> str:
    return (await hub.port(SigningKeys).signer()).sign(caller(hub), now=hub.clock())


async def jwks(hub: Any) -> Any:
    response = await hub.http().get("http://hub.test/.well-known/jwks.json")
    assert response.status_code == 200
    return response.json()["keys"]


async def test_a_token_is_verified_with_the_published_key_alone(door: Any) -> None:
    [key] = await jwks(door.hub)
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("OKP", "Ed25519", "EdDSA", "sig")
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))
    token = await sign(door.hub)
    assert jwt.get_unverified_header(token)["kid"] == key["kid"]
    whenever: Any = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(token, public, algorithms=["EdDSA"], audience="hub", options=whenever)
    assert claims["exp"] - claims["iat"] == 600


async def test_the_list_of_keys_may_be_cached_for_less_than_keys_are_announced(door: Any) -> None:
    response = await door.hub.http().get("http://hub.test/.well-known/jwks.json")
    assert response.headers["cache-control"] == "public, max-age=300"
    assert timedelta(seconds=300) < PUBLISHED_AHEAD
    assert "d" not in response.json()["keys"][0]


async def test_the_private_half_is_sealed_in_the_table(door: Any) -> None:
    private = (await door.hub.port(SigningKeys).signer()).key.private_bytes_raw()
    async with door.hub.works.reading() as work:
        row = await work.session.scalar(select(SigningKeyRow))
    assert private not in row.sealed
    assert Seal(door.hub.settings.secret).open(row.sealed, row.key_id) == private


async def test_rotation_keeps_tokens_of_the_key_before_alive(door: Any) -> None:
    hub = door.hub
    verifier = hub.port(TokenVerifier)
    [first] = await jwks(hub)
    hub.clock.advance(SIGNS_FOR - PUBLISHED_AHEAD)
    await hub.port(SigningKeys).prepare()
    announced = await jwks(hub)
    assert len(announced) == 2
    assert jwt.get_unverified_header(await sign(hub))["kid"] == first["kid"], "announced, not yet signing"
    hub.clock.advance(PUBLISHED_AHEAD - timedelta(seconds=1))
    old = await sign(hub)
    hub.clock.advance(timedelta(seconds=1))
    assert jwt.get_unverified_header(await sign(hub))["kid"] == announced[0]["kid"]
    hub.clock.advance(ACCESS_LIFETIME - timedelta(seconds=2))
    await verifier.verify(old)
    await verifier.verify(await sign(hub))


async def test_a_key_whose_tokens_have_run_out_is_dropped(door: Any) -> None:
    hub = door.hub
    hub.clock.advance(SIGNS_FOR - PUBLISHED_AHEAD)
    await hub.port(SigningKeys).prepare()
    hub.clock.advance(PUBLISHED_AHEAD + VERIFIES_ON)
    await hub.port(SigningKeys).prepare()
    assert len(await jwks(hub)) == 1
    async with hub.works.reading() as work:
        assert list(await work.session.scalars(select(SigningKeyRow.generation))) == [2]


async def test_the_clock_rotates_by_a_job(door: Any) -> None:
    hub = door.hub
    hub.clock.advance(SIGNS_FOR)
    async with hub.works.open() as work:
        work.schedule(ROTATE_KEYS.name)
    assert await hub.run_jobs() == ["done"]
    hub.clock.advance(timedelta(seconds=30))
    assert len(await jwks(hub)) == 2


async def test_processes_that_start_at_once_make_one_key(door: Any) -> None:
    hub = door.hub
    async with hub.works.open() as work:
        await work.session.delete(await work.session.scalar(select(SigningKeyRow)))
    processes = [SigningKeys(hub.works, hub.settings.secret) for _ in range(5)]
    await asyncio.gather(*(process.prepare() for process in processes))
    assert len({(await process.signer()).key_id for process in processes}) == 1


async def test_another_processs_new_key_is_found_when_its_first_token_shows_up(door: Any) -> None:
    hub = door.hub
    other = SigningKeys(hub.works, hub.settings.secret)
    await other.prepare()
    hub.clock.advance(SIGNS_FOR)
    await other.prepare()
    hub.clock.advance(PUBLISHED_AHEAD)
    token = (await other.signer()).sign(caller(hub), now=hub.clock())
    assert (await hub.port(TokenVerifier).verify(token)).name == "Anna Berg"


async def test_unknown_key_ids_do_not_reach_the_table_each_time(door: Any) -> None:
    hub = door.hub
    keys = hub.port(SigningKeys)
    looks = 0
    real = keys._works.reading

    def counted(*arguments: Any) -> Any:
        nonlocal looks
        looks += 1
        return real(*arguments)

    keys._works.reading = counted
    hub.clock.advance(timedelta(minutes=1))
    for _ in range(20):
        assert await keys.find(new_id()) is None
    assert looks == 1


async def test_a_key_of_a_strangers_making_is_refused(door: Any) -> None:
    [key] = await jwks(door.hub)
    who = caller(door.hub)
    claims = {
        "iss": "clubholohub", "aud": "hub", "sub": who.member_id, "sid": who.session_id, "handle": "a", "name": "a",
        "iat": 1, "exp": int(who.expires_at.timestamp()), "admin": True,
    }  # fmt: skip
    headers = {"kid": key["kid"], "typ": "at+jwt"}
    forged = [
        jwt.encode(claims, Ed25519PrivateKey.generate(), algorithm="EdDSA", headers=headers),
        jwt.encode(claims, None, algorithm="none", headers=headers),
        jwt.encode(claims, base64.urlsafe_b64decode(key["x"] + "="), algorithm="HS256", headers=headers),
    ]
    for token in forged:
        with pytest.raises(TokenRefused):
            await door.hub.port(TokenVerifier).verify(token)


def test_a_seal_opens_for_its_own_secret_and_name_alone() -> None:
    sealed = Seal(b"secret").close(b"private", "one")
    assert Seal(b"secret").open(sealed, "one") == b"private"
    for seal, changed, name in (
        (Seal(b"another"), sealed, "one"),
        (Seal(b"secret"), sealed, "two"),
        (Seal(b"secret"), sealed[:-1] + bytes([sealed[-1] ^ 1]), "one"),
        (Seal(b"secret"), b"", "one"),
    ):
        with pytest.raises(SealBrokenError):
            seal.open(changed, name)


@given(st.lists(st.floats(0, 40), min_size=1, max_size=60))
def test_at_every_moment_one_key_signs_and_every_living_token_verifies(days: list[float]) -> None:
    public = Ed25519PrivateKey.generate().public_key()
    keys: list[SigningKey] = []
    signed: list[tuple[int, datetime]] = []
    now = START
    for step in days:
        if (signs_from := next_due(keys, now)) is not None:
            number = keys[0].generation + 1 if keys else 1
            keys = [SigningKey(number, str(number), public, b"", signs_from), *keys]
        keys = verifying(keys, now)
        signing = current(keys, now)
        assert signing is not None
        assert signing in keys
        signed = [(number, until) for number, until in signed if until > now]
        assert all(any(key.generation == number for key in keys) for number, _ in signed)
        signed.append((signing.generation, now + ACCESS_LIFETIME))
        now += timedelta(days=step)
