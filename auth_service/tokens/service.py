"""The rules of signing keys: one signs, the one before still verifies, the next one is published before it signs."""

import asyncio
import base64
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from auth_service.tokens.models import SigningKey
from auth_service.tokens.schemas import Jwk, Jwks
from auth_service.tokens.sealing import Seal
from auth_service.tokens.store import SigningKeyStore
from clubkit.db.work import Works
from clubkit.ids import new_id
from clubkit.tokens import ACCESS_LIFETIME, TokenSigner

SIGNS_FOR = timedelta(days=30)
PUBLISHED_AHEAD = timedelta(hours=1)
"""A new key is in the JWKS this long before its first token, longer than anybody caches the list."""
VERIFIES_ON = ACCESS_LIFETIME + timedelta(minutes=5)
"""How long a key still verifies after its successor took over: until its last token has run out."""
LOOKS_AGAIN = timedelta(seconds=10)
"""At most this often an unknown key id sends us to the table, so that noise does not."""


class SigningKeys:
    """The keys of this hub, kept in memory; other processes' new keys are found when their first token shows up."""

    def __init__(self, works: Works, secret: bytes) -> None:
        self._works = works
        self._seal = Seal(secret)
        self._keys: tuple[SigningKey, ...] = ()
        self._signers: dict[str, TokenSigner] = {}
        self._looked_at: datetime | None = None
        self._looking = asyncio.Lock()

    async def signer(self) -> TokenSigner:
        """Signs with the current key."""
        if not self._keys:
            await self._look()
        key = current(self._keys, self._works.clock())
        if key is None:
            raise LookupError("there is no signing key yet: `prepare` comes first")
        if key.key_id not in self._signers:
            private = Ed25519PrivateKey.from_private_bytes(self._seal.open(key.sealed, key.key_id))
            self._signers[key.key_id] = TokenSigner(private, key.key_id)
        return self._signers[key.key_id]

    async def find(self, key_id: str) -> Ed25519PublicKey | None:
        """The public key of this id while its tokens may be alive (a `FindKey`)."""
        if not any(key.key_id == key_id for key in self._keys):
            await self._look()
        valid = verifying(self._keys, self._works.clock())
        return next((key.public for key in valid if key.key_id == key_id), None)

    async def published(self) -> Jwks:
        """Every key that verifies now or soon will."""
        await self._look()
        return Jwks(keys=tuple(_jwk(key) for key in verifying(self._keys, self._works.clock())))

    async def prepare(self) -> None:
        """Makes the first key, or the next one when its time has come; drops those whose tokens have run out."""
        async with self._works.open() as work:
            store = SigningKeyStore(work)
            keys = await store.all()
            if (signs_from := next_due(keys, work.now)) is not None:
                await store.add(self._new_row(keys, signs_from))
            alive = {key.generation for key in verifying(keys, work.now)}
            await store.drop([key.generation for key in keys if key.generation not in alive])
        await self._look(force=True)

    async def _look(self, *, force: bool = False) -> None:
        async with self._looking:
            now = self._works.clock()
            if not force and self._looked_at is not None and abs(now - self._looked_at) < LOOKS_AGAIN:
                return
            async with self._works.reading() as work:
                self._keys = tuple(await SigningKeyStore(work).all())
            self._looked_at = now

    def _new_row(self, keys: Sequence[SigningKey], signs_from: datetime) -> dict[str, object]:
        private, key_id = Ed25519PrivateKey.generate(), new_id()
        return {
            "generation": keys[0].generation + 1 if keys else 1,
            "key_id": key_id,
            "public": private.public_key().public_bytes_raw(),
            "sealed": self._seal.close(private.private_bytes_raw(), key_id),
            "signs_from": signs_from,
        }


def current(keys: Sequence[SigningKey], now: datetime) -> SigningKey | None:
    """The newest whose time has come. keys: newest first."""
    return next((key for key in keys if key.signs_from <= now), None)


def verifying(keys: Sequence[SigningKey], now: datetime) -> list[SigningKey]:
    """Those whose tokens may be alive, and those about to sign. keys: newest first."""
    valid = []
    until: datetime | None = None
    for key in keys:
        if until is None or now < until:
            valid.append(key)
        until = key.signs_from + VERIFIES_ON
    return valid


def next_due(keys: Sequence[SigningKey], now: datetime) -> datetime | None:
    """When a key to be made now should begin to sign; None while none is due. keys: newest first."""
    if not keys:
        return now
    due = keys[0].signs_from + SIGNS_FOR
    return max(due, now + PUBLISHED_AHEAD) if now >= due - PUBLISHED_AHEAD else None


def _jwk(key: SigningKey) -> Jwk:
    return Jwk(kid=key.key_id, x=base64.urlsafe_b64encode(key.public.public_bytes_raw()).rstrip(b"=").decode())
