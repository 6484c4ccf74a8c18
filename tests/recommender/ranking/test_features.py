from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from recommender.catalogue.schemas import Place
from recommender.ranking import features as f
from recommender.ranking.parts import Parts, values_at
from recommender.ranking.profile import REJECTED, Profile
from recommender.ranking.scene import Scene
from tests.recommender.models import NOW, Town, blank_model, factor_model
from tests.recommender.worlds import HOME, event

DAY = 24.0


def town() -> Town:
    return Town(
        event("a1", "a", starts_in_hours=DAY),
        event("a2", "a", starts_in_hours=3 * DAY),
        event("a3", "a", starts_in_hours=9 * DAY),
        event("b1", "b", starts_in_hours=2 * DAY, place=Place(HOME.lat + 0.5, HOME.lon)),
        event("b2", "b", starts_in_hours=4 * DAY, place=None),
    )


def values(world: Town, feature: Callable[[Scene], Parts], profile: Profile | None = None) -> dict[str, float]:
    return found(world, feature, world.scene(profile))


def found(world: Town, feature: Callable[[Scene], Parts], scene: Scene) -> dict[str, float]:
    return world.values(values_at(feature(scene), scene.standing, np.arange(scene.standing.size)))


def test_every_feature_has_one_finite_number_per_item_for_any_member() -> None:
    world = town()
    world.happened("a1", before=("b1",))
    busy = world.profile("a1", "b1", clubs=["a"], company={"b2": 3})
    for profile in (busy, Profile(), Profile(place=HOME)):
        scene = world.scene(profile)
        for feature in f.FEATURES:
            given = values_at(feature.of(scene), scene.standing, np.arange(5))
            assert given.shape == (5,), feature.name
            assert given.dtype == np.float32, feature.name
            assert np.isfinite(given).all(), feature.name
            assert given.max() <= 10, feature.name


def test_every_feature_says_the_same_of_a_few_as_of_all() -> None:
    world = town()
    world.happened("a1", before=("b1",))
    scene = world.scene(world.profile("a1", "b1", clubs=["a"], company={"b2": 3}))

    for feature in f.FEATURES:
        parts = feature.of(scene)
        whole, some = (values_at(parts, scene.standing, np.asarray(places)) for places in (range(5), (1, 3)))
        np.testing.assert_allclose(some, whole[[1, 3]], rtol=1e-5, err_msg=feature.name)


def test_names_are_unique() -> None:
    assert len(set(f.NAMES)) == len(f.NAMES)


def test_a_club_she_dealt_with_is_known_even_when_she_said_no() -> None:
    world = town()

    known = values(world, f.club_known, world.profile("a1", weight=0.0))

    assert known == {"a1": 1, "a2": 1, "a3": 1, "b1": 0, "b2": 0}


def test_a_club_of_which_she_hid_something_is_not_known() -> None:
    world = town()

    assert not any(values(world, f.club_known, world.profile("a1", weight=REJECTED)).values())


def test_the_club_of_more_and_newer_doings_has_the_larger_share() -> None:
    world = town()

    share = values(world, f.club_share, world.profile("a1", "b1", "b2"))

    assert share["b1"] > share["a1"] > 0
    assert share["a1"] + share["b1"] == pytest.approx(1.0)


def test_the_last_club_is_the_one_of_the_last_doing() -> None:
    world = town()

    assert values(world, f.club_last, world.profile("a1", "b1"))["b2"] == 1
    assert values(world, f.club_last, world.profile("b1", "a1"))["b2"] == 0


def test_a_session_fades_within_hours() -> None:
    world = town()

    just_now = values(world, f.club_session, world.profile("a1", at=NOW))["a2"]
    an_hour_ago = values(world, f.club_session, world.profile("a1", at=NOW - 3600))["a2"]

    assert just_now == 1.0
    assert an_hour_ago == pytest.approx(0.5)


def test_after_one_date_of_a_season_the_next_date_comes_first() -> None:
    world = town()

    following = values(world, f.series_next, world.profile("a1", settled=["a1"]))

    assert following == {"a1": 0, "a2": 1, "a3": 0.5, "b1": 0, "b2": 0}


