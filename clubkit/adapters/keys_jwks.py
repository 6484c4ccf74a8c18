"""The public keys of another process's auth, by its JWKS (RFC 7517): cached, and kept while auth is away."""

import asyncio
import base64
import contextlib
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from clubkit.clock import Clock
from clubkit.errors import Unavailable

log = structlog.get_logger("keys")

PATH = "/.well-known/jwks.json"
FRESH_FOR = timedelta(minutes=5)
"""After this long the list is fetched again, so that a withdrawn key stops verifying."""
LOOKS_AGAIN = timedelta(seconds=10)
"""At most this often an unknown key id sends us to auth, so that noise does not."""
TRIES_AGAIN = timedelta(seconds=1)
"""How soon after auth did not answer it is asked again."""


class AuthAway(Unavailable):
    code = "auth_away"

    def __init__(self) -> None:
        super().__init__("Your sign-in cannot be checked just now. Please try again in a moment.", retry_after=2)


class JwksKeys:
    """Finds keys for a `JwtVerifier`."""

    def __init__(self, auth: httpx.AsyncClient, clock: Clock) -> None:
        self._auth = auth
        self._clock = clock
        self._keys: dict[str, Ed25519PublicKey] = {}
        self._tried_at: datetime | None = None
        self._fetched_at: datetime | None = None
        self._fetching = asyncio.Lock()
        self._refreshing: asyncio.Task[None] | None = None

    async def find(self, key_id: str) -> Ed25519PublicKey | None:
        """A `FindKey`. Raises AuthAway when the key is unknown and auth cannot be asked: that is no refusal."""
        if key_id in self._keys:
            if not self._is_fresh():
                self._refresh_beside()
            return self._keys[key_id]
        await self._fetch()
        if key_id not in self._keys and not self._answered_last():
            raise AuthAway
        return self._keys.get(key_id)

    async def ready(self) -> None:
        """Raises AuthAway while no key has ever been fetched: nobody could be let in."""
        if not self._keys:
            await self._fetch()
        if not self._keys:
            raise AuthAway

    async def close(self) -> None:
        if self._refreshing:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    def _is_fresh(self) -> bool:
        return self._fetched_at is not None and self._clock() - self._fetched_at < FRESH_FOR

    def _answered_last(self) -> bool:
        return self._fetched_at is not None and self._fetched_at == self._tried_at

    def _refresh_beside(self) -> None:
        """Who has a known key does not wait for auth."""
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._fetch(), name="auth-keys")

    async def _fetch(self) -> None:
        """Asks auth, unless that was only just done. When it does not answer, what was known stays."""
        async with self._fetching:
            now = self._clock()
            pause = LOOKS_AGAIN if self._answered_last() else TRIES_AGAIN
            if self._tried_at is not None and abs(now - self._tried_at) < pause:
                return
            self._tried_at = now
            try:
                answer = await self._auth.get(PATH)
                answer.raise_for_status()
                self._keys = _keys(answer.json())
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as failure:
                log.warning("auth's keys cannot be fetched", known=len(self._keys), error=repr(failure))
            else:
                self._fetched_at = now


def _keys(document: Any) -> dict[str, Ed25519PublicKey]:
    """The Ed25519 keys of a JWKS by id; other kinds are skipped, as RFC 7517 wants it."""
    found = {}
    for jwk in document["keys"]:
        if jwk.get("kty") == "OKP" and jwk.get("crv") == "Ed25519":
            with contextlib.suppress(KeyError, ValueError):
                raw = base64.urlsafe_b64decode(jwk["x"] + "=" * (-len(jwk["x"]) % 4))
                found[str(jwk["kid"])] = Ed25519PublicKey.from_public_bytes(raw)
    return found
