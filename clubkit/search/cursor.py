"""The cursor of a results page: how far, in which mode, and of which search."""

import base64
import binascii
from hashlib import blake2b

from clubkit.search.errors import BadSearchCursor
from clubkit.search.port import DEEPEST


def search_mark(*parts: object) -> str:
    """A short fingerprint of a search, so a cursor of another one is noticed."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def write(mark: str, offset: int, *, guessed: bool) -> str:
    return base64.urlsafe_b64encode(f"{mark}:{int(guessed)}:{offset}".encode()).decode().rstrip("=")


def read(cursor: str | None, mark: str) -> tuple[int, bool]:
    """(offset, guessed). Raises BadSearchCursor for anything this search did not hand out."""
    if cursor is None:
        return 0, False
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        of, guessed, offset = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii").split(":")
        place = int(offset)
    except (ValueError, binascii.Error) as error:
        raise BadSearchCursor from error
    if of != mark or guessed not in {"0", "1"} or not 0 < place < DEEPEST:
        raise BadSearchCursor
    return place, guessed == "1"
