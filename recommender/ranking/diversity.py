"""Not ten times the same club."""

from collections import Counter
from collections.abc import Iterable

from recommender.catalogue.schemas import Ints


def capped(rows: Iterable[int], clubs: Ints, *, limit: int, per_club: int | None) -> list[int]:
    """The first `limit` rows in order, a club's surplus moved behind the others rather than dropped."""
    taken: list[int] = []
    surplus: list[int] = []
    used: Counter[int] = Counter()
    for row in rows:
        if len(taken) == limit:
            break
        club = int(clubs[row])
        if per_club is not None and used[club] >= per_club:
            surplus.append(row)
            continue
        used[club] += 1
        taken.append(row)
    return (taken + surplus)[:limit]
