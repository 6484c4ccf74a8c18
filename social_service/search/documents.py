"""What the index holds of each thing, made from the facts about it. The same for news and for a rebuild."""

from math import log2

from clubkit.contracts.social import (
    ClubChanged,
    EventScheduled,
    PostPublished,
    ProfileChanged,
    ReelPublished,
    Visibility,
)
from clubkit.ids import ClubId
from clubkit.search.port import Document

TITLE = 90


def of_person(person: ProfileChanged) -> Document:
    return Document(
        kind="person", id=person.member_id, title=person.name, text=_joined(person.bio, f"@{person.handle}"),
        version=person.version, readers=frozenset({"public"}), at=person.at, author_id=person.member_id,
        hue=person.hue, card={"handle": person.handle},
    )  # fmt: skip


def of_club(club: ClubChanged) -> Document:
    return Document(
        kind="club", id=club.club_id, title=club.name, text=_joined(club.sport, club.place, club.about),
        version=club.version, readers=frozenset({"public"}), at=club.at, club_id=club.club_id, hue=club.hue,
        popularity=log2(1 + club.members), card={"slug": club.slug},
    )  # fmt: skip


def of_post(post: PostPublished) -> Document:
    first_line = post.text.strip().partition("\n")[0]
    return Document(
        kind="post", id=post.post_id, title=first_line[:TITLE] or "A picture", text=post.text, version=post.version,
        readers=readers(post.visibility, post.club_id), at=post.created_at, club_id=post.club_id,
        author_id=post.author_id, card={"author": post.author_id},
    )  # fmt: skip


def of_series(event: EventScheduled, version: int) -> Document:
    """One document for a series, however many dates it has; `event` is the date that stands for it."""
    return Document(
        kind="event", id=event.series_id, title=event.title, text=_joined(event.place, event.text),
        version=version, readers=readers(event.visibility, event.club_id), at=event.starts_at,
        club_id=event.club_id, hue=event.club_hue,
    )  # fmt: skip


def of_reel(reel: ReelPublished) -> Document:
    first_line = reel.caption.strip().partition("\n")[0]
    return Document(
        kind="reel", id=reel.reel_id, title=first_line[:TITLE] or f"Reel by {reel.author_name}", text=reel.caption,
        version=reel.version, readers=readers(reel.visibility, reel.club_id), at=reel.created_at,
        club_id=reel.club_id, author_id=reel.author_id, card={"author": reel.author_id, "poster_url": reel.poster_url},
    )  # fmt: skip


def readers(visibility: Visibility, club_id: ClubId | None) -> frozenset[str]:
    """The tokens of which one is needed to find it."""
    return frozenset({"public"}) if visibility == "public" or club_id is None else frozenset({f"club:{club_id}"})


def _joined(*parts: str) -> str:
    """Parts of a text so that an excerpt across them can still be read."""
    return " · ".join(part for part in parts if part)
