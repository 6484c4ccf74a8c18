from recommender.catalogue.schemas import ItemId
from recommender.evaluation.corpus import Corpus, Interaction
from recommender.evaluation.judging import Rules, judge
from recommender.evaluation.replay import Replay
from recommender.ranking.engine import Policy
from tests.recommender.models import NOW, Town, only
from tests.recommender.worlds import event


def liking(member: str, item: str, minute: float, *, weight: float = 1.0) -> Interaction:
    return Interaction(member, ItemId(item), weight, NOW + 60 * minute)


def start(**weights: float) -> Replay:
    """Sixty events of sixty clubs at the same hour."""
    events = tuple(event(f"e{n}", f"c{n}", starts_in_hours=400) for n in range(60))
    town = Town(*events, blend=only(**weights) if weights else None)
    return Replay(town.engine, Corpus("event", events, ()))


def test_judging_asks_before_it_tells() -> None:
    """Everybody chooses one and the same event; the first cannot be guessed, the popular one then can."""
    replay = start()

    first = judge(replay, (liking("anna", "e57", 1),))
    later = judge(replay, (liking("ben", "e57", 2), liking("carla", "e57", 3)))

    assert first["all"].hit == 0.0
    assert later["all"].hit == 1.0


def test_refusals_and_half_likings_are_judged_only_when_wanted() -> None:
    future = (liking("anna", "e1", 1, weight=0.0), liking("anna", "e2", 2, weight=0.7), liking("anna", "e3", 3))

    assert judge(start(), future)["all"].n == 2
    assert judge(start(), future, Rules(wanted=1.0))["all"].n == 1


def test_members_count_as_new_until_their_first_action_is_over() -> None:
    found = judge(start(), (liking("anna", "e1", 1), liking("anna", "e2", 2), liking("ben", "e3", 3)))

    assert (found["new"].n, found["known"].n, found["all"].n) == (2, 1, 3)


def test_with_frozen_profiles_everybody_stays_new_and_with_frozen_trends_nothing_gets_popular() -> None:
    future = (liking("anna", "e57", 1), liking("anna", "e58", 2), liking("ben", "e57", 3))

    assert judge(start(), future, Rules(profile=False))["known"].n == 0
    assert judge(start(week=1.0), future, Rules())["all"].hit > 0
    assert judge(start(week=1.0), future, Rules(trends=False))["all"].hit == 0


def test_the_policy_that_serves_can_be_judged_too() -> None:
    """The drawn last place costs a little: what stood there is seen less often."""
    replay, drawing = start(soon=1.0), start(soon=1.0)
    future = [liking(f"m{n}", "e9", 1) for n in range(40)]

    assert judge(replay, future)["all"].hit == 1.0
    assert judge(drawing, future, Rules(policy=Policy(explore=True)))["all"].hit < 0.5
