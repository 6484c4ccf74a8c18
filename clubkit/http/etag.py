"""`ETag` and `If-Match` (RFC 9110): an edit names the version it was made on. See `clubkit.versions.expect`."""

import re
from typing import Annotated

from fastapi import Depends, Header, Response

from clubkit.errors import Flaw, Invalid
from clubkit.versions import ChangedMeanwhile, expect

__all__ = ["ChangedMeanwhile", "IfMatch", "etag", "expect", "tag"]

_TAG = re.compile(r'(?:W/)?"v([0-9]{1,9})"')


class NotATag(Invalid):
    code = "bad_if_match"

    def __init__(self) -> None:
        super().__init__(
            "This edit does not say which version it is for.",
            errors=[Flaw("/if-match", 'Send the ETag you were given, like "v3".', self.code)],
        )


def etag(version: int) -> str:
    """The tag of a version: `"v3"`."""
    return f'"v{version}"'


def tag(response: Response, version: int) -> None:
    """Puts the version's tag on an answer."""
    response.headers["ETag"] = etag(version)


def _matched(
    if_match: Annotated[str, Header(max_length=40, description="the ETag of the version that was edited")],
) -> int:
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise NotATag
    return int(found.group(1))


IfMatch = Annotated[int, Depends(_matched)]
"""The version an edit was made on. A missing or foreign tag is refused."""
