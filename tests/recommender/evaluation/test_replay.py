from dataclasses import replace

import numpy as np

from recommender.catalogue.schemas import ItemId
from recommender.evaluation.corpus import Corpus, Interaction
from recommender.evaluation.replay import Replay
from tests.recommender.models import NOW, PLAIN, Town
from tests.recommender.worlds import HOME, event, world


def liking(member: str, item: str, minute: float, *, weight: float = 1.0, settles: bool = True) -> Interaction:
    return Interaction(member, ItemId(item), weight, NOW + 60 * minute, settles)


def town(*interactions: Interaction) -> tuple[Town, Replay]:
    town = Town(*(event(f"e{n}", f"c{n % 3}", starts_in_hours=100 + n) for n in range(9)))
    corpus = Corpus("event", tuple(town.catalogue.items), interactions, {"anna": HOME})
    return town, Replay(town.engine, corpus)


def test_a_profile_holds_what_she_did_in_order() -> None:
    town_, replay = town()
    replay.observe(liking("anna", "e1", 1))
    replay.observe(liking("anna", "e4", 2, settles=False))
    replay.observe(liking("ben", "e5", 3))

    profile = replay.profile("anna")

    assert [action.row for action in profile.actions] == [town_.row("e1"), town_.row("e4")]
    assert profile.settled == (town_.row("e1"),)
    assert profile.place == HOME
    assert replay.profile("carla").is_new


def test_company_are_those_who_chose_the_same_before() -> None:
    town_, replay = town()
    for one in (("anna", "e1"), ("ben", "e1"), ("ben", "e2"), ("carla", "e1"), ("carla", "e2"), ("dora", "e3")):
        replay.observe(liking(*one, 1))

    assert dict(replay.profile("anna").company)[town_.row("e2")] == 2
    assert town_.row("e3") not in dict(replay.profile("anna").company)
    assert replay.profile("dora").company == ()


def test_a_frozen_profile_learns_nothing_while_the_trends_go_on() -> None:
    town_, replay = town()

    replay.observe(liking("anna", "e1", 1), profile=False)

    assert replay.profile("anna").is_new
    assert town_.trends.ever.read(NOW + 60, 9)[town_.row("e1")] > 0


def test_frozen_trends_stand_still_while_the_profile_goes_on() -> None:
    town_, replay = town()

    replay.observe(liking("anna", "e1", 1), trends=False)

    assert not replay.profile("anna").is_new
    assert town_.trends.ever.read(NOW + 60, 9).sum() == 0


def test_the_last_hundred_actions_are_remembered() -> None:
    _, replay = town()
    for minute in range(150):
        replay.observe(liking("anna", f"e{minute % 9}", minute))

    actions = replay.profile("anna").actions

    assert len(actions) == 100
    assert actions[-1].at == NOW + 60 * 149


def test_a_ranking_depends_on_nothing_that_happened_later() -> None:
    """Two pasts that agree up to a moment give the same list at that moment, whatever comes after."""
    corpus = world()
    half = len(corpus.interactions) // 2
    moment = corpus.interactions[half].at
    other_end = tuple(replace(one, item_id=corpus.items[0].id) for one in corpus.interactions[half:])

    def list_at(interactions: tuple[Interaction, ...]) -> list[str]:
        town = Town(*corpus.items)
        replay = Replay(town.engine, replace(corpus, interactions=interactions))
        for one in interactions:
            if one.at < moment:
                replay.observe(one)
        rng = np.random.default_rng(0)
        return [
            one.item_id for one in town.engine.rank(replay.profile("m1"), now=moment, limit=10, rng=rng, policy=PLAIN)
        ]

    assert list_at(corpus.interactions) == list_at((*corpus.interactions[:half], *other_end))
