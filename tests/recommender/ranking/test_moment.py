"""What is packed and kept between requests never shows: an engine that lived ranks as one that was born just now."""

from dataclasses import replace

import numpy as np
import pytest

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import ItemId, Place
from recommender.ranking.bundle import KindModel
from recommender.ranking.engine import RankingEngine, Scored
from recommender.ranking.profile import Profile
from tests.recommender.models import NOW, PLAIN, Town, blank_model, factor_model
from tests.recommender.worlds import HOME, event

HOUR = 3600.0


def model_with_factors(rng: np.random.Generator, items: list, clubs: str) -> KindModel:
    factors = factor_model(
        {one.id: rng.normal(size=6) for one in items}, {club: rng.normal(size=6) for club in clubs}
    )  # fmt: skip
    return replace(blank_model(items=items), factors=factors)


def born_now(town: Town) -> RankingEngine:
    """The same items, rows and trends, and nothing kept."""
    catalogue = Catalogue(town.catalogue.kind, town.model)
    for club in town.catalogue.club_ids:
        catalogue.club_row(club)
    for row, item in enumerate(town.catalogue.items):
        catalogue.put(item)
        if not town.catalogue.alive[row]:
            catalogue.remove(item.id)
    return RankingEngine(town.model, catalogue, town.trends)


def busy_town(rng: np.random.Generator) -> Town:
    items = [
        event(
            f"e{number}", "abcdef"[number % 6], starts_in_hours=float(rng.uniform(-30, 90)), text=f"text {number % 9}",
            place=Place(HOME.lat + number % 5 / 20, HOME.lon) if number % 7 else None, public=bool(number % 4),
        )
        for number in range(120)
    ]  # fmt: skip
    return Town(*items, model=model_with_factors(rng, items, "abcdef"))


def somebody(town: Town, rng: np.random.Generator) -> Profile:
    acted = [f"e{number}" for number in rng.integers(0, 120, int(rng.integers(0, 8)))]
    return town.profile(
        *acted, clubs=list(rng.choice(list("abcdef"), 2, replace=False)), settled=set(acted[:3]),
        place=HOME if rng.random() < 0.8 else None, company={f"e{int(rng.integers(120))}": 2}, at=NOW - HOUR,
    )  # fmt: skip


def something_happens(town: Town, rng: np.random.Generator) -> None:
    name = f"e{int(rng.integers(120))}"
    match int(rng.integers(4)):
        case 0:
            town.happened(name, hours_ago=0.5, times=2, before=(f"e{int(rng.integers(120))}",))
        case 1:
            town.catalogue.remove(ItemId(name))
        case 2:
            town.catalogue.put(event(name, "c", starts_in_hours=float(rng.uniform(-5, 50))))
        case _:
            town.catalogue.put(event(f"more{town.catalogue.size}", "g", starts_in_hours=5))


def test_a_ranking_that_lived_through_everything_ranks_as_one_made_anew() -> None:
    rng = np.random.default_rng(7)
    town = busy_town(rng)
    now = NOW
    for _ in range(60):
        something_happens(town, rng) if rng.random() < 0.5 else None
        now += float(rng.choice([0.0, 0.3, 40.0, HOUR]))
        profile = somebody(town, rng)
        lists = [
            engine.rank(profile, now=now, limit=20, rng=np.random.default_rng(1), policy=PLAIN)
            for engine in (town.engine, born_now(town))
        ]
        assert [one.item_id for one in lists[0]] == [one.item_id for one in lists[1]]
        assert [one.reason for one in lists[0]] == [one.reason for one in lists[1]]
        assert [one.score for one in lists[0]] == pytest.approx([one.score for one in lists[1]], rel=1e-5)
        assert all(one.item_id in eligible_names(town, profile, now) for one in lists[0])


def eligible_names(town: Town, profile: Profile, now: float) -> set[str]:
    """By looking at every item of the catalogue."""
    catalogue = town.catalogue
    return {
        item.id
        for row, item in enumerate(catalogue.items)
        if catalogue.alive[row] and (item.starts_at is None or item.starts_at.timestamp() > now)
        and (item.visibility == "public" or int(catalogue.club[row]) in profile.clubs) and row not in profile.settled
    }  # fmt: skip


def test_what_is_over_changes_nothing_about_the_rest() -> None:
    ahead = [event(f"e{n}", "abc"[n % 3], starts_in_hours=n + 1) for n in range(12)]
    over = [event(f"o{n}", "abc"[n % 3], starts_in_hours=-1 - n) for n in range(40)]
    model = blank_model(items=ahead)

    with_history, without = Town(*ahead, *over, model=model), Town(*ahead, model=model)

    lists = [town.ranked(town.profile("e2", "e4", clubs=["b"])) for town in (with_history, without)]
    assert [(one.item_id, one.reason) for one in lists[0]] == [(one.item_id, one.reason) for one in lists[1]]


def test_every_eligible_item_is_a_candidate_and_its_score_is_the_weighed_sum_of_its_features() -> None:
    rng = np.random.default_rng(3)
    town = busy_town(rng)
    for _ in range(20):
        something_happens(town, rng)
    for _ in range(10):
        profile = somebody(town, rng)
        scored = town.engine.score(profile, now=NOW)
        everything = np.arange(len(scored.rows))

        assert {town.catalogue.items[row].id for row in scored.rows} == eligible_names(town, profile, NOW)
        np.testing.assert_allclose(scored.weights @ scored.features(everything), scored.scores, atol=1e-4)


def test_an_event_that_begins_within_the_second_is_gone_at_once() -> None:
    town = Town(event("now", starts_in_hours=0.5 / HOUR), event("later", starts_in_hours=1))

    assert [one.item_id for one in town.engine.rank(Profile(), now=NOW, limit=9, rng=np.random.default_rng(0))] != []
    assert rows(town, town.engine.score(Profile(), now=NOW + 0.4)) == {"now", "later"}
    assert rows(town, town.engine.score(Profile(), now=NOW + 0.5)) == {"later"}
    assert rows(town, town.engine.score(Profile(), now=NOW + 0.4)) == {"now", "later"}


def rows(town: Town, scored: Scored) -> set[str]:
    return {town.catalogue.items[row].id for row in scored.rows}
