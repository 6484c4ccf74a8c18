"""What a member under torture writes next in a room: mostly messages, among them edits, reactions and deletions."""

import random
from dataclasses import dataclass
from typing import Any

from clubkit.ids import new_id
from tools.torture.history import Did, History, client_id

EMOJI = ("👍", "🎉", "🏐")
GONE = "message_is_deleted"
"""The answer to a change that came after somebody's deletion: it was not made, and is not made again."""


@dataclass(frozen=True)
class Write:
    """Kept under its client id until it is answered, however often it has to be sent."""

    event: str
    payload: dict[str, Any]
    count: int = 0
    """Of a message."""
    what: Did = ()
    """Of a change."""


def next_write(history: History, chance: random.Random, changes: float) -> Write:
    """changes: share of the writes that are no messages, where there is anything to change."""
    if history.recent and chance.random() < changes:
        return _change(history, chance)
    count = history.acked + 1
    payload = {"room": history.room, "client_id": client_id(new_id(), count), "body": str(count)}
    return Write("message.send", payload, count=count)


def _change(history: History, chance: random.Random) -> Write:
    target, writer = chance.choice(history.recent)
    common = {"room": history.room, "client_id": new_id(), "target": target}
    kind = chance.choice(("edited", "edited", "reacted", "deleted")) if writer == history.me else "reacted"
    if kind == "edited":
        return Write("message.edit", {**common, "body": f"words of {new_id()}"}, what=(kind, target))
    if kind == "deleted":
        return Write("message.delete", common, what=(kind, target))
    emoji, on = chance.choice(EMOJI), chance.random() < 0.7
    return Write("message.react", {**common, "emoji": emoji, "on": on}, what=(kind, target, emoji, str(on)))
