"""Access tokens: EdDSA (Ed25519) JWTs, verified with keys found by their id (RFC 7519, 8037, 9068)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from clubkit.clock import Clock
from clubkit.identity import Caller, TokenExpired, TokenRefused
from clubkit.ids import MemberId

ISSUER = "clubholohub"
AUDIENCE = "hub"
ALGORITHM = "EdDSA"
LONGEST = 8_192
REMEMBERED = 20_000
"""Tokens whose signature is known to be good: some 20 MB."""

FindKey = Callable[[str], Awaitable[Ed25519PublicKey | None]]
"""The public key with this id, None when there is none."""


@dataclass(frozen=True)
class TokenSigner:
    """Signs access tokens with one private key."""

    key: Ed25519PrivateKey
    key_id: str

    def sign(self, caller: Caller, *, now: datetime) -> str:
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": caller.member_id,
            "iat": int(now.timestamp()),
            "exp": int(caller.expires_at.timestamp()),
            "sid": caller.session_id,
            "handle": caller.handle,
            "name": caller.name,
            "admin": caller.is_admin,
        }
        return jwt.encode(claims, self.key, algorithm=ALGORITHM, headers={"kid": self.key_id, "typ": "at+jwt"})


@dataclass(frozen=True, slots=True)
class _Verified:
    key_id: str
    key: Ed25519PublicKey
    caller: Caller


class JwtVerifier:
    """`TokenVerifier` over public keys. Takes no algorithm but EdDSA and no token type but at+jwt.

    A token that was verified is not computed again while its key stands: a member sends the same one for minutes.
    """

    def __init__(self, find_key: FindKey, clock: Clock) -> None:
        self._find_key = find_key
        self._clock = clock
        self._good: dict[str, _Verified] = {}

    async def verify(self, token: str) -> Caller:
        if not token or len(token) > LONGEST:
            raise TokenRefused
        good = self._good.get(token)
        if good is None or await self._find_key(good.key_id) is not good.key:
            good = await self._verified(token)
            if len(self._good) >= REMEMBERED:
                del self._good[next(iter(self._good))]  # the oldest; most of those have expired
            self._good[token] = good
        if good.caller.expires_at <= self._clock():
            self._good.pop(token, None)
            raise TokenExpired
        return good.caller

    async def _verified(self, token: str) -> "_Verified":
        self._good.pop(token, None)
        try:
            header = jwt.get_unverified_header(token)
            if header.get("typ") != "at+jwt":
                raise TokenRefused
            key_id = str(header.get("kid", ""))
            key = await self._find_key(key_id)
            if key is None:
                raise TokenRefused
            return _Verified(key_id, key, _caller(self._decode(token, key)))
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, OverflowError):
            raise TokenRefused from None

    def _decode(self, token: str, key: Ed25519PublicKey) -> dict[str, Any]:
        # Time is judged by our own clock, above, so that tests and rules share one.
        options: Any = {
            "require": ["exp", "sub", "sid"],
            "verify_exp": False,
            "verify_iat": False,
            "verify_nbf": False,
        }
        return jwt.decode(token, key, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER, options=options)


def _caller(claims: dict[str, Any]) -> Caller:
    return Caller(
        member_id=MemberId(str(claims["sub"])),
        handle=str(claims["handle"]),
        name=str(claims["name"]),
        session_id=str(claims["sid"]),
        expires_at=datetime.fromtimestamp(int(claims["exp"]), UTC),
        is_admin=bool(claims.get("admin", False)),
    )


ACCESS_LIFETIME = timedelta(minutes=10)
