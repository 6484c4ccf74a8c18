"""What the blend weighs. Each feature is a function from a scene to its parts, whose sum is one number per item.

Features are 0 where they have nothing to say, and lie between about 0 and 10.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from clubkit.contracts.ranking import ReasonCode
from recommender.catalogue.schemas import Floats
from recommender.ranking.parts import Common, Grouped, Likeness, Parts, Product, Sparse
from recommender.ranking.scene import Scene

UNKNOWN_KM = 30.0


@dataclass(frozen=True, slots=True)
class Feature:
    """prior: its weight before anything was learned; reason: what it can justify."""

    name: str
    of: Callable[[Scene], Parts]
    prior: float
    reason: ReasonCode | None = None


def _f32(values: npt.NDArray[np.generic]) -> Floats:
    return np.asarray(values, np.float32)


def _per_club(values: npt.NDArray[np.generic]) -> Parts:
    return (Grouped("club", _f32(values)),)


def factor_item(scene: Scene) -> Parts:
    """The factor model's belief that she wants this item, as a cosine: the plain product mostly says who is popular."""
    return (Product(scene.standing.directions, scene.direction),) if scene.liked else ()


def factor_club(scene: Scene) -> Parts:
    """The same for the item's club."""
    return _per_club(scene.catalogue.club_directions @ scene.direction) if scene.liked else ()


def sequence(scene: Scene) -> Parts:
    """The sequence model's logit."""
    return (Product(scene.standing.sequence, scene.state),) if scene.liked and scene.model.sequence else ()


def follows(scene: Scene) -> Parts:
    """How often members went on to this item from her last ones; the root spreads out small chances."""
    following = scene.trends.next_item.following(scene.recent, scene.now, scene.catalogue.size)
    rows = np.flatnonzero(following)
    places = scene.standing.places[rows]
    stands = places >= 0
    return (Sparse(places[stands], _f32(np.sqrt(following[rows[stands]]))),)


def follows_club(scene: Scene) -> Parts:
    club = scene.catalogue.club
    clubs = [(int(club[row]), weight) for row, weight in scene.recent]
    return _per_club(np.sqrt(scene.trends.next_club.following(clubs, scene.now, max(scene.catalogue.clubs, 1))))


def content(scene: Scene) -> Parts:
    """Likeness to the middle of what she liked."""
    return (Likeness(scene.tasted.sum(axis=1)),) if scene.liked else ()


def club_known(scene: Scene) -> Parts:
    """1 for clubs she dealt with before."""
    return _per_club(scene.familiar > 0)


def club_share(scene: Scene) -> Parts:
    """Which part of her doings was with this club."""
    return _per_club(scene.familiar / max(scene.familiar.sum(), 1e-9))


def club_often(scene: Scene) -> Parts:
    return _per_club(np.log1p(scene.familiar))


def club_last(scene: Scene) -> Parts:
    """1 for the club of her very last action."""
    return _last_club(scene, 1.0)


def club_session(scene: Scene) -> Parts:
    """The same, fading within hours: she is still looking around in that club."""
    return _last_club(scene, scene.in_session)


def series_next(scene: Scene) -> Parts:
    """1 for what comes right after her last choice in its club: people answer a season in one go."""
    if scene.last is None:
        return ()
    row = scene.last.row
    places, _ = scene.standing.of_clubs(scene.catalogue.club[row : row + 1].astype(np.intp))
    later = scene.eligible[places] & (scene.standing.starts_at[places] > scene.catalogue.starts_at[row])
    following = places[later]
    return (Sparse(following, _f32(1.0 / (1.0 + np.arange(len(following))))),)


def content_last(scene: Scene) -> Parts:
    """Likeness to her last action alone."""
    return (Likeness(scene.catalogue.content(scene.last.row)),) if scene.last else ()


def club_mine(scene: Scene) -> Parts:
    """1 for clubs she is a member of."""
    return _per_club(scene.member_of)


def up_next(scene: Scene) -> Parts:
    """1 for a club's next item, falling off for later ones."""
    places, values = scene.moved_up
    return Common(scene.moment.up_next), Sparse(places, values - scene.moment.up_next[places])


