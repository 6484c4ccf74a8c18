"""What an index keeps of a document, and how answers are made of it: the same for every adapter."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from math import log2
from typing import Any

from clubkit.search.marking import excerpt, marks
from clubkit.search.port import Document, Hit, Suggestion

TEXT_LIMIT = 20_000
"""Characters of a text that can be found."""

Kept = dict[str, Any]
"""kind, id, version, title, text, club_id, hue, card, at (milliseconds)."""


def kept(document: Document) -> Kept:
    return {
        "kind": document.kind,
        "id": sound(document.id),
        "version": document.version,
        "title": sound(document.title),
        "text": sound(document.text[:TEXT_LIMIT]),
        "club_id": document.club_id,
        "hue": document.hue,
        "card": dict(document.card),
        "at": millis(document.at),
    }


def suggestion(source: Kept, typed: list[str], *, loosely: bool) -> Suggestion:
    return Suggestion(
        kind=source["kind"],
        id=source["id"],
        title=source["title"],
        marks=marks(source["title"], typed, loosely=loosely),
        club_id=source["club_id"],
        hue=source["hue"],
        card=source["card"],
    )


def hit(source: Kept, score: float, typed: list[str], *, loosely: bool) -> Hit:
    piece, piece_marks = excerpt(source["text"], typed, loosely=loosely)
    return Hit(
        kind=source["kind"],
        id=source["id"],
        title=source["title"],
        marks=marks(source["title"], typed, loosely=loosely),
        club_id=source["club_id"],
        hue=source["hue"],
        card=source["card"],
        at=moment(source["at"]),
        score=float(score),
        excerpt=piece,
        excerpt_marks=piece_marks,
    )


@dataclass
class Groups:
    """Suggestions by kind, at most so many of each, each once, in the order they come."""

    per_kind: int
    found: dict[str, list[Kept]] = field(default_factory=dict)

    def add(self, sources: Iterable[Kept]) -> None:
        for source in sources:
            group = self.found.setdefault(source["kind"], [])
            if len(group) < self.per_kind and all(source["id"] != other["id"] for other in group):
                group.append(source)

    def crowded_out(self, kinds: Iterable[str]) -> list[str]:
        """The kinds that still have room."""
        return [kind for kind in kinds if len(self.found.get(kind, ())) < self.per_kind]

    @property
    def size(self) -> int:
        return sum(map(len, self.found.values()))

    def suggestions(self, typed: list[str], *, loosely: bool) -> dict[str, list[Suggestion]]:
        return {
            kind: [suggestion(source, typed, loosely=loosely) for source in group] for kind, group in self.found.items()
        }


def fingerprint(living: Iterable[tuple[str, int]]) -> str:
    """Of (key, version) in any order: equal content, equal fingerprint, whichever index holds it."""
    lines = sorted(f"{key}\x1f{version}" for key, version in living)
    return blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()


def key_of(kind: str, document_id: str) -> str:
    return f"{kind}\x1f{document_id}"


def weight(popularity: float) -> float:
    """Fame, damped to 0…2."""
    return min(2.0, log2(1 + max(0.0, popularity)) / 10)


def millis(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp / 1000, UTC)


def sound(text: str) -> str:
    """Without the lone surrogates that a careless client can send and no encoding can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
