"""`Idempotency-Key`: the same key with the same body answers as the first time; another body is refused.

The answer is stored in the transaction of the effect, so there is no moment in which one exists without the other.
"""

import hashlib
from collections.abc import Awaitable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel, TypeAdapter
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from clubkit.db.locks import hold
from clubkit.db.models import IdempotencyRow
from clubkit.db.work import UnitOfWork
from clubkit.errors import Conflict, Flaw, Invalid
from clubkit.http.dependencies import CurrentMember, Work

M = TypeVar("M", bound=BaseModel)


class KeyReused(Invalid):
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used for a different request.",
            errors=[Flaw("/headers/idempotency-key", "Used before with another body.", "idempotency_key_reused")],
        )


class KeyInFlight(Conflict):
    code = "idempotency_key_in_flight"

    def __init__(self) -> None:
        super().__init__("The same request is still being worked on. Try again in a moment.", retry_after=1)


class Once:
    """Runs a write at most once per key. Without a key it simply runs."""

    def __init__(self, work: UnitOfWork, owner: str, key: str | None, fingerprint: bytes, response: Response) -> None:
        self._work = work
        self._owner = owner
        self._key = key
        self._fingerprint = fingerprint
        self._response = response

    async def __call__(self, shape: type[M], effect: Awaitable[M], *, status: int = 201) -> M:
        """Awaits `effect`, or answers what it answered before under this key."""
        if self._key is None:
            return await effect
        await hold(self._work.session, f"idempotency {self._owner} {self._key}")
        query = select(IdempotencyRow).where(IdempotencyRow.owner == self._owner, IdempotencyRow.key == self._key)
        earlier = await self._work.session.scalar(query)
        if earlier is not None:
            _discard(effect)
            if earlier.fingerprint != self._fingerprint:
                raise KeyReused
            self._response.headers["Idempotency-Replayed"] = "true"
            return TypeAdapter(shape).validate_json(earlier.body)
        answer = await effect
        row = {
            "owner": self._owner, "key": self._key, "fingerprint": self._fingerprint, "status": status,
            "body": answer.model_dump_json(), "at": self._work.now,
        }  # fmt: skip
        try:
            await self._work.session.execute(insert(IdempotencyRow), [row])
        except IntegrityError:
            raise KeyInFlight from None
        return answer


async def once(
    request: Request,
    response: Response,
    work: Work,
    caller: CurrentMember,
    idempotency_key: Annotated[str | None, Header(max_length=255, min_length=1)] = None,
) -> Once:
    body = await request.body()
    fingerprint = hashlib.sha256(f"{request.method} {request.url.path}\n".encode() + body).digest()
    return Once(work, caller.member_id, idempotency_key, fingerprint, response)


OnceOnly = Annotated[Once, Depends(once, scope="function")]


def _discard(effect: Any) -> None:
    if hasattr(effect, "close"):
        effect.close()
