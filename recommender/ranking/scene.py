"""One ranking request with everything derived from it, computed at most once."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Doubles, Floats, Mask, Rows, Select
from recommender.ranking.bundle import KindModel
from recommender.ranking.profile import Action, Profile
from recommender.retrieval.factors import FoldedMember, contributions, fold_in
from recommender.retrieval.nearby import distance_km
from recommender.retrieval.trends import HOUR, STEPS_BACK, Trends

TASTE_OF = 20  # likings
CLUB_MEMORY = 0.9  # each step back in her history weighs a tenth less


@dataclass(frozen=True)
class History:
    """What the factor model folds in: her items, then their clubs. sources[i]: the actions behind token i."""

    vectors: Floats
    confidences: Doubles
    sources: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Scene:
    """`rows` picks the candidates out of the catalogue: all of them, or a shortlist."""

    catalogue: Catalogue
    model: KindModel
    trends: Trends
    profile: Profile
    now: float
    rows: Select = field(default_factory=lambda: slice(None))
    computed: dict[str, Floats] = field(init=False, default_factory=dict)
    """Features that others are made of, by name."""

    @cached_property
    def eligible(self) -> Mask:
        """(size,) what she may be shown: alive, not begun, hers to see, not settled."""
        catalogue = self.catalogue
        mask: Mask = catalogue.alive & (catalogue.starts_at > self.now)
        mask &= catalogue.public | self.member_of[catalogue.club]
        if self.profile.settled:
            mask[np.asarray(self.profile.settled, np.intp)] = False
        return mask

    @cached_property
    def member_of(self) -> Mask:
        """(clubs,)."""
        mask = np.zeros(max(self.catalogue.clubs, 1), np.bool_)
        mask[[club for club in self.profile.clubs if club < len(mask)]] = True
        return mask

    @cached_property
    def familiar(self) -> Doubles:
        """(clubs,) how often she dealt with each club, older steps fading."""
        weights = np.zeros(max(self.catalogue.clubs, 1))
        acted = [action for action in self.profile.actions if action.familiar]
        for step, action in enumerate(reversed(acted)):
            weights[self.catalogue.club[action.row]] += CLUB_MEMORY**step
        return weights

    @cached_property
    def last(self) -> Action | None:
        """The last thing she did that was no rejection."""
        return next((action for action in reversed(self.profile.actions) if action.familiar), None)

    @cached_property
    def in_session(self) -> float:
        """1 right after her last action, ½ an hour later, fading."""
        return HOUR / (HOUR + max(self.now - self.last.at, 0.0)) if self.last else 0.0

    @cached_property
    def liked(self) -> tuple[Action, ...]:
        """Her actions that say yes, oldest first."""
        return tuple(action for action in self.profile.actions if action.liking > 0)

    @cached_property
    def recent(self) -> list[tuple[int, float]]:
        """(row, weight) of her last likings, newest first."""
        newest = reversed(self.liked[-STEPS_BACK:])
        return [(action.row, action.liking / (1 + step)) for step, action in enumerate(newest)]

    @cached_property
    def history(self) -> History:
        catalogue, alpha = self.catalogue, self.model.factors.alpha
        tokens: dict[tuple[str, int], list[int]] = {}
        for index, action in enumerate(self.liked):
            tokens.setdefault(("item", action.row), []).append(index)
        for index, action in enumerate(self.liked):
            tokens.setdefault(("club", int(catalogue.club[action.row])), []).append(index)
        tables = {"item": catalogue.factors, "club": catalogue.club_factors}
        vectors = [tables[table][row] for table, row in tokens]
        liking = [sum(self.liked[index].liking for index in sources) for sources in tokens.values()]
        stacked = np.stack(vectors) if vectors else np.zeros((0, self.model.factors.dim), np.float32)
        return History(stacked, 1.0 + alpha * np.asarray(liking), tuple(map(tuple, tokens.values())))

    @cached_property
    def member(self) -> FoldedMember:
        factors = self.model.factors
        return fold_in(self.history.vectors, self.history.confidences, factors.gram, ridge=factors.ridge)

    @cached_property
    def given(self) -> Doubles:
        """(k, likings): `factor @ given` is what each liking gave to the product with that factor.

        The token of a club is shared by all likings of the club, so its part is split among them by strength.
        """
        by_token = contributions(self.history.vectors, self.history.confidences, self.member)
        split = np.zeros((by_token.shape[1], len(self.liked)))
        for token, sources in enumerate(self.history.sources):
            split[token, list(sources)] = [self.liked[index].liking for index in sources]
        return np.asarray(by_token @ (split / np.maximum(split.sum(axis=1, keepdims=True), 1e-12)))

    @cached_property
    def member_length(self) -> float:
        """Of her vector; never 0."""
        return float(np.linalg.norm(self.member.vector)) or 1.0

    @cached_property
    def direction(self) -> Floats:
        """(k,) her vector, of length one; zeros when she liked nothing yet."""
        return np.asarray(self.member.vector / self.member_length, np.float32)

    @cached_property
    def state(self) -> Floats:
        """(d,) of the sequence model."""
        past = [action.row for action in self.liked]
        if self.model.sequence is None or not past:
            return np.zeros(self.catalogue.sequence.shape[1], np.float32)
        return self.model.sequence.state(self.catalogue.sequence[past])

    @cached_property
    def tasted(self) -> Floats:
        """(c, n) the last things she liked, scaled so that their sum has length one."""
        past = [action.row for action in self.liked[-TASTE_OF:]]
        vectors = self.catalogue.content(past)
        return np.asarray(vectors.T / (float(np.linalg.norm(vectors.sum(axis=0))) or 1.0), np.float32)

    def likeness(self, vector: Floats) -> Floats:
        """(n,) of the candidates' content to a vector."""
        return np.asarray((self.catalogue.themes @ vector)[self.catalogue.theme[self.rows]], np.float32)

    @cached_property
    def distance_km(self) -> Floats:
        """(size,)."""
        return distance_km(self.profile.place, self.catalogue.lat, self.catalogue.lon)

    @cached_property
    def steps_after_last(self) -> Doubles:
        """(size,) 0 for the first eligible item after her last one in its club, 1 for the next; +inf elsewhere."""
        steps = np.full(self.catalogue.size, np.inf)
        if self.last:
            same_club = self.catalogue.club == self.catalogue.club[self.last.row]
            later = self.catalogue.starts_at > self.catalogue.starts_at[self.last.row]
            rows = np.flatnonzero(same_club & later & self.eligible)
            steps[rows[np.argsort(self.catalogue.starts_at[rows], kind="stable")]] = np.arange(len(rows))
        return steps

    @cached_property
    def place_in_club(self) -> Doubles:
        """(size,) 0 for the club's next eligible item, 1 for the one after, and so on."""
        order: Rows = self.catalogue.by_club
        counted = np.cumsum(self.eligible[order])
        clubs = self.catalogue.club[order]
        first = np.flatnonzero(np.r_[True, clubs[1:] != clubs[:-1]])
        before = np.r_[0, counted][first]
        places = np.empty(len(order))
        places[order] = counted - 1 - np.repeat(before, np.diff(np.r_[first, len(order)]))
        return places
