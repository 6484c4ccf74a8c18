"""Refresh tokens as text: session id, 256 opaque bits, and a tag that only this hub can make.

The tag tells an old token of ours from noise, so that nobody ends another's session by making one up.
"""

import base64
import binascii
import hmac
import secrets
from uuid import UUID

TOKEN, TAG, ID = 32, 16, 16


class RefreshTokens:
    """Writes and reads the tokens of this hub; `successor` is the chain's next link."""

    def __init__(self, secret: bytes) -> None:
        self._tag_key = hmac.digest(secret, b"auth refresh tag", "sha256")
        self._chain_key = hmac.digest(secret, b"auth refresh chain", "sha256")
        self._csrf_key = hmac.digest(secret, b"auth csrf", "sha256")

    @staticmethod
    def fresh() -> bytes:
        return secrets.token_bytes(TOKEN)

    @staticmethod
    def salt() -> str:
        return secrets.token_hex(16)

    def successor(self, token: bytes, salt: str) -> bytes:
        """32 bytes. Made from the token shown, so that it can be answered again without being kept anywhere."""
        return hmac.digest(self._chain_key, salt.encode() + token, "sha256")

    def write(self, session_id: str, token: bytes) -> str:
        body = UUID(session_id).bytes + token
        return base64.urlsafe_b64encode(body + self._tag(body)).rstrip(b"=").decode()

    def read(self, text: str) -> tuple[str, bytes] | None:
        """Session id and token; None for what this hub never wrote."""
        try:
            raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        if len(raw) != ID + TOKEN + TAG or not hmac.compare_digest(raw[-TAG:], self._tag(raw[:-TAG])):
            return None
        return str(UUID(bytes=raw[:ID])), raw[ID:-TAG]

    def csrf(self, session_id: str) -> str:
        """The value of the readable cookie: bound to the session, so that another's cookie does not fit."""
        return base64.urlsafe_b64encode(hmac.digest(self._csrf_key, session_id.encode(), "sha256")[:24]).decode()

    def _tag(self, body: bytes) -> bytes:
        return hmac.digest(self._tag_key, body, "sha256")[:TAG]
