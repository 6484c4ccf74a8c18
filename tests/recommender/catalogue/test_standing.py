import numpy as np

from recommender.catalogue.schemas import ItemId
from recommender.catalogue.standing import Standing, standing_of
from tests.recommender.models import NOW, Town
from tests.recommender.worlds import event

HOUR = 3600.0


def names(town: Town, standing: Standing, places: np.ndarray) -> list[str]:
    return [town.catalogue.items[row].id for row in standing.rows[places]]


def town() -> Town:
    return Town(
        event("late", "a", starts_in_hours=9), event("over", "a", starts_in_hours=-1),
        event("other", "b", starts_in_hours=1), event("early", "a", starts_in_hours=3),
    )  # fmt: skip


def test_only_what_lives_and_has_not_begun_stands() -> None:
    world = town()
    world.catalogue.remove(ItemId("other"))

    standing = standing_of(world.catalogue, NOW)

    assert names(world, standing, np.arange(standing.size)) == ["late", "early"]
    assert [int(place) for place in standing.places] == [0, -1, -1, 1]


def test_items_of_some_clubs_come_club_by_club_and_by_start() -> None:
    world = town()
    standing = standing_of(world.catalogue, NOW)

    places, counts = standing.of_clubs(np.asarray([world.club("a"), world.club("b")]))

    assert names(world, standing, places) == ["early", "late", "other"]
    assert list(counts) == [2, 1]


def test_a_club_without_items_has_none_even_when_it_came_later() -> None:
    world = town()
    standing = standing_of(world.catalogue, NOW)

    places, counts = standing.of_clubs(np.asarray([world.club("new"), world.club("b")]))

    assert names(world, standing, places) == ["other"]
    assert int(counts.sum()) == 1


def test_it_is_old_after_any_change_of_an_item() -> None:
    world = town()
    for change in (
        lambda: world.catalogue.put(event("more", "a")),
        lambda: world.catalogue.put(event("late", "a", starts_in_hours=2)),
        lambda: world.catalogue.remove(ItemId("late")),
    ):
        standing = standing_of(world.catalogue, NOW)
        assert standing.is_current(NOW)
        change()
        assert not standing.is_current(NOW)


def test_it_stays_while_little_of_it_is_over_and_never_serves_the_past() -> None:
    world = Town(*(event(f"e{hours}", starts_in_hours=hours) for hours in range(1, 21)))
    standing = standing_of(world.catalogue, NOW)

    assert standing.is_current(NOW + 2 * HOUR)
    assert not standing.is_current(NOW + 4 * HOUR)
    assert not standing.is_current(NOW - 1)
