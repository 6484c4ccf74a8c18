"""The link at the end of a mail that turns such mails off: it names a member, opens nothing else, and never ends."""

import base64
import hmac
from hashlib import sha256

from clubkit.ids import MemberId


class OffLinks:
    def __init__(self, secret: bytes) -> None:
        self._secret = sha256(b"chat mail off:" + secret).digest()

    def write(self, member_id: MemberId) -> str:
        body = member_id.encode()
        return base64.urlsafe_b64encode(self._sign(body) + body).rstrip(b"=").decode()

    def read(self, text: str) -> MemberId | None:
        try:
            raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
            member_id = raw[16:].decode()
        except ValueError:
            return None
        return MemberId(member_id) if hmac.compare_digest(raw[:16], self._sign(raw[16:])) else None

    def _sign(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, body, "sha256")[:16]
