import pytest

from recommender.retrieval.trends import DAY, HOUR, Trends

NOW = 1_790_000_000.0


def test_an_answer_counts_at_once_for_its_item_and_its_club() -> None:
    trends = Trends()

    trends.observe(3, 1, NOW, weight=1.0)

    assert trends.hot.read(NOW, 4)[3] == trends.week.read(NOW, 4)[3] == trends.club_week.read(NOW, 2)[1] == 1.0


def test_what_was_hot_in_the_morning_is_not_in_the_evening_but_still_this_week() -> None:
    trends = Trends()
    trends.observe(0, 0, NOW, weight=1.0)

    assert trends.hot.read(NOW + 12 * HOUR, 1)[0] == pytest.approx(0.25)
    assert trends.week.read(NOW + 3 * DAY, 1)[0] == pytest.approx(0.5)
    assert trends.ever.read(NOW + 30 * DAY, 1)[0] == pytest.approx(1.0, abs=0.01)


def test_a_refusal_makes_nothing_popular() -> None:
    trends = Trends()

    trends.observe(0, 0, NOW, weight=0.0, before=[(1, 1)])

    assert trends.ever.read(NOW, 1)[0] == 0
    assert trends.next_item.following([(1, 1.0)], NOW, 2).sum() == 0


def test_the_next_choice_is_learned_both_ways_and_more_strongly_forwards() -> None:
    trends = Trends()
    for _ in range(20):
        trends.observe(1, 0, NOW, weight=1.0, before=[(0, 0)])

    forwards = trends.next_item.following([(0, 1.0)], NOW, 2)[1]
    backwards = trends.next_item.following([(1, 1.0)], NOW, 2)[0]

    assert forwards > backwards > 0.5


def test_steps_between_clubs_are_learned_and_staying_is_none() -> None:
    trends = Trends()
    trends.observe(1, 5, NOW, weight=1.0, before=[(0, 5)])
    assert trends.next_club.following([(5, 1.0)], NOW, 7).sum() == 0

    trends.observe(2, 6, NOW, weight=1.0, before=[(1, 5)])
    assert trends.next_club.following([(5, 1.0)], NOW, 7)[6] > 0
