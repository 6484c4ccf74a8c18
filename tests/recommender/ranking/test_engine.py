from dataclasses import replace

import numpy as np
import pytest

from recommender.catalogue.schemas import ItemId
from recommender.ranking.blend import UnknownFeature
from recommender.ranking.bundle import BlendWeights
from recommender.ranking.engine import Policy
from recommender.ranking.features import NAMES
from recommender.ranking.profile import Profile
from tests.recommender.models import NOW, Town, blank_model, factor_model, only
from tests.recommender.worlds import event


def season(clubs: str = "ab", weeks: int = 6) -> list:
    return [event(f"{club}{week}", club, starts_in_hours=24 * 7 * week + 24) for club in clubs for week in range(weeks)]


def test_the_best_score_comes_first() -> None:
    town = Town(*season(), blend=only(soon=1.0))

    ranked = town.ranked()

    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert [one.item_id for one in ranked[:2]] == ["a0", "b0"]


def test_what_has_begun_is_not_offered() -> None:
    town = Town(event("over", starts_in_hours=-1), event("now", starts_in_hours=0), event("next", starts_in_hours=1))

    assert town.names() == ["next"]


def test_what_she_settled_is_not_offered_again_but_what_she_only_saw_is() -> None:
    town = Town(*season("a", 3))

    assert "a0" not in town.names(town.profile("a0", settled=["a0"]))
    assert "a0" in town.names(town.profile("a0"))


def test_an_event_for_members_of_a_club_is_shown_to_them_alone() -> None:
    town = Town(event("secret", "a", public=False), event("open", "a"))

    assert town.names() == ["open"]
    assert sorted(town.names(town.profile(clubs=["a"]))) == ["open", "secret"]
    assert town.names(town.profile(clubs=["b"])) == ["open"]


def test_having_been_to_a_club_does_not_open_its_members_only_events() -> None:
    town = Town(event("secret", "a", public=False), event("open", "a"))

    assert town.names(town.profile("open")) == ["open"]


def test_a_removed_item_disappears_at_once() -> None:
    town = Town(*season("a", 3))
    town.catalogue.remove(ItemId("a1"))

    assert town.names() == ["a0", "a2"]


def test_an_item_added_later_is_ranked_at_once() -> None:
    town = Town(*season("a", 2))
    town.catalogue.put(event("late", "z", starts_in_hours=1))

    assert town.names()[0] == "late"


def test_one_answer_moves_the_list_to_that_club() -> None:
    town = Town(*season("abcdef", 3))
    before = town.names(limit=3)

    after = town.names(town.profile("f0", settled=["f0"]), limit=3)

    assert after != before
    assert after[0] == "f1"


def test_an_empty_hub_has_an_empty_list() -> None:
    town = Town()

    assert town.ranked() == ()
    assert town.ranked(policy=Policy()) == ()


def test_fewer_items_than_asked_for_are_all_shown_once() -> None:
    town = Town(*season("a", 3))

    assert sorted(town.names(limit=50, policy=Policy())) == ["a0", "a1", "a2"]


def test_the_same_request_with_the_same_seed_has_the_same_answer() -> None:
    town = Town(*season("abcdef", 8))
    profile = town.profile("a0")

    assert town.ranked(profile, policy=Policy(), seed=5) == town.ranked(profile, policy=Policy(), seed=5)


def test_the_factor_model_counts() -> None:
    items = [event(name, name) for name in "xyz"]
    factors = factor_model({"x": (1, 0), "y": (0, 1), "z": (0.9, 0.1)}, {})
    town = Town(*items, model=replace(blank_model(), factors=factors), blend=only(factor_item=1.0))

    assert town.names(town.profile("x", settled=["x"])) == ["z", "y"]


def test_a_new_member_and_a_known_one_are_weighed_differently() -> None:
    weights = np.zeros((2, len(NAMES)), np.float32)
    weights[0, NAMES.index("hot")] = 1.0
    weights[1, NAMES.index("club_known")] = 1.0
    town = Town(*season("ab", 2), blend=BlendWeights(NAMES, weights))
    town.happened("b1", times=3)

    assert town.names()[0] == "b1"
    assert town.names(town.profile("a0"))[:2] == ["a0", "a1"]


def test_a_model_that_weighs_what_this_version_does_not_compute_is_refused() -> None:
    with pytest.raises(UnknownFeature, match="telepathy"):
        Town(*season(), blend=BlendWeights(("telepathy",), np.ones((2, 1), np.float32)))


def test_a_feature_younger_than_the_model_keeps_its_hand_set_weight() -> None:
    old = BlendWeights(("soon",), np.full((2, 1), 9.0, np.float32))
    town = Town(*season(), blend=old)

    weights = dict(zip(NAMES, town.engine.score(Profile(), now=NOW).weights, strict=True))

    assert weights["soon"] == 9.0
    assert weights["club_mine"] == 2.0


def test_best_gives_positions_in_order_and_ties_in_order_of_rows() -> None:
    town = Town(*(event(f"e{n}", f"c{n}") for n in range(6)), blend=only(club_mine=1.0))
    scored = town.engine.score(town.profile(clubs=["c4"]), now=NOW)

    assert list(scored.best(3)) == [4, 0, 1]
    assert list(scored.best(99)) == [4, 0, 1, 2, 3, 5]
    assert list(scored.best(0)) == []
