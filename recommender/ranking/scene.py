"""One ranking request with everything derived from it, computed at most once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.schemas import Doubles, Floats, Mask, Rows
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
    """What the factor model folds in: a token for each item she liked, then one for each of their clubs.

    of_item, of_club: (likings,) the two tokens of each liking; likings: (likings,) how strong each is.
    """

    vectors: Floats
    confidences: Doubles
    of_item: Rows
    of_club: Rows
    likings: Doubles


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
        acted = np.asarray([action.row for action in self.profile.actions if action.familiar], np.intp)
        fading = CLUB_MEMORY ** np.arange(len(acted))[::-1]
        weights = np.bincount(self.catalogue.club[acted], fading, max(self.catalogue.clubs, 1))
        return np.asarray(weights, np.float64)

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
        rows = np.asarray([action.row for action in self.liked], np.intp)
        likings = np.asarray([action.liking for action in self.liked], np.float64)
        items, of_item = np.unique(rows, return_inverse=True)
        clubs, of_club = np.unique(catalogue.club[rows], return_inverse=True)
        of_club += len(items)
        vectors = np.concatenate([catalogue.factors[items], catalogue.club_factors[clubs]])
        liked = np.bincount(of_item, likings, len(vectors)) + np.bincount(of_club, likings, len(vectors))
        return History(vectors, np.asarray(1.0 + alpha * liked, np.float64), of_item, of_club, likings)

    @cached_property
    def member(self) -> FoldedMember:
        factors = self.model.factors
        return fold_in(self.history.vectors, self.history.confidences, factors.gram, ridge=factors.ridge)

    @cached_property
    def given(self) -> Doubles:
        """(k, likings): `factor @ given` is what each liking gave to the product with that factor.

        The token of a club is shared by all likings of the club, so its part is split among them by strength.
        """
        history = self.history
        by_token = contributions(history.vectors, history.confidences, self.member)
        split = np.zeros((by_token.shape[1], len(self.liked)))
        each = np.arange(len(self.liked))
        split[history.of_item, each] = history.likings
        split[history.of_club, each] = history.likings
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

    @cached_property
    def spot_km(self) -> Floats:
        """(spots,) from where she lives."""
        return distance_km(self.profile.place, self.catalogue.spot_lat, self.catalogue.spot_lon)

    @cached_property
    def company(self) -> dict[int, int]:
        """By row, how many of her clubmates go."""
        return dict(self.profile.company)
