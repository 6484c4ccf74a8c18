from dataclasses import replace

from clubkit.contracts.ranking import Reason
from recommender.catalogue.schemas import Place
from recommender.ranking.profile import Profile
from tests.recommender.models import Town, blank_model, factor_model, only
from tests.recommender.worlds import HOME, event

FAR_AWAY = Place(HOME.lat + 3, HOME.lon)


def reason(town: Town, name: str, profile: Profile | None = None) -> Reason:
    return next(one.reason for one in town.ranked(profile) if one.item_id == name)


def pair(**weights: float) -> Town:
    items = [
        event("sprint", "a", title="Sprint night"),
        event("relay", "b", title="Relay", text="run", starts_in_hours=400, place=FAR_AWAY),
        event("lecture", "c", title="Lecture", starts_in_hours=700, place=None),
    ]
    factors = factor_model({"sprint": (1, 0), "relay": (0.9, 0.1), "lecture": (-1, 1)}, {})
    return Town(*items, model=replace(blank_model(items=items), factors=factors), blend=only(**weights))


def test_because_of_something_she_did_it_names_that_thing() -> None:
    town = pair(factor_item=1.0)

    why = reason(town, "relay", town.profile("sprint", settled=["sprint"]))

    assert why.code == "because_you"
    assert why.text == "Because you said yes to Sprint night"
    assert why.item_ids == ("sprint",)


def test_a_reel_was_watched_and_a_pick_was_picked() -> None:
    for kind, words in (("reel", "you watched"), ("pick", "you picked")):
        items = [replace(event(name, name), kind=kind) for name in ("x", "y", "z")]
        factors = factor_model({"x": (1, 0), "y": (0.9, 0.1), "z": (-1, 0)}, {})
        town = Town(*items, model=replace(blank_model(kind), factors=factors), blend=only(factor_item=1.0))

        assert words in reason(town, "y", town.profile("x")).text


def test_clubmates_are_counted_in_words() -> None:
    town = pair(company=1.0)

    assert reason(town, "relay", town.profile(company={"relay": 3})).text == "3 clubmates are going"
    assert reason(town, "relay", town.profile(company={"relay": 1})).text == "1 clubmate is going"


def test_her_own_club_is_named_and_a_club_she_only_visited_is_told_apart() -> None:
    town = pair(club_mine=1.0, club_known=0.5)

    assert reason(town, "relay", town.profile(clubs=["b"])).text == "In your club Club b"
    visited = reason(town, "sprint", town.profile("sprint"))
    assert visited.code == "your_club"
    assert visited.text == "From Club a, where you have been before"


def test_near_and_soon_says_only_what_is_true() -> None:
    soon_and_near = Town(event("x"), event("y", starts_in_hours=900, place=FAR_AWAY), blend=only(near=1.0, soon=1.0))
    only_soon = Town(event("x", place=FAR_AWAY), event("y", starts_in_hours=900, place=FAR_AWAY), blend=only(soon=1.0))
    only_near = Town(event("x", starts_in_hours=900), event("y", starts_in_hours=901, place=None), blend=only(near=1.0))

    assert reason(soon_and_near, "x").text == "Near you and soon"
    assert reason(only_soon, "x").text == "Coming up soon"
    assert reason(only_near, "x").text == "Near you"


def test_popular_this_week_needs_somebody_this_week() -> None:
    town = pair(week=1.0)
    town.happened("relay", times=4)

    assert reason(town, "relay").text == "Popular this week"
    assert reason(town, "relay").code == "popular"


def test_a_like_item_is_named() -> None:
    town = pair(content=1.0)
    like = event("relay2", "b", title="Relay", text="run", starts_in_hours=400, place=FAR_AWAY)
    town.catalogue.put(like)

    why = reason(town, "relay2", town.profile("relay", settled=["relay"]))

    assert (why.code, why.text) == ("similar", "Like Relay")


def test_a_fresh_item_is_new_in_its_club() -> None:
    item = event("relay", "b")
    fresh = replace(item, created_at=item.starts_at)
    town = Town(fresh, event("old", "a"), blend=only(fresh=1.0))

    assert reason(town, "relay").text == "New in Club b"


def test_the_strongest_group_gives_the_reason() -> None:
    town = pair(company=0.1, club_mine=5.0)
    profile = town.profile(clubs=["b"], company={"relay": 2})
    assert reason(town, "relay", profile).code == "your_club"

    town = pair(company=5.0, club_mine=0.1)
    assert reason(town, "relay", profile).code == "clubmates_going"


def test_every_item_of_every_list_has_a_sentence() -> None:
    items = [event(f"{c}{n}", c, starts_in_hours=24 * n + 24) for c in "abc" for n in range(9)]
    town = Town(*items)
    for profile in (Profile(), Profile(place=HOME), town.profile("a0", "b2", clubs=["c"])):
        for one in town.ranked(profile):
            assert one.reason.text.strip()
            assert "None" not in one.reason.text
