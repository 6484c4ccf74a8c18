"""The hub's own key towards push services (VAPID, RFC 8292).

It is made of the hub's secret: every process has the same one, and it is kept, backed up and rotated with the secret.
"""

import base64
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LIFETIME = timedelta(hours=12)
"""Of a token; push services take at most a day."""
# Of the group of P-256 (FIPS 186-5).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class VapidKey:
    def __init__(self, secret: bytes) -> None:
        # 128 bits more than the order has, so that no key is likelier than another (FIPS 186-5, A.2.1).
        bits = HKDF(SHA256(), length=48, salt=None, info=b"clubholohub chat web push").derive(secret)
        self._private = ec.derive_private_key(int.from_bytes(bits, "big") % (_ORDER - 1) + 1, ec.SECP256R1())
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public = base64url(point)
        """As browsers take it: the uncompressed point in base64url."""

    def authorization(self, origin: str, *, contact: str, now: datetime) -> str:
        """The header that says who sends, for the push service at `origin` alone."""
        claims = {"aud": origin, "exp": int((now + LIFETIME).timestamp()), "sub": contact}
        return f"vapid t={jwt.encode(claims, self._private, algorithm='ES256')}, k={self.public}"


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Raises ValueError."""
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
