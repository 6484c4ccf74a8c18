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


class JwtVerifier:
    """`TokenVerifier` over public keys. Takes no algorithm but EdDSA and no token type but at+jwt."""

    def __init__(self, find_key: FindKey, clock: Clock) -> None:
        self._find_key = find_key
        self._clock = clock

    async def verify(self, token: str) -> Caller:
        if not token or len(token) > LONGEST:
            raise TokenRefused
        try:
            header = jwt.get_unverified_header(token)
            if header.get("typ") != "at+jwt":
                raise TokenRefused
            key = await self._find_key(str(header.get("kid", "")))
            if key is None:
                raise TokenRefused
            caller = _caller(self._decode(token, key))
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, OverflowError):
            raise TokenRefused from None
        if caller.expires_at <= self._clock():
            raise TokenExpired
        return caller

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
