"""Handles: 3 to 30 of a-z, 0-9 and _, unique on the hub."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from auth_service.accounts.models import LONGEST_HANDLE

SHORTEST = 3
RESERVED = frozenset({
    "admin", "administrator", "all", "api", "auth", "channel", "club", "clubs", "everyone", "help", "here", "hub",
    "me", "mod", "moderator", "nobody", "null", "root", "security", "settings", "staff", "support", "system",
    "undefined", "webmaster", "you",
})  # fmt: skip
_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"}
)


def handle_of(name: str) -> str:
    """The handle a name suggests: "Anna Bjørk-Müller" gives `anna_bjork_mueller`. Always a valid one."""
    spelt = unicodedata.normalize("NFC", name).casefold().translate(_SPELT_OUT)
    ascii_only = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    handle = re.sub(r"[^a-z0-9]+", "_", ascii_only).strip("_")[:LONGEST_HANDLE].rstrip("_")
    return handle if len(handle) >= SHORTEST else f"member_{handle}".rstrip("_")


def spellings(handle: str) -> Iterator[str]:
    """The handle, then the same with 2, 3, 4 …, each within the length."""
    yield handle
    number = 2
    while True:
        tail = str(number)
        yield handle[: LONGEST_HANDLE - len(tail)] + tail
        number += 1


def first_free(handle: str, taken: Collection[str]) -> str:
    """The first spelling that is neither taken nor reserved."""
    return next(each for each in spellings(handle) if each not in taken and each not in RESERVED)
