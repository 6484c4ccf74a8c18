from recommender.catalogue.schemas import ItemId
from recommender.evaluation.baselines import Simple, past_groups_soonest, play, popular, soonest
from recommender.evaluation.corpus import Corpus, Interaction
from tests.recommender.models import NOW
from tests.recommender.worlds import event

EVENTS = (
    event("a1", "a", starts_in_hours=10),
    event("a2", "a", starts_in_hours=20),
    event("b1", "b", starts_in_hours=5),
    event("b2", "b", starts_in_hours=30),
)


def yes(member: str, item: str, hours: float, weight: float = 1.0) -> Interaction:
    return Interaction(member, ItemId(item), weight, NOW + 3600 * hours)


def places(*interactions: Interaction, share: float, rank=past_groups_soonest, live: bool = True):
    return play(Corpus("event", EVENTS, interactions), share, rank, live=live)[0]


def test_past_groups_come_first_and_within_them_the_soonest() -> None:
    assert places(yes("anna", "a1", 1), yes("anna", "a2", 2), share=0.5) == [0]
    assert places(yes("anna", "a1", 1), yes("anna", "b2", 2), share=0.5) == [2]


def test_without_a_past_only_the_start_counts() -> None:
    assert places(yes("anna", "a1", 1), yes("ben", "b1", 2), share=0.5) == [0]


def test_what_began_or_was_answered_is_no_rival() -> None:
    assert places(yes("anna", "b1", 1), yes("anna", "a1", 6), share=0.5, rank=soonest) == [0]
    assert places(yes("anna", "a1", 1), yes("anna", "a2", 2), share=0.5, rank=soonest) == [1]


def test_popular_counts_what_all_did_so_far() -> None:
    history = (yes("x", "b2", 1), yes("y", "b2", 1), yes("z", "a1", 1), yes("anna", "b2", 2))

    assert places(*history, share=0.75, rank=popular) == [0]


def test_a_frozen_profile_does_not_learn_from_the_test_time() -> None:
    history = (yes("x", "b1", 0), yes("anna", "a1", 1), yes("anna", "a2", 2))

    assert places(*history, share=0.34, live=True)[-1] == 0
    assert places(*history, share=0.34, live=False)[-1] == 2


def test_waiting_lists_teach_but_are_not_judged() -> None:
    history = (yes("x", "b1", 0), yes("anna", "a1", 1, weight=0.7), yes("anna", "a2", 2))

    assert len(places(*history, share=0.34)) == 1
    assert places(*history, share=0.34) == [0]


def test_ties_stand_in_the_middle() -> None:
    world = Simple(Corpus("event", EVENTS, ()))

    assert world.place(yes("anna", "a1", 0), world.likes) == 1
