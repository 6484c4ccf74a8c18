"""A pass to the files of one's rooms, for what cannot say who asks: a picture or a clip inside a page.

It names the member, lives a few minutes, and opens no room by itself: each file asks chat's own table whether she is
in its room at that moment.
"""

import base64
import hmac
from datetime import UTC, datetime
from hashlib import sha256

from clubkit.ids import MemberId


class Passes:
    def __init__(self, secret: bytes) -> None:
        self._secret = sha256(b"chat files:" + secret).digest()

    def write(self, member_id: MemberId, expires_at: datetime) -> str:
        body = f"{int(expires_at.timestamp())}.{member_id}".encode()
        return base64.urlsafe_b64encode(self._sign(body) + body).decode()

    def read(self, text: str, now: datetime) -> MemberId | None:
        """Whose it is; None when it is over, or none of ours."""
        try:
            raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
            signature, body = raw[:16], raw[16:]
            if not hmac.compare_digest(signature, self._sign(body)):
                return None
            until, _, member_id = body.decode().partition(".")
            over = datetime.fromtimestamp(int(until), UTC)
        except (ValueError, OverflowError):
            return None
        return MemberId(member_id) if over > now else None

    def _sign(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, body, "sha256")[:16]
