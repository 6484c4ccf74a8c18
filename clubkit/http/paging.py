"""Keyset paging: opaque, signed cursors bound to one list; `{data, page}` and a `Link` header (RFC 8288)."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

import orjson
from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from clubkit.errors import Flaw, Invalid
from clubkit.http.dependencies import ports_of
from clubkit.settings import Settings

T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=100, description="how many at most")]
CursorText = Annotated[str | None, Query(max_length=1000, description="from `page.next` of the same list")]


class BadCursor(Invalid):
    code = "bad_cursor"

    def __init__(self) -> None:
        super().__init__(
            "This page link is not valid here. Start again from the top.",
            errors=[Flaw("/cursor", "Not a cursor of this list.", "bad_cursor")],
        )


class PageInfo(BaseModel):
    next: str | None = Field(None, description="cursor of the next page; null at the end")
    prev: str | None = None


class Page(BaseModel, Generic[T]):
    """One page of a list."""

    data: list[T]
    page: PageInfo = PageInfo()


class Cursors:
    """Writes and reads the cursors of this hub. A cursor names its list, so another list refuses it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = hashlib.sha256(b"cursor:" + secret).digest()

    def write(self, list_name: str, key: Sequence[Any]) -> str:
        body = orjson.dumps([list_name, list(key)], option=orjson.OPT_UTC_Z)
        return base64.urlsafe_b64encode(self._sign(body) + body).rstrip(b"=").decode()

    def read(self, list_name: str, cursor: str | None) -> list[Any] | None:
        """The sort key to go on after, or None for the first page. Raises BadCursor."""
        if cursor is None:
            return None
        try:
            raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            signature, body = raw[:12], raw[12:]
            if not hmac.compare_digest(signature, self._sign(body)):
                raise BadCursor
            name, key = orjson.loads(body)
        except (ValueError, TypeError):
            raise BadCursor from None
        if name != list_name:
            raise BadCursor
        return list(key)

    def _sign(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, body, "sha256")[:12]


def instant(value: Any) -> datetime:
    """An instant out of a cursor's key."""
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadCursor from None


def page_of(
    request: Request, response: Response, list_name: str, rows: Sequence[T], next_key: Sequence[Any] | None
) -> Page[T]:
    """A page and its Link header. `next_key` is the last row's sort key, None when nothing follows."""
    if next_key is None:
        return Page(data=list(rows))
    cursor = ports_of(request)[Cursors].write(list_name, next_key)
    url = request.url.include_query_params(cursor=cursor)
    response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return Page(data=list(rows), page=PageInfo(next=cursor))


def cursor_key(request: Request, list_name: str, cursor: str | None) -> list[Any] | None:
    return ports_of(request)[Cursors].read(list_name, cursor)


def provide_cursors(settings: Settings) -> Cursors:
    return Cursors(settings.secret)
