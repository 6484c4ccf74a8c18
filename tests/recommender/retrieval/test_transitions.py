import numpy as np
import pytest

from recommender.retrieval.decay import REBASE_AFTER
from recommender.retrieval.transitions import SHRINK, Transitions

DAY = 86400.0
NOW = 1_790_000_000.0


def test_what_followed_more_often_scores_higher() -> None:
    seen = Transitions(30 * DAY)
    for after, times in ((1, 3), (2, 1)):
        for _ in range(times):
            seen.add(0, after, NOW)

    scores = seen.following([(0, 1.0)], NOW, 4)

    np.testing.assert_allclose(scores, [0, 3 / (4 + SHRINK), 1 / (4 + SHRINK), 0])


def test_one_lonely_follower_is_less_sure_than_many() -> None:
    seen = Transitions(30 * DAY)
    seen.add(0, 1, NOW)
    for _ in range(50):
        seen.add(2, 3, NOW)

    scores = seen.following([(0, 1.0), (2, 1.0)], NOW, 4)

    assert scores[1] < 0.3 < 0.9 < scores[3]


def test_an_old_habit_fades_behind_a_new_one() -> None:
    seen = Transitions(10 * DAY)
    seen.add(0, 1, NOW)
    seen.add(0, 2, NOW + 30 * DAY)

    scores = seen.following([(0, 1.0)], NOW + 30 * DAY, 3)

    assert scores[2] == pytest.approx(8 * scores[1])


def test_the_share_of_one_past_action_is_its_part_of_the_score() -> None:
    seen = Transitions(30 * DAY)
    seen.add(0, 2, NOW)
    seen.add(1, 2, NOW)
    seen.add(1, 3, NOW)

    scores = seen.following([(0, 1.0), (1, 0.5)], NOW, 4)

    assert seen.share(0, 2, NOW) + 0.5 * seen.share(1, 2, NOW) == pytest.approx(scores[2])
    assert seen.share(3, 0, NOW) == 0.0


def test_probabilities_survive_a_new_landmark() -> None:
    seen = Transitions(DAY)
    seen.add(0, 1, NOW)
    much_later = NOW + (REBASE_AFTER + 5) * DAY
    seen.add(0, 2, much_later)

    scores = seen.following([(0, 1.0)], much_later, 3)

    assert scores[2] == pytest.approx(1 / (1 + SHRINK))
    assert scores[1] == pytest.approx(0.0)
