"""Private keys at rest: AES-256-GCM under a key derived from the hub's secret (HKDF, RFC 5869)."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


class SealBrokenError(Exception):
    """Not sealed by this secret, not for this name, or changed since."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The signing key {name} cannot be opened with this hub's secret.")


class Seal:
    """Seals bytes under a name: one sealed thing cannot be put in another's place."""

    def __init__(self, secret: bytes) -> None:
        derived = HKDF(SHA256(), length=32, salt=None, info=b"clubholohub auth signing keys").derive(secret)
        self._cipher = AESGCM(derived)

    def close(self, plain: bytes, name: str) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, name.encode())

    def open(self, sealed: bytes, name: str) -> bytes:
        """Raises SealBrokenError."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], name.encode())
        except (InvalidTag, ValueError) as failure:
            raise SealBrokenError(name) from failure
