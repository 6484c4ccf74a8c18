"""Signing keys in SQL."""

from collections.abc import Collection
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import delete, select

from auth_service.tokens.models import SigningKey, SigningKeyRow
from clubkit.db.upsert import insert_or_ignore
from clubkit.db.work import UnitOfWork


class SigningKeyStore:
    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def all(self) -> list[SigningKey]:
        """Newest first."""
        rows = await self._session.scalars(select(SigningKeyRow).order_by(SigningKeyRow.generation.desc()))
        return [
            SigningKey(
                row.generation, row.key_id, Ed25519PublicKey.from_public_bytes(row.public), row.sealed, row.signs_from
            )
            for row in rows
        ]

    async def add(self, row: dict[str, Any]) -> bool:
        """False when the generation is there already: another process was first, and its key is as good."""
        return bool(await insert_or_ignore(self._session, SigningKeyRow, [row]))

    async def drop(self, generations: Collection[int]) -> None:
        if generations:
            await self._session.execute(delete(SigningKeyRow).where(SigningKeyRow.generation.in_(generations)))
