"""The newest messages of a room folded from what happened, a second time and apart from the hub's own folding."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
NEWEST = 100


@dataclass
class Now:
    """A message as it is."""

    body: str
    is_gone: bool
    edits: int = 0
    reactions: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def shown(cls, message: Json) -> "Now":
        """As a page shows it."""
        reactions = {each["emoji"]: set(each["members"]) for each in message["reactions"]}
        return cls(message["body"], message["deleted_at"] is not None, message["edits"], reactions)


class Fold:
    """Of the newest messages; what happens to older ones is not followed."""

    def __init__(self) -> None:
        self.messages: OrderedDict[str, Now] = OrderedDict()

    def apply(self, event: Json) -> None:
        if event["kind"] == "message":
            message = event["message"]
            self.messages[message["id"]] = Now(message["body"], message["deleted_at"] is not None)
            if len(self.messages) > NEWEST:
                self.messages.popitem(last=False)
            return
        now = self.messages.get(event.get("target", ""))
        if now is not None and not now.is_gone:
            _change(now, event)


def _change(now: Now, event: Json) -> None:
    if event["kind"] == "edited":
        now.body, now.edits = event["body"], event["edits"]
    elif event["kind"] == "deleted":
        now.body, now.is_gone, now.edits, now.reactions = "", True, 0, {}
    elif event["kind"] == "reacted":
        members = now.reactions.setdefault(event["emoji"], set())
        (members.add if event["on"] else members.discard)(event["by"])
        if not members:
            del now.reactions[event["emoji"]]
