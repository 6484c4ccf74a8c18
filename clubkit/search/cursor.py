"""The cursor of a results page: how far, in which mode, behind which hit, and of which search."""

import base64
import binascii
from dataclasses import dataclass
from hashlib import blake2b

import orjson

from clubkit.search.errors import BadSearchCursor
from clubkit.search.port import DEEPEST


@dataclass(frozen=True)
class Place:
    """Where a page begins."""

    reached: int = 0
    """Hits already seen."""
    guessed: bool = False
    last: tuple[float, str] | tuple[()] = ()
    """Score and key of the last hit seen, for an index that goes on from there."""


def search_mark(*parts: object) -> str:
    """A short fingerprint of a search, so a cursor of another one is noticed."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def write(mark: str, place: Place) -> str:
    parts = [mark, int(place.guessed), place.reached, *place.last]
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode().rstrip("=")


def read(cursor: str | None, mark: str, *, keyed: bool = False) -> Place:
    """Raises BadSearchCursor for anything this search did not hand out. keyed: whether it names the last hit."""
    if cursor is None:
        return Place()
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        of, guessed, reached, *last = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error) as error:
        raise BadSearchCursor from error
    kinds = [type(part) for part in (of, guessed, reached, *last)]
    if kinds != [str, int, int, *([float, str] if keyed else [])]:
        raise BadSearchCursor
    if of != mark or guessed not in {0, 1} or not 0 < reached < DEEPEST:
        raise BadSearchCursor
    return Place(reached, guessed == 1, tuple(last))
