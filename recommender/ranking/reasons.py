"""The sentence under a recommendation, true and taken from what the model weighed most."""

from clubkit.contracts.ranking import Reason, ReasonCode
from recommender.catalogue.schemas import Item, Kind
from recommender.ranking.explaining import Explanation
from recommender.ranking.scene import Scene

DID: dict[Kind, str] = {"event": "said yes to", "reel": "watched", "pick": "picked"}
NEAR_KM = 10.0
MAX_ITEMS = 3


def reason_for(scene: Scene, row: int, explanation: Explanation) -> Reason:
    """The strongest group of contributions whose sentence holds true for this item."""
    for code in explanation.codes:
        past = _gave(scene, explanation) if code in PERSONAL else []
        if text := sentence(code, scene, row, past):
            return Reason(code=code, text=text, item_ids=tuple(item.id for item in past))
    return _plain(scene, row)


def _gave(scene: Scene, explanation: Explanation) -> list[Item]:
    """The past items that gave most."""
    return [scene.catalogue.items[row] for row, part in explanation.past[:MAX_ITEMS] if part > 0]


def _plain(scene: Scene, row: int) -> Reason:
    """Nothing stands out: what can still be said truly."""
    for code in PLAIN:
        if text := sentence(code, scene, row, []):
            return Reason(code=code, text=text, item_ids=())
    club = scene.catalogue.items[row].club_name
    return Reason(code="fresh", text=f"From {club}" if club else "Open to you", item_ids=())


def exploring(scene: Scene, row: int) -> Reason:
    club = scene.catalogue.items[row].club_name
    text = f"Something new from {club}" if club else "Something new to you"
    return Reason(code="explore", text=text, item_ids=())


PLAIN: tuple[ReasonCode, ...] = ("your_club", "clubmates_going", "popular", "near_and_soon")
PERSONAL: tuple[ReasonCode, ...] = ("because_you", "sequence", "similar")


def sentence(code: ReasonCode, scene: Scene, row: int, past: list[Item]) -> str | None:
    """None where the sentence would not be true."""
    item = scene.catalogue.items[row]
    if code in PERSONAL:
        return _personal(code, past, scene.catalogue.kind)
    if code == "your_club":
        return _club(scene, row, item)
    if code == "clubmates_going":
        return _company(scene, row)
    if code == "near_and_soon":
        return _near_and_soon(scene, row)
    if code == "popular":
        return "Popular this week" if scene.trends.week.at(row, scene.now) >= 1 else None
    return f"New in {item.club_name}" if item.club_name else "Just added"


def _personal(code: ReasonCode, past: list[Item], kind: Kind) -> str | None:
    if not past:
        return None
    did = f"you {DID[kind]} {past[0].title}" if past[0].title else "of what you did lately"
    if code == "similar":
        return f"Like {past[0].title}" if past[0].title else "Like what you chose before"
    if code == "sequence":
        return f"Often next for members who {DID[kind]} {past[0].title}" if past[0].title else "Often chosen next"
    return f"Because {did}"


def _club(scene: Scene, row: int, item: Item) -> str | None:
    club = int(scene.catalogue.club[row])
    name = item.club_name or "a club you know"
    if scene.member_of[club]:
        return f"In your club {item.club_name}" if item.club_name else "In one of your clubs"
    return f"From {name}, where you have been before" if scene.familiar[club] > 0 else None


def _company(scene: Scene, row: int) -> str | None:
    going = scene.company.get(row, 0)
    if not going:
        return None
    return "1 clubmate is going" if going == 1 else f"{going} clubmates are going"


def _near_and_soon(scene: Scene, row: int) -> str | None:
    hours = (scene.catalogue.starts_at[row] - scene.now) / 3600.0
    is_soon = hours <= 7 * 24
    is_near = bool(scene.spot_km[scene.catalogue.spot[row]] <= NEAR_KM)
    if is_near and is_soon:
        return "Near you and soon"
    if is_near:
        return "Near you"
    return "Coming up soon" if is_soon else None
