"""One ranking request with everything derived from it, computed at most once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Doubles, Floats, Ints, Mask, Rows
from recommender.catalogue.standing import Standing
from recommender.ranking.bundle import KindModel
from recommender.ranking.moment import Moment, falling
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
    """Places are those of `moment.standing`, rows those of the catalogue."""

    model: KindModel
    moment: Moment
    profile: Profile
    now: float

    @property
    def standing(self) -> Standing:
        return self.moment.standing

    @property
    def catalogue(self) -> Catalogue:
        return self.moment.standing.catalogue

    @property
    def trends(self) -> Trends:
        return self.moment.trends

    @cached_property
    def eligible(self) -> Mask:
        """(n,) what she may be shown: not begun, hers to see, not settled."""
        mask: Mask = self.moment.eligible.copy()
        mask[self.opened] = True
        mask[self.settled] = False
        return mask

    @cached_property
    def opened(self) -> Rows:
        """Places of what she may see as a member of a club, beside what all may see."""
        secret = self.standing.members_only
        return secret[self.member_of[self.standing.club[secret]] & ~self.moment.begun[secret]]

    @cached_property
    def settled(self) -> Rows:
        """Places of what need not be offered again."""
        return self.places_of(self.profile.settled)

    def places_of(self, rows: tuple[int, ...]) -> Rows:
        """Those of these rows that still stand."""
        places = self.standing.places[np.asarray(rows, np.intp)]
        return places[places >= 0]

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

    @cached_property
    def known_places(self) -> Rows:
        """Places of the items of clubs she dealt with, club by club and by start."""
        return self.standing.of_clubs(np.flatnonzero(self.familiar > 0))[0]

    @cached_property
    def up_next(self) -> Floats:
        """(n,) 1 for a club's next item that she may be shown, falling off for later ones."""
        values = self.moment.up_next.copy()
        places, moved = self.moved_up
        values[places] = moved
        return values

    @cached_property
    def moved_up(self) -> tuple[Rows, Floats]:
        """Places, and `up_next` there, of the clubs where it is another for her than for everybody."""
        touched = np.unique(self.standing.club[np.concatenate([self.opened, self.settled])])
        places, counts = self.standing.of_clubs(touched)
        return places, falling(self.eligible[places], counts)

    def km_to(self, spots: Rows | Ints | slice) -> Floats:
        """From where she lives to these spots."""
        return distance_km(self.profile.place, self.catalogue.spot_lat[spots], self.catalogue.spot_lon[spots])
