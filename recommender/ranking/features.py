"""What the blend weighs. Each feature is a function from a scene to one number per candidate, (n,) float32.

Features are 0 where they have nothing to say, and lie between about 0 and 10.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import numpy as np
import numpy.typing as npt

from clubkit.contracts.ranking import ReasonCode
from recommender.catalogue.schemas import Floats
from recommender.ranking.scene import Scene
from recommender.retrieval.decay import DecayedCounts
from recommender.retrieval.nearby import hours_until

UNKNOWN_KM = 30.0


@dataclass(frozen=True, slots=True)
class Feature:
    """prior: its weight before anything was learned; reason: what it can justify; finds: it may propose candidates."""

    name: str
    of: Callable[[Scene], Floats]
    prior: float
    reason: ReasonCode | None = None
    finds: bool = False


def _f32(values: npt.NDArray[np.generic]) -> Floats:
    return np.asarray(values, np.float32)


def _once(feature: Callable[[Scene], Floats]) -> Callable[[Scene], Floats]:
    """Computed at most once per scene: other features are made of it."""

    def of(scene: Scene) -> Floats:
        if feature.__name__ not in scene.computed:
            scene.computed[feature.__name__] = feature(scene)
        return scene.computed[feature.__name__]

    return wraps(feature)(of)


def _per_club(scene: Scene, values: npt.NDArray[np.generic]) -> Floats:
    return _f32(values)[scene.catalogue.club[scene.rows]]


def _count(scene: Scene, counts: DecayedCounts) -> Floats:
    return counts.logs(scene.now, scene.catalogue.size)[scene.rows]


def factor_item(scene: Scene) -> Floats:
    """The factor model's belief that she wants this item, as a cosine: the plain product mostly says who is popular."""
    wanted = scene.catalogue.factors[scene.rows] @ scene.direction
    return wanted / scene.catalogue.factor_lengths[scene.rows]


def factor_club(scene: Scene) -> Floats:
    """The same for the item's club."""
    wanted = scene.catalogue.club_factors @ scene.direction
    return _per_club(scene, wanted / scene.catalogue.club_factor_lengths)


def sequence(scene: Scene) -> Floats:
    """The sequence model's logit."""
    return scene.catalogue.sequence[scene.rows] @ scene.state


def follows(scene: Scene) -> Floats:
    """How often members went on to this item from her last ones; the root spreads out small chances."""
    return np.sqrt(_f32(scene.trends.next_item.following(scene.recent, scene.now, scene.catalogue.size)))[scene.rows]


def follows_club(scene: Scene) -> Floats:
    clubs = [(int(scene.catalogue.club[row]), weight) for row, weight in scene.recent]
    return _per_club(scene, np.sqrt(scene.trends.next_club.following(clubs, scene.now, scene.catalogue.clubs)))


def content(scene: Scene) -> Floats:
    """Likeness to the middle of what she liked."""
    return scene.likeness(scene.tasted.sum(axis=1))


@_once
def club_known(scene: Scene) -> Floats:
    """1 for clubs she dealt with before."""
    return _per_club(scene, scene.familiar > 0)


def club_share(scene: Scene) -> Floats:
    """Which part of her doings was with this club."""
    return _per_club(scene, scene.familiar / max(scene.familiar.sum(), 1e-9))


def club_often(scene: Scene) -> Floats:
    return _per_club(scene, np.log1p(scene.familiar))


@_once
def club_last(scene: Scene) -> Floats:
    """1 for the club of her very last action."""
    last = np.zeros(max(scene.catalogue.clubs, 1))
    if scene.last:
        last[scene.catalogue.club[scene.last.row]] = 1.0
    return _per_club(scene, last)


def club_session(scene: Scene) -> Floats:
    """The same, fading within hours: she is still looking around in that club."""
    return club_last(scene) * np.float32(scene.in_session)


def series_next(scene: Scene) -> Floats:
    """1 for what comes right after her last choice in its club: people answer a season in one go."""
    return _f32(1.0 / (1.0 + scene.steps_after_last[scene.rows]))


def content_last(scene: Scene) -> Floats:
    """Likeness to her last action alone."""
    catalogue = scene.catalogue
    if scene.last is None:
        return np.zeros(len(catalogue.theme[scene.rows]), np.float32)
    return scene.likeness(catalogue.themes[catalogue.theme[scene.last.row]])


def club_mine(scene: Scene) -> Floats:
    """1 for clubs she is a member of."""
    return _per_club(scene, scene.member_of)


