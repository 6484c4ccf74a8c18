"""Password hashes: Argon2id in a few threads of its own, so that a flood queues instead of taking all memory."""

import asyncio
import base64
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from auth_service.settings import LEAST_MEMORY_KIB, AuthSettings
from clubkit.errors import Unavailable

T = TypeVar("T")

LONGEST_QUEUE = 100
"""Hashes that may wait. Behind 2 threads of 80 ms each the last one waits 4 s; more are sent away."""


class Passwords:
    """Hashes and checks passwords; at most `hashes_at_once` at a time, which bounds the memory they take."""

    def __init__(self, settings: AuthSettings, *, is_production: bool = False) -> None:
        if is_production and settings.argon2_memory_kib < LEAST_MEMORY_KIB:
            raise ValueError(f"HUB_AUTH_ARGON2_MEMORY_KIB must be {LEAST_MEMORY_KIB} or more in production")
        self._hasher = PasswordHasher(
            time_cost=settings.argon2_passes, memory_cost=settings.argon2_memory_kib, parallelism=1, type=Type.ID
        )
        self._nobodys = _hash_of_nothing(settings)
        self._threads = ThreadPoolExecutor(settings.hashes_at_once, thread_name_prefix="argon2")
        self._queued = 0

    async def hash(self, password: str) -> str:
        """Raises Unavailable when too many wait already."""
        return await self._run(lambda: self._hasher.hash(password))

    async def matches(self, stored: str | None, password: str) -> bool:
        """Whether this is the password. Without a stored hash it takes as long and answers no. Raises Unavailable."""
        right = await self._run(lambda: self._check(stored or self._nobodys, password))
        return right and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        if self._queued >= LONGEST_QUEUE:
            raise Unavailable("Very many people are signing in just now. Please try again in a moment.", retry_after=3)
        self._queued += 1
        try:
            # An own pool: a caller who hangs up leaves its thread busy, and the pool still counts it.
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._queued -= 1

    def _check(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False


def _hash_of_nothing(settings: AuthSettings) -> str:
    """A well-formed hash with today's parameters that no password has: checked for addresses nobody has."""
    salt, digest = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={settings.argon2_memory_kib},t={settings.argon2_passes},p=1${salt}${digest}"
