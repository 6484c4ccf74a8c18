"""What a profile shows: badges with their progress, and what the member did lately."""

from datetime import datetime

from clubkit.db.work import UnitOfWork
from clubkit.identity import Caller
from clubkit.ids import ClubId, EventId, MemberId
from social_service.achievements.badges import BADGES, BY_ID, Badge
from social_service.achievements.earning import HubZone
from social_service.achievements.models import ActivityRow
from social_service.achievements.schemas import Achievements, ActivityItem, BadgeOut, ProgressOut
from social_service.achievements.store import ActivityStore, BadgeStore, ByCounter
from social_service.clubs import service as clubs
from social_service.clubs.schemas import Viewer
from social_service.events import service as events
from social_service.people import service as people

COUNTERS = {way.counter for badge in BADGES for way in badge.ways}
Next = tuple[datetime, str, str] | None


async def achievements(work: UnitOfWork, handle: str) -> Achievements:
    """Every badge: earned, or how far it is. Raises PersonNotFound."""
    member_id = (await people.by_handle(work, handle)).id
    store = BadgeStore(work)
    earned = (await store.earned([member_id]))[member_id]
    marks = await store.marks([member_id], COUNTERS)
    holders = await store.holders()
    shown = tuple(_badge(work, badge, member_id, earned.get(badge.id), marks, holders) for badge in BADGES)
    return Achievements(member_id=member_id, earned=len(earned), badges=shown)


async def activity(
    work: UnitOfWork, caller: Caller, handle: str, *, before: Next, limit: int
) -> tuple[list[ActivityItem], Next]:
    """What the asker may see of a member's doings, newest first. Raises PersonNotFound."""
    member_id = (await people.by_handle(work, handle)).id
    viewer = await clubs.viewer(work, caller.member_id)
    rows = await ActivityStore(work).page(member_id, viewer.clubs, before, limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    titles = await _event_titles(work, viewer, [row.item_id for row in rows if row.kind == "event"])
    shown = [_item(row, titles) for row in rows if row.kind != "event" or row.item_id in titles]
    return shown, (rows[-1].at, rows[-1].kind, rows[-1].item_id) if more else None


async def _event_titles(work: UnitOfWork, viewer: Viewer, event_ids: list[str]) -> dict[str, str]:
    """Those the viewer may see."""
    cards = await events.cards(work, viewer, [EventId(each) for each in event_ids]) if event_ids else []
    return {card.id: card.title for card in cards}


def _badge(
    work: UnitOfWork, badge: Badge, member_id: MemberId, earned_at: datetime | None, marks: ByCounter,
    holders: dict[str, int],
) -> BadgeOut:  # fmt: skip
    now = work.now.astimezone(work.port(HubZone).info)
    ways = []
    for way in badge.ways:
        have = way.have(marks.get((member_id, way.counter), {}), now)
        ways.append(ProgressOut(label=way.label, have=way.need if earned_at else min(have, way.need), need=way.need))
    furthest = max(ways, key=lambda way: way.have / way.need)
    return BadgeOut(
        badge=badge.id, title=badge.title, text=badge.text, hue=badge.hue, glyph=badge.glyph, earned_at=earned_at,
        have=furthest.have, need=furthest.need, ways=tuple(ways), holders=holders.get(badge.id, 0),
    )  # fmt: skip


def _item(row: ActivityRow, titles: dict[str, str]) -> ActivityItem:
    about = titles.get(row.item_id, row.text)
    title = {
        "badge": f"Earned the badge {about}",
        "event": f"Is going to {about}",
        "reel": "Published a reel",
        "post": "Wrote a post",
        "club": f"Joined {about}",
    }[row.kind]
    text = BY_ID[row.item_id].text if row.kind == "badge" and row.item_id in BY_ID else row.text
    return ActivityItem(
        id=f"{row.kind}:{row.item_id}", kind=row.kind, item_id=row.item_id, title=title,
        text=text if row.kind in {"badge", "reel", "post"} else "",
        club_id=ClubId(row.club_id) if row.club_id else None, at=row.at,
    )  # fmt: skip
