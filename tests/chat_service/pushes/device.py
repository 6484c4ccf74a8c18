"""A browser that is told, and a push service that takes what is sent to it: a real server on this machine."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from clubkit.ids import new_id
from tests.listening import listening


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Device:
    """A subscription with the keys that only the browser has."""

    def __init__(self, place: str) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.auth = new_id().encode()[:16]
        self.path = f"/push/{new_id()}"
        self.endpoint = f"http://{place}{self.path}"

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def wish(self, **changed: str) -> dict[str, Any]:
        keys = {"p256dh": base64url(self.point), "auth": base64url(self.auth)}
        wish: dict[str, Any] = {"endpoint": self.endpoint, "keys": keys}
        for name, value in changed.items():
            (wish if name == "endpoint" else keys)[name] = value
        return wish

    def read(self, body: bytes) -> dict[str, Any]:
        """As a browser does it (RFC 8291, 8188), by nothing that the hub seals with."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        info = b"WebPush: info\0" + self.point + sender
        secret = HKDF(SHA256(), length=32, salt=self.auth, info=info).derive(shared)
        key = HKDF(SHA256(), length=16, salt=salt, info=b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(SHA256(), length=12, salt=salt, info=b"Content-Encoding: nonce\0").derive(secret)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain.endswith(b"\2"), "the last record, and the only one"
        read: dict[str, Any] = json.loads(plain[:-1])
        return read


@dataclass
class Taken:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """answers: the statuses it gives, one after the other; after them it takes everything."""

    place: str = ""
    answers: list[str] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)

    def device(self) -> Device:
        return Device(self.place)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        body = await reader.readexactly(int(headers["content-length"]))
        method, path, _ = lines[0].split(" ")
        assert method == "POST"
        self.taken.append(Taken(path, headers, body))
        status = self.answers.pop(0) if self.answers else "201 Created"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def a_push_service() -> AsyncIterator[PushService]:
    service = PushService()
    async with listening(service.serve) as service.place:
        yield service