@_once
def up_next(scene: Scene) -> Floats:
    """1 for a club's next item, falling off for later ones."""
    return _f32(1.0 / (1.0 + np.maximum(scene.place_in_club[scene.rows], 0.0)))


def up_next_known(scene: Scene) -> Floats:
    return up_next(scene) * club_known(scene)


@_once
def soon(scene: Scene) -> Floats:
    """1 for now, ½ in two days, falling off slowly."""
    hours = hours_until(scene.catalogue.starts_at[scene.rows], scene.now)
    return np.float32(48.0) / (np.float32(48.0) + hours)


def soon_known(scene: Scene) -> Floats:
    return soon(scene) * club_known(scene)


def near(scene: Scene) -> Floats:
    """1 at her door, ½ at five kilometres; unknown places count as far, not as nowhere."""
    km = np.minimum(scene.distance_km[scene.rows], np.float32(UNKNOWN_KM))
    return np.float32(5.0) / (np.float32(5.0) + km)


def company(scene: Scene) -> Floats:
    going = np.zeros(scene.catalogue.size, np.float32)
    if scene.profile.company:
        rows, counts = zip(*scene.profile.company, strict=True)
        going[list(rows)] = counts
    return np.log1p(going)[scene.rows]


def now(scene: Scene) -> Floats:
    return _count(scene, scene.trends.now)


def hot(scene: Scene) -> Floats:
    return _count(scene, scene.trends.hot)


def week(scene: Scene) -> Floats:
    return _count(scene, scene.trends.week)


def ever(scene: Scene) -> Floats:
    return _count(scene, scene.trends.ever)


def alive(scene: Scene) -> Floats:
    """1 once anybody answered."""
    return _f32(scene.trends.ever.read(scene.now, scene.catalogue.size)[scene.rows] > 0)


def club_hot(scene: Scene) -> Floats:
    return _per_club(scene, scene.trends.club_hot.logs(scene.now, scene.catalogue.clubs))


def club_week(scene: Scene) -> Floats:
    return _per_club(scene, scene.trends.club_week.logs(scene.now, scene.catalogue.clubs))


def fresh(scene: Scene) -> Floats:
    """1 when just made, ½ after three days; 0 where the birth is unknown."""
    age = _f32(scene.now - scene.catalogue.created_at[scene.rows])
    value = np.float32(72 * 3600) / (np.float32(72 * 3600) + np.maximum(age, np.float32(0)))
    return np.where(np.isnan(value), np.float32(0), value)


FEATURES: tuple[Feature, ...] = (
    Feature("factor_item", factor_item, 3.0, "because_you", finds=True),
    Feature("factor_club", factor_club, 2.0, "because_you"),
    Feature("sequence", sequence, 0.1, "sequence", finds=True),
    Feature("follows", follows, 2.0, "because_you", finds=True),
    Feature("follows_club", follows_club, 1.0, "because_you"),
    Feature("content", content, 1.0, "similar", finds=True),
    Feature("club_known", club_known, 1.5, "your_club", finds=True),
    Feature("club_share", club_share, 1.5, "your_club"),
    Feature("club_often", club_often, 0.5, "your_club"),
    Feature("club_last", club_last, 0.5, "your_club"),
    Feature("club_session", club_session, 0.5, "your_club"),
    Feature("series_next", series_next, 0.5, "your_club", finds=True),
    Feature("content_last", content_last, 0.5, "similar"),
    Feature("club_mine", club_mine, 2.0, "your_club"),
    Feature("up_next", up_next, 0.5, "near_and_soon"),
    Feature("up_next_known", up_next_known, 1.0, "your_club", finds=True),
    Feature("soon", soon, 1.0, "near_and_soon", finds=True),
    Feature("soon_known", soon_known, 0.5, "your_club"),
    Feature("near", near, 0.5, "near_and_soon"),
    Feature("company", company, 1.0, "clubmates_going", finds=True),
    Feature("now", now, 0.2, "popular", finds=True),
    Feature("hot", hot, 0.5, "popular", finds=True),
    Feature("week", week, 0.5, "popular", finds=True),
    Feature("ever", ever, 0.1, "popular"),
    Feature("alive", alive, 0.2, "popular"),
    Feature("club_hot", club_hot, 0.2, "popular"),
    Feature("club_week", club_week, 0.2, "popular"),
    Feature("fresh", fresh, 0.3, "fresh", finds=True),
)
NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)
