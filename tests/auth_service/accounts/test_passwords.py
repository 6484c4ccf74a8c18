"""Hashing: strong, bounded, and as slow for nobody as for somebody."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from auth_service.accounts.passwords import LONGEST_QUEUE, Passwords
from auth_service.settings import AuthSettings
from clubkit.errors import Unavailable


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords(AuthSettings())
    yield made
    made.close()


async def test_a_password_matches_its_hash_and_no_other(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse battery")
    assert stored.startswith("$argon2id$")
    assert await passwords.matches(stored, "correct horse battery")
    assert not await passwords.matches(stored, "correct horse batterY")


async def test_equal_passwords_have_different_hashes(passwords: Passwords) -> None:
    assert await passwords.hash("correct horse battery") != await passwords.hash("correct horse battery")


async def test_nobodys_password_is_checked_with_the_same_parameters(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse battery")
    assert passwords._nobodys.split("$")[:4] == stored.split("$")[:4]
    assert len(passwords._nobodys) == len(stored)
    assert not await passwords.matches(None, "correct horse battery")


async def test_a_hash_that_is_damaged_matches_nothing(passwords: Passwords) -> None:
    assert not await passwords.matches("$argon2id$v=19$nonsense", "correct horse battery")


async def test_a_flood_is_queued_in_few_threads_and_then_sent_away(passwords: Passwords) -> None:
    stored = await passwords.hash("correct horse battery")
    outcomes = await asyncio.gather(
        *(passwords.matches(stored, "correct horse battery") for _ in range(LONGEST_QUEUE + 30)), return_exceptions=True
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, Unavailable)]
    assert len(refused) == 30
    assert outcomes.count(True) == LONGEST_QUEUE
    assert refused[0].retry_after
    assert (
        sum(thread.name.startswith("argon2") for thread in threading.enumerate()) <= 2 * AuthSettings().hashes_at_once
    )
    assert await passwords.matches(stored, "correct horse battery")


def test_parameters_of_another_day_are_outdated(passwords: Passwords) -> None:
    weaker = passwords._hasher.hash("x")
    stronger = Passwords(AuthSettings(argon2_memory_kib=64, argon2_passes=2))
    assert stronger.is_outdated(weaker)
    assert not passwords.is_outdated(weaker)


def test_production_takes_no_cheap_hashes() -> None:
    with pytest.raises(ValueError, match="HUB_AUTH_ARGON2_MEMORY_KIB"):
        Passwords(AuthSettings(argon2_memory_kib=8), is_production=True)


def test_the_defaults_are_fit_for_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUB_AUTH_ARGON2_MEMORY_KIB")
    monkeypatch.delenv("HUB_AUTH_ARGON2_PASSES")
    Passwords(AuthSettings(), is_production=True).close()
    assert AuthSettings().argon2_passes >= 2