def test_membership_counts_for_every_item_of_the_club() -> None:
    world = town()

    assert values(world, f.club_mine, Profile(clubs=frozenset({world.club("b")}))) == {
        "a1": 0, "a2": 0, "a3": 0, "b1": 1, "b2": 1,
    }  # fmt: skip


def test_up_next_skips_what_she_has_answered() -> None:
    world = town()

    assert values(world, f.up_next)["a2"] == 0.5
    assert values(world, f.up_next, world.profile(settled=["a1"]))["a2"] == 1.0


def test_soon_halves_after_two_days() -> None:
    world = town()

    soon = values(world, f.soon)

    assert soon["b1"] == pytest.approx(0.5)
    assert soon["a1"] > soon["b1"] > soon["a3"]


def test_near_beats_far_and_unknown_is_far() -> None:
    world = town()

    near = values(world, f.near)

    assert near["a1"] == pytest.approx(1.0)
    assert near["b1"] == near["b2"] < 0.2


def test_without_her_place_nearness_says_the_same_of_all() -> None:
    assert len(set(values(town(), f.near, Profile()).values())) == 1


def test_clubmates_going_count_with_diminishing_returns() -> None:
    world = town()

    company = values(world, f.company, world.profile(company={"a1": 1, "b1": 3}))

    assert company["a2"] == 0 < company["a1"] < company["b1"] < 3 * company["a1"]


def test_what_members_chose_next_follows() -> None:
    world = town()
    world.happened("b1", times=5, before=("a1",))

    follows = values(world, f.follows, world.profile("a1"))

    assert follows["b1"] > 0.5
    assert follows["a2"] == follows["b2"] == 0
    assert values(world, f.follows_club, world.profile("a1"))["b2"] > 0.5


def test_hot_fades_faster_than_the_week() -> None:
    world = town()
    world.happened("a1", hours_ago=24, times=4)
    world.happened("b1", hours_ago=1, times=2)

    hot, week = values(world, f.hot), values(world, f.week)

    assert hot["b1"] > hot["a1"]
    assert week["a1"] > week["b1"]


def test_a_fresh_item_counts_more_than_one_a_month_old_and_unknown_birth_counts_nothing() -> None:
    now = event("new")
    born_now = replace(now, created_at=now.starts_at and now.starts_at.replace(day=1))
    world = Town(born_now, event("old"), replace(event("unknown"), created_at=None))

    fresh = values(world, f.fresh)

    assert fresh["new"] > 0.9 > 0.2 > fresh["old"] > fresh["unknown"] == 0


def test_the_factor_features_are_cosines() -> None:
    items = [event("x", "a"), event("y", "a"), event("z", "b")]
    factors = factor_model({"x": (1, 0), "y": (5, 5), "z": (0, 1)}, {"a": (2, 0), "b": (0, 1)})
    world = Town(*items, model=replace(blank_model(), factors=factors))

    likes_x = world.profile("x")
    by_item, by_club = values(world, f.factor_item, likes_x), values(world, f.factor_club, likes_x)

    assert by_item["x"] > by_item["y"] > by_item["z"]
    assert by_club["x"] > 0.7 > by_club["z"]
    assert all(abs(value) <= 1 + 1e-5 for value in (*by_item.values(), *by_club.values()))


def test_an_item_nobody_touched_gets_its_factor_from_its_content() -> None:
    items = [event("x", "a", text="rowing"), event("new", "a", text="rowing")]
    model = blank_model(items=items)
    factors = factor_model({"x": (1, 0)}, {"a": (1, 0)})
    direction = np.zeros((32, 2), np.float32)
    direction[:, 1] = model.content.vector(items[1])
    world = Town(*items, model=replace(model, factors=replace(factors, from_content=direction)))

    np.testing.assert_allclose(world.catalogue.factors[world.row("new")], [0, 1], atol=1e-5)
    np.testing.assert_allclose(world.catalogue.factors[world.row("x")], [1, 0])
