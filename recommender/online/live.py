"""The ranking in memory: one engine per kind over living catalogues, trends and members.

Owned by the event loop of one process. Everything in it can be rebuilt from the tables (`warming.py`), and a new
model is built beside it and swapped in between two requests.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress

import numpy as np

from clubkit.contracts.ranking import Ranked, RankedKind
from clubkit.ids import ClubId, MemberId
from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Floats, Item, ItemId, Place, UnknownItem
from recommender.online.members import Members
from recommender.online.store import Entry, Window
from recommender.online.untrained import KINDS, untrained
from recommender.ranking.bundle import Bundle, KindModel
from recommender.ranking.engine import Policy, RankingEngine
from recommender.retrieval.trends import Trends

POLICIES: dict[RankedKind, Policy] = {"event": Policy(), "reel": Policy(), "pick": Policy(per_club=None)}


class LiveRanking:
    """Ranks for members; moves with each action."""

    def __init__(self, bundle: Bundle | None = None, *, seed: int | None = None) -> None:
        bundle = bundle or untrained()
        self.version = bundle.version
        self.is_warm = False
        self._rng = np.random.default_rng(seed)
        self._engines = {kind: _engine(_model(bundle, kind)) for kind in KINDS}
        self.members = Members(self._observe)

    def engine(self, kind: RankedKind) -> RankingEngine:
        return self._engines[kind]

    def put_items(self, items: Iterable[tuple[Item, bool]]) -> None:
        """(item, whether it lives)."""
        for item, alive in items:
            catalogue = self._engines[item.kind].catalogue
            catalogue.put(item)
            if not alive:
                with suppress(UnknownItem):
                    catalogue.remove(item.id)

    def set_clubs(self, clubs: Mapping[MemberId, Collection[ClubId]]) -> None:
        self.members.set_clubs(clubs)

    def set_places(self, places: Mapping[MemberId, Place | None]) -> None:
        self.members.set_places(places)

    def set_window(self, member_id: MemberId, window: Window) -> list[Entry]:
        """Moves a member; answers what she did that was not known before."""
        return self.members.set_window(member_id, window)

    def rank(self, member_id: MemberId, kind: RankedKind, *, limit: int, now: float) -> tuple[Ranked, ...]:
        engine = self._engines[kind]
        if not engine.catalogue.size:
            return ()
        profile = self.members.profile(member_id, engine.catalogue)
        return engine.rank(profile, now=now, limit=limit, rng=self._rng, policy=POLICIES[kind])

    def embedding(self, member_id: MemberId, kind: RankedKind, now: float) -> Floats:
        """(k,) the member folded into the factors of this kind's items."""
        engine = self._engines[kind]
        profile = self.members.profile(member_id, engine.catalogue)
        scene = engine.scene(profile, now=now)
        return np.asarray(scene.member.vector, np.float32)

    def prepare(self, bundle: Bundle) -> dict[RankedKind, RankingEngine]:
        """New engines over the same rows; slow, touches nothing of what serves, so a thread may do it."""
        return {kind: _rebuilt(self._engines[kind], _model(bundle, kind)) for kind in KINDS}

    def swap(self, bundle: Bundle, engines: dict[RankedKind, RankingEngine]) -> None:
        """Serves with a prepared model from now on; catches up on what came while it was prepared."""
        for kind, engine in engines.items():
            old, new = self._engines[kind].catalogue, engine.catalogue
            for club_id in old.club_ids[new.clubs :]:
                new.club_row(club_id)
            for row, item in enumerate(old.items):
                if row >= new.size or new.items[row] is not item:
                    new.put(item)
                if not old.alive[row] and new.alive[row]:
                    new.remove(item.id)
        self._engines = engines
        self.version = bundle.version

    def _observe(self, _member: MemberId, entry: Entry, before: Sequence[Entry]) -> None:
        kind, item_id, _, weight, at, _ = entry
        if kind not in self._engines:
            return
        engine = self._engines[kind]
        catalogue = engine.catalogue
        row = catalogue.find(ItemId(item_id))
        if row is None:
            return
        past = [catalogue.find(ItemId(one[1])) for one in before]
        steps = [(past_row, int(catalogue.club[past_row])) for past_row in past if past_row is not None]
        engine.trends.observe(row, int(catalogue.club[row]), at, weight=weight, before=steps)


def _model(bundle: Bundle, kind: RankedKind) -> KindModel:
    """The bundle's model of a kind; the untrained one for a kind it was too poor in to learn."""
    return bundle.kinds.get(kind) or untrained().kinds[kind]


def _engine(model: KindModel) -> RankingEngine:
    return RankingEngine(model, Catalogue(model.kind, model), Trends())


def _rebuilt(old: RankingEngine, model: KindModel) -> RankingEngine:
    """The same rows and clubs in the same order, encoded anew; trends know only rows, so they are kept."""
    catalogue = Catalogue(old.catalogue.kind, model)
    for club_id in list(old.catalogue.club_ids):
        catalogue.club_row(club_id)
    for row, item in enumerate(list(old.catalogue.items)):
        catalogue.put(item)
        if not old.catalogue.alive[row]:
            catalogue.remove(item.id)
    return RankingEngine(model, catalogue, old.trends)