def up_next_known(scene: Scene) -> Parts:
    return (Sparse(scene.known_places, scene.up_next[scene.known_places]),)


def soon(scene: Scene) -> Parts:
    """1 for now, ½ in two days, falling off slowly."""
    return (Common(scene.moment.soon),)


def soon_known(scene: Scene) -> Parts:
    return (Sparse(scene.known_places, scene.moment.soon[scene.known_places]),)


def near(scene: Scene) -> Parts:
    """1 at her door, ½ at five kilometres; unknown places count as far, not as nowhere."""
    km = np.minimum(scene.spot_km, np.float32(UNKNOWN_KM))
    return (Grouped("spot", np.float32(5.0) / (np.float32(5.0) + km)),)


def company(scene: Scene) -> Parts:
    if not scene.profile.company:
        return ()
    rows, counts = np.asarray(scene.profile.company, np.intp).T
    places = scene.standing.places[rows]
    stands = places >= 0
    return (Sparse(places[stands], np.log1p(_f32(counts[stands]))),)


def now(scene: Scene) -> Parts:
    return (Common(scene.moment.now_count),)


def hot(scene: Scene) -> Parts:
    return (Common(scene.moment.hot),)


def week(scene: Scene) -> Parts:
    return (Common(scene.moment.week),)


def ever(scene: Scene) -> Parts:
    return (Common(scene.moment.ever),)


def alive(scene: Scene) -> Parts:
    """1 once anybody answered."""
    return (Common(scene.moment.alive),)


def club_hot(scene: Scene) -> Parts:
    return _per_club(scene.trends.club_hot.logs(scene.now, max(scene.catalogue.clubs, 1)))


def club_week(scene: Scene) -> Parts:
    return _per_club(scene.trends.club_week.logs(scene.now, max(scene.catalogue.clubs, 1)))


def fresh(scene: Scene) -> Parts:
    """1 when just made, ½ after three days; 0 where the birth is unknown."""
    return (Common(scene.moment.fresh),)


def _last_club(scene: Scene, value: float) -> Parts:
    if scene.last is None:
        return ()
    last = np.zeros(scene.catalogue.clubs, np.float32)
    last[scene.catalogue.club[scene.last.row]] = value
    return (Grouped("club", last),)


FEATURES: tuple[Feature, ...] = (
    Feature("factor_item", factor_item, 3.0, "because_you"),
    Feature("factor_club", factor_club, 2.0, "because_you"),
    Feature("sequence", sequence, 0.1, "sequence"),
    Feature("follows", follows, 2.0, "because_you"),
    Feature("follows_club", follows_club, 1.0, "because_you"),
    Feature("content", content, 1.0, "similar"),
    Feature("club_known", club_known, 1.5, "your_club"),
    Feature("club_share", club_share, 1.5, "your_club"),
    Feature("club_often", club_often, 0.5, "your_club"),
    Feature("club_last", club_last, 0.5, "your_club"),
    Feature("club_session", club_session, 0.5, "your_club"),
    Feature("series_next", series_next, 0.5, "your_club"),
    Feature("content_last", content_last, 0.5, "similar"),
    Feature("club_mine", club_mine, 2.0, "your_club"),
    Feature("up_next", up_next, 0.5, "near_and_soon"),
    Feature("up_next_known", up_next_known, 1.0, "your_club"),
    Feature("soon", soon, 1.0, "near_and_soon"),
    Feature("soon_known", soon_known, 0.5, "your_club"),
    Feature("near", near, 0.5, "near_and_soon"),
    Feature("company", company, 1.0, "clubmates_going"),
    Feature("now", now, 0.2, "popular"),
    Feature("hot", hot, 0.5, "popular"),
    Feature("week", week, 0.5, "popular"),
    Feature("ever", ever, 0.1, "popular"),
    Feature("alive", alive, 0.2, "popular"),
    Feature("club_hot", club_hot, 0.2, "popular"),
    Feature("club_week", club_week, 0.2, "popular"),
    Feature("fresh", fresh, 0.3, "fresh"),
)
NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
