"""What a notification says, in English, from its parts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from social_service.notifications.schemas import NotificationKind
from social_service.people.schemas import PersonBrief

Words = Mapping[str, Any]
Say = Callable[[Words, str, int], str]


def _event(words: Words, _who: str, count: int) -> str:
    if words.get("endless"):
        return f"{words['club']} planned {words['title']}, from now on"
    if count > 1:
        return f"{words['club']} planned {count} dates: {words['title']}"
    return f"{words['club']} planned {words['title']}"


def _pick(words: Words, _who: str, count: int) -> str:
    if count > 1:
        return f"{count} of your picks were settled."
    points = words["points"]
    return f"{words['home']} v {words['away']}: " + (f"you were right, +{points}" if points else "not this time")


def _messages(words: Words, who: str, count: int) -> str:
    return f"{who} sent you {count} messages" if count > 1 else f"{who} sent you a message"


def _answered(words: Words, _who: str, _count: int) -> str:
    club = words["club"]
    return f"Welcome to {club}!" if words["welcome"] else f"{club} did not take your request this time."


_SAY: Mapping[NotificationKind, Say] = {
    "event_scheduled": _event,
    "event_changed": lambda words, _who, _count: f"{words['title']} has changed",
    "event_cancelled": lambda words, _who, _count: f"{words['title']} is cancelled",
    "event_reminder": lambda words, _who, _count: f"{words['title']} begins {words['when']}",
    "seat": lambda words, _who, _count: f"You have a seat: {words['title']}",
    "comment": lambda _words, who, _count: f"{who} commented on your post",
    "reply": lambda _words, who, _count: f"{who} replied to your comment",
    "reaction": lambda _words, who, _count: f"{who} reacted to your post",
    "badge": lambda words, _who, _count: f"You earned a badge: {words['title']}",
    "message": _messages,
    "reported": lambda words, _who, _count: f"Something said in {words['room']} was reported",
    "join_asked": lambda words, who, _count: f"{who} would like to join {words['club']}",
    "join_answered": _answered,
    "pick_settled": _pick,
}


def text_of(kind: NotificationKind, words: Words, actors: Sequence[PersonBrief], count: int) -> str:
    return _SAY[kind](words, _names(actors, count), count)


def detail_of(kind: NotificationKind, words: Words) -> str:
    return str(words.get("detail", ""))


def _names(actors: Sequence[PersonBrief], count: int) -> str:
    """`Anna`, `Anna and Ben`, `Anna, Ben and 3 others`."""
    names = [actor.name for actor in actors]
    if not names:
        return "Somebody"
    if len(names) == 1:
        return names[0]
    others = max(0, count - 2)
    if others == 0:
        return f"{names[0]} and {names[1]}"
    return f"{names[0]}, {names[1]} and {others} other{'s' if others > 1 else ''}"


def wall_time(at: datetime, tzid: str) -> str:
    """`Tue 24 Nov, 19:00`, as the clock at the place shows it."""
    local = at.astimezone(ZoneInfo(tzid))
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def soon(minutes: int) -> str:
    """`in 2 hours`, `in 45 minutes`, `in 3 days`."""
    for unit, size in (("day", 1440), ("hour", 60)):
        if minutes >= size:
            number = round(minutes / size)
            return f"in {number} {unit}{'s' if number > 1 else ''}"
    return f"in {minutes} minutes"
