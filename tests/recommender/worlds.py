"""A synthetic world for those without the research data: members with a taste for a few clubs, seasons of events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from clubkit.ids import ClubId
from recommender.catalogue.schemas import Item, ItemId, Place
from recommender.evaluation.corpus import Corpus, Interaction

START = datetime(2026, 9, 1, 18, tzinfo=UTC)
SPORTS = ("football", "rowing", "chess", "climbing", "handball", "judo", "sailing", "tennis")
HOME = Place(41.88, -87.63)


@dataclass(frozen=True)
class Taste:
    """Members of a group like the clubs of that group. `home` of their answers go to one club of it;

    `tour` of them to the club after the one they went to last, as when teams of a league visit each other.
    """

    groups: int = 4
    clubs_per_group: int = 3
    members: int = 120
    events_per_club: int = 12
    answers_per_member: int = 12
    home: float = 0.6
    tour: float = 0.0


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
    answers = [answer for member in range(taste.members) for answer in _answers(member, taste, rng)]
    unique = {(one.member, one.item_id): one for one in answers}
    ordered = tuple(sorted(unique.values(), key=lambda one: one.at))
    return Corpus("event", tuple(items), ordered, {f"m{member}": HOME for member in range(taste.members)})


def _answers(member: int, taste: Taste, rng: np.random.Generator) -> Iterator[Interaction]:
    times = np.sort(rng.uniform(0, 60 * 86400, taste.answers_per_member)) + START.timestamp()
    group, home = member % taste.groups, member // taste.groups % taste.clubs_per_group
    within = home
    for at in times.tolist():
        if rng.random() < taste.tour:
            within = (within + 1) % taste.clubs_per_group
        else:
            within = home if rng.random() < taste.home else int(rng.integers(taste.clubs_per_group))
        visited = group if rng.random() < 0.9 else int(rng.integers(taste.groups))
        name = f"e{visited * taste.clubs_per_group + within}-{rng.integers(taste.events_per_club)}"
        yield Interaction(f"m{member}", ItemId(name), 1.0, at)
