"""Small models by hand, and a town: catalogue, trends and engine in one, for tests that say what they need."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from clubkit.contracts.ranking import Ranked
from clubkit.ids import ClubId
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Floats, Item, ItemId, Kind, Place
from recommender.ranking.blend import prior_blend
from recommender.ranking.bundle import BlendWeights, FactorModel, KindModel
from recommender.ranking.engine import Policy, RankingEngine
from recommender.ranking.features import NAMES
from recommender.ranking.profile import Action, Profile
from recommender.ranking.scene import Scene
from recommender.retrieval.content import fit_content
from recommender.retrieval.trends import Trends
from tests.recommender.worlds import HOME, START

NOW = START.timestamp()
PLAIN = Policy(per_club=None, explore=False)


def blank_model(kind: Kind = "event", *, items: Iterable[Item] = (), dim: int = 8) -> KindModel:
    """Knows words, nothing else."""
    content = fit_content(items, seed=1, buckets=512, dim=32)
    none: dict[ItemId, int] = {}
    factors = FactorModel(none, {}, np.zeros((0, dim), np.float32), np.zeros((32, dim), np.float32), 1.0, 10.0)
    return KindModel(kind, content, factors, prior_blend())


def factor_model(items: Mapping[str, Iterable[float]], clubs: Mapping[str, Iterable[float]]) -> FactorModel:
    """Factors by name."""
    table = np.asarray([list(row) for row in (*items.values(), *clubs.values())], np.float32)
    rows = {ItemId(name): row for row, name in enumerate(items)}
    club_rows = {ClubId(name): len(items) + row for row, name in enumerate(clubs)}
    return FactorModel(rows, club_rows, table, np.zeros((32, table.shape[1]), np.float32), 1.0, 10.0)


def only(**weights: float) -> BlendWeights:
    """A blend in which only the named features count."""
    row = np.asarray([weights.get(name, 0.0) for name in NAMES], np.float32)
    return BlendWeights(NAMES, np.tile(row, (2, 1)))


class Town:
    """An engine over a handful of items, spoken to by item name."""

    def __init__(self, *items: Item, model: KindModel | None = None, blend: BlendWeights | None = None) -> None:
        model = model or blank_model(items[0].kind if items else "event", items=items)
        self.model = replace(model, blend=blend) if blend else model
        self.catalogue = Catalogue(self.model.kind, self.model)
        self.trends = Trends()
        for item in items:
            self.catalogue.put(item)
        self.engine = RankingEngine(self.model, self.catalogue, self.trends)

    def row(self, name: str) -> int:
        return self.catalogue.row(ItemId(name))

    def club(self, name: str) -> int:
        return self.catalogue.club_row(ClubId(name))

    def profile(
        self,
        *said_yes: str,
        clubs: Iterable[str] = (),
        place: Place | None = HOME,
        settled: Iterable[str] = (),
        company: Mapping[str, int] | None = None,
        weight: float = 1.0,
        at: float = NOW - 86400,
    ) -> Profile:
        """She acted on these items, in this order, a minute apart, and settled only what is named so."""
        actions = tuple(Action(self.row(name), weight, at + 60 * step) for step, name in enumerate(said_yes))
        going = tuple((self.row(name), count) for name, count in (company or {}).items())
        return Profile(
            actions, frozenset(self.club(name) for name in clubs), place, tuple(map(self.row, settled)), going
        )

    def happened(self, name: str, *, hours_ago: float = 1.0, times: int = 1, before: tuple[str, ...] = ()) -> None:
        past = [(self.row(one), int(self.catalogue.club[self.row(one)])) for one in before]
        club = int(self.catalogue.club[self.row(name)])
        for _ in range(times):
            self.trends.observe(self.row(name), club, NOW - 3600 * hours_ago, weight=1.0, before=past)

    def scene(self, profile: Profile | None = None, *, now: float = NOW) -> Scene:
        return self.engine.scene(profile or Profile(place=HOME), now=now)

    def ranked(
        self, profile: Profile | None = None, *, limit: int = 10, policy: Policy = PLAIN, seed: int = 0
    ) -> tuple[Ranked, ...]:
        rng = np.random.default_rng(seed)
        return self.engine.rank(profile or Profile(place=HOME), now=NOW, limit=limit, rng=rng, policy=policy)

    def names(self, profile: Profile | None = None, *, limit: int = 10, policy: Policy = PLAIN) -> list[str]:
        return [one.item_id for one in self.ranked(profile, limit=limit, policy=policy)]

    def values(self, feature: Floats) -> dict[str, float]:
        """A feature by item name."""
        return {item.id: float(value) for item, value in zip(self.catalogue.items, feature, strict=True)}
