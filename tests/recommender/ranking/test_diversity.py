import numpy as np

from recommender.ranking.diversity import capped
from recommender.ranking.engine import Policy
from tests.recommender.models import Town
from tests.recommender.worlds import event

CLUBS = np.int32([0, 0, 0, 0, 1, 1, 2])


def test_a_club_gets_no_more_than_its_share_of_the_first_places() -> None:
    assert capped(range(7), CLUBS, limit=5, per_club=2) == [0, 1, 4, 5, 6]


def test_surplus_fills_up_what_would_stay_empty() -> None:
    assert capped(range(7), CLUBS, limit=7, per_club=2) == [0, 1, 4, 5, 6, 2, 3]


def test_without_a_cap_the_order_stands() -> None:
    assert capped(range(7), CLUBS, limit=4, per_club=None) == [0, 1, 2, 3]


def test_a_list_shows_several_clubs_even_to_a_fan_of_one() -> None:
    items = [event(f"{club}{n}", club, starts_in_hours=24 * n + 24) for club in "abc" for n in range(10)]
    town = Town(*items)
    fan = town.profile("a0", "a1", "a2", clubs=["a"])

    uncapped = {name[0] for name in town.names(fan)}
    names = town.names(fan, policy=Policy(per_club=4, explore=False))

    assert uncapped == {"a"}
    assert sum(name.startswith("a") for name in names) == 4
    assert names[0].startswith("a")
