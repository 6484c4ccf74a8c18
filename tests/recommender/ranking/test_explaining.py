from dataclasses import replace

import numpy as np
import pytest

from recommender.ranking.profile import Profile
from tests.recommender.models import NOW, Town, blank_model, factor_model, only
from tests.recommender.worlds import event


def town(**weights: float) -> Town:
    items = [event(name, club, text=text) for name, club, text in (
        ("row1", "a", "rowing"), ("row2", "a", "rowing"), ("chess", "b", "chess"), ("new", "c", "rowing regatta"),
    )]  # fmt: skip
    factors = factor_model(
        {"row1": (1, 0), "row2": (0.8, 0.3), "chess": (0, 1), "new": (0.9, 0.2)},
        {"a": (1, 0.1), "b": (0, 1), "c": (1, 1)},
    )
    model = replace(blank_model(items=items), factors=factors)
    return Town(*items, model=model, blend=only(**weights) if weights else None)


def explained(world: Town, name: str, profile: Profile):
    scored = world.engine.score(profile, now=NOW)
    at = int(np.flatnonzero(scored.rows == world.row(name))[0])
    return scored, at, world.engine.explain(scored, np.asarray([at]))[0]


def test_the_features_sum_to_the_lead_over_the_average_candidate() -> None:
    world = town()
    world.happened("new", times=3, before=("chess",))
    scored, at, why = explained(world, "new", world.profile("row1", "chess", company={"new": 2}))

    assert sum(why.features.values()) == pytest.approx(float(scored.scores[at] - scored.scores.mean()), abs=1e-4)


@pytest.mark.parametrize(
    "weights", [{"factor_item": 2.0}, {"factor_club": 3.0}, {"factor_item": 1.0, "factor_club": 1.0}]
)
def test_past_actions_share_the_whole_score_of_the_factor_features(weights: dict[str, float]) -> None:
    world = town(**weights)
    scored, at, why = explained(world, "new", world.profile("row1", "row2", "chess"))

    assert sum(part for _, part in why.past) == pytest.approx(float(scored.scores[at]), abs=1e-4)


def test_past_actions_share_the_whole_score_of_content_and_of_transitions() -> None:
    for weights in ({"content": 2.0}, {"follows": 2.0}):
        world = town(**weights)
        world.happened("new", times=3, before=("chess",))
        scored, at, why = explained(world, "new", world.profile("row1", "chess"))

        assert scored.scores[at] > 0
        assert sum(part for _, part in why.past) == pytest.approx(float(scored.scores[at]), abs=1e-4)


def test_the_action_that_gave_most_comes_first() -> None:
    world = town(factor_item=1.0)

    _, _, why = explained(world, "new", world.profile("chess", "row1"))

    assert why.past[0][0] == world.row("row1")
    assert why.past[0][1] > why.past[1][1]


def test_a_refusal_gives_nothing() -> None:
    world = town()

    _, _, why = explained(world, "new", world.profile("row1", weight=0.0))

    assert why.past == ()
