"""A synthetic world for those without the research data: members with a taste for a few clubs, seasons of events."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from clubkit.ids import ClubId
from recommender.catalogue.values import Item, ItemId, Place
from recommender.evaluation.corpus import Corpus, Interaction

START = datetime(2026, 9, 1, 18, tzinfo=UTC)
SPORTS = ("football", "rowing", "chess", "climbing", "handball", "judo", "sailing", "tennis")
HOME = Place(41.88, -87.63)


@dataclass(frozen=True)
class Taste:
    """Members of a group like the clubs of that group, and its sport."""

    groups: int = 4
    clubs_per_group: int = 3
    members: int = 120
    events_per_club: int = 12
    answers_per_member: int = 12


def event(
    name: str,
    club: str = "c0",
    *,
    starts_in_hours: float = 24.0,
    title: str = "",
    text: str = "",
    place: Place | None = HOME,
    public: bool = True,
    now: datetime = START,
) -> Item:
    """One event as a test wants it."""
    return Item(
        kind="event",
        id=ItemId(name),
        club_id=ClubId(club),
        created_at=now - timedelta(days=30),
        starts_at=now + timedelta(hours=starts_in_hours),
        place=place,
        title=title or name,
        club_name=f"Club {club}",
        text=text,
        visibility="public" if public else "club",
    )


def world(taste: Taste | None = None, *, seed: int = 0) -> Corpus:
    """Members answer mostly in the clubs of their own group, one event after the other, over two months."""
    taste = taste or Taste()
    rng = np.random.default_rng(seed)
    clubs = taste.groups * taste.clubs_per_group
    items = [
        event(
            f"e{club}-{week}",
            f"c{club}",
            starts_in_hours=24 * 70 + 24 * 7 * week + club,
            text=f"{SPORTS[club // taste.clubs_per_group % len(SPORTS)]} training",
            place=Place(HOME.lat + 0.02 * club, HOME.lon),
        )
        for club in range(clubs)
        for week in range(taste.events_per_club)
    ]
    answers = [
        Interaction(f"m{member}", _choice(member, taste, rng), 1.0, START.timestamp() + float(rng.uniform(0, 60 * 86400)))
        for member in range(taste.members)
        for _ in range(taste.answers_per_member)
    ]
    unique = {(one.member, one.item_id): one for one in answers}
    ordered = tuple(sorted(unique.values(), key=lambda one: one.at))
    return Corpus("event", tuple(items), ordered, {f"m{member}": HOME for member in range(taste.members)})


def _choice(member: int, taste: Taste, rng: np.random.Generator) -> ItemId:
    group = member % taste.groups if rng.random() < 0.9 else int(rng.integers(taste.groups))
    # Within her group she has a home club, so that clubs differ and the group still shows.
    within = member // taste.groups % taste.clubs_per_group if rng.random() < 0.6 else int(rng.integers(taste.clubs_per_group))
    return ItemId(f"e{group * taste.clubs_per_group + within}-{rng.integers(taste.events_per_club)}")
