"""Access tokens that come again: known to be good for as long as their key is, and not a moment longer."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from clubkit import tokens
from clubkit.identity import Caller, TokenExpired, TokenRefused
from clubkit.ids import MemberId, new_id
from clubkit.tokens import JwtVerifier, TokenSigner

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Keys:
    """One key, and how often a signature was computed with it."""

    def __init__(self) -> None:
        self.private = Ed25519PrivateKey.generate()
        self.known: dict[str, Ed25519PublicKey] = {"k": self.private.public_key()}
        self.now = NOW
        self.verifier = JwtVerifier(self.find, lambda: self.now)

    async def find(self, key_id: str) -> Ed25519PublicKey | None:
        return self.known.get(key_id)

    def token(self, name: str = "Anna", minutes: int = 10) -> str:
        caller = Caller(MemberId(new_id()), name.lower(), name, new_id(), NOW + timedelta(minutes=minutes))
        return TokenSigner(self.private, "k").sign(caller, now=NOW)


@pytest.fixture
def keys() -> Keys:
    return Keys()


async def test_a_token_that_comes_again_is_the_same_member(keys: Keys) -> None:
    anna, ben = keys.token("Anna"), keys.token("Ben")
    assert [(await keys.verifier.verify(token)).name for token in (anna, ben, anna)] == ["Anna", "Ben", "Anna"]


async def test_a_token_whose_key_is_withdrawn_is_refused_though_it_was_good_before(keys: Keys) -> None:
    token = keys.token()
    await keys.verifier.verify(token)
    del keys.known["k"]
    with pytest.raises(TokenRefused):
        await keys.verifier.verify(token)


async def test_a_token_whose_key_id_means_another_key_now_is_refused(keys: Keys) -> None:
    token = keys.token()
    await keys.verifier.verify(token)
    keys.known["k"] = Ed25519PrivateKey.generate().public_key()
    for _ in range(2):
        with pytest.raises(TokenRefused):
            await keys.verifier.verify(token)


async def test_a_token_that_was_good_expires_all_the_same(keys: Keys) -> None:
    token = keys.token(minutes=1)
    await keys.verifier.verify(token)
    keys.now += timedelta(minutes=1)
    for _ in range(2):
        with pytest.raises(TokenExpired):
            await keys.verifier.verify(token)


async def test_more_tokens_than_are_remembered_are_all_taken(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "REMEMBERED", 3)
    many = [keys.token(f"M{number}") for number in range(10)]
    for _ in range(2):
        assert [(await keys.verifier.verify(token)).name for token in many] == [f"M{number}" for number in range(10)]
