"""Slugs: a club's name as it stands in an address."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

RESERVED = frozenset({"new", "mine", "join", "discover", "search", "invites"})
LONGEST = 48


def slug_of(name: str) -> str:
    """`Fußball-Club Süd` → `fussball-club-sud`. Never empty, never reserved."""
    folded = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("Ø", "O"))
    plain = folded.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    return f"{slug or 'club'}-club" if slug in RESERVED or not slug else slug


def candidates(name: str, at_most: int = 50) -> list[str]:
    """The slug of a name, then numbered ones."""
    slug = slug_of(name)
    return [slug, *(f"{slug}-{n}" for n in range(2, at_most))]


def first_free(name: str, taken: set[str], *, fallback: str, at_most: int = 50) -> str:
    """The first candidate that is not taken, else one with `fallback` behind it; adds it to `taken`."""
    chosen = next(_free(candidates(name, at_most), taken), f"{slug_of(name)}-{fallback}")
    taken.add(chosen)
    return chosen


def _free(slugs: Iterable[str], taken: set[str]) -> Iterator[str]:
    return (slug for slug in slugs if slug not in taken)
