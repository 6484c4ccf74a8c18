"""Named outcomes. A rule raises one; every way in translates it the same way (RFC 9457)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with the input: where (a JSON pointer), what (a sentence), and a stable code."""

    pointer: str
    detail: str
    code: str = "invalid"


class Outcome(Exception):  # noqa: N818  outcomes are named for what happened, not "...Error"
    """Something a member can be told. `status` is the HTTP status, `code` the stable name."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "That did not work"

    def __init__(self, detail: str, *, errors: Sequence[Flaw] = (), retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.retry_after = retry_after


class Invalid(Outcome):
    status, code, title = 422, "invalid", "Something in there is not right"


class Unauthenticated(Outcome):
    status, code, title = 401, "unauthenticated", "Please sign in"


class Forbidden(Outcome):
    status, code, title = 403, "forbidden", "Not allowed"


class NotFound(Outcome):
    status, code, title = 404, "not_found", "Not found"


class Conflict(Outcome):
    status, code, title = 409, "conflict", "That is already settled otherwise"


class Gone(Outcome):
    status, code, title = 410, "gone", "No longer here"


class Stale(Outcome):
    status, code, title = 412, "stale", "Somebody changed it first"


class TooLarge(Outcome):
    status, code, title = 413, "too_large", "Too large"


class Unsupported(Outcome):
    status, code, title = 415, "unsupported", "That kind of file is not understood"


class TooMany(Outcome):
    status, code, title = 429, "too_many", "Slow down a little"


class Unavailable(Outcome):
    status, code, title = 503, "unavailable", "Not available just now"


class StorageFull(Outcome):
    status, code, title = 507, "storage_full", "No room left"
