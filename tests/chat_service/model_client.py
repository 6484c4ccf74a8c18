"""What any app must do to miss nothing: a client's memory of rooms, without a network and without a screen.

It takes pushes, gaps, syncs and pages in whatever order and number they come, and keeps to four rules: the next event
is applied, an older one dropped, beyond a hole nothing is taken but the news that there is more, and in a higher epoch
it starts anew from the newest page. Tests hold it against the store; the torture runs it against real processes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

MOST_SHOWN = 200
"""Members of a reaction that are listed; more are counted alone."""
CLEARED: Json = {
    "body": "", "reply_to": None, "mentions": [], "attachments": [], "previews": [], "card": None, "reactions": [],
    "edited_at": None, "edits": 0, "pinned": False,
}  # fmt: skip
"""What a deleted message keeps nothing of."""


@dataclass
class Held:
    """A room as the client has it: everything up to `seq` is applied; the room goes at least as far as `head`."""

    epoch: int = 1
    seq: int = 0
    nth: int = 0
    head: int = 0
    messages: dict[str, Json] = field(default_factory=dict)
    as_of: dict[str, int] = field(default_factory=dict)
    """Per message, the seq up to which everything is in it already."""
    applied: list[int] = field(default_factory=list)
    """Seqs in the order in which they were applied, since the last start: the history a test checks."""


@dataclass
class ModelClient:
    """`rooms`: those it has opened. A room it never opened starts from nothing."""

    rooms: dict[str, Held] = field(default_factory=dict)
    resets: dict[str, int] = field(default_factory=dict)
    """Rooms that must be started anew from their newest page (`opened`), and the epoch that it must be of at least."""

    def room(self, room: str) -> Held:
        return self.rooms.setdefault(room, Held())

    def heard(self, event: Json) -> bool:
        """One pushed event. True when it was applied; False: dropped, or beyond a hole (`holes` says)."""
        held = self.room(event["room"])
        if event["epoch"] != held.epoch:
            if event["epoch"] > held.epoch:
                self._must_start_anew(event["room"], event["epoch"])
            return False
        held.head = max(held.head, event["seq"])
        if event["seq"] != held.seq + 1:
            return False
        _apply(held, event)
        held.seq, held.nth = event["seq"], event["nth"]
        held.applied.append(event["seq"])
        return True

    def filled(self, stretch: Json) -> None:
        """What a gap or a sync brought. A reset leaves the room to be opened anew."""
        held = self.room(stretch["room"])
        if stretch["epoch"] < held.epoch:
            return
        if stretch["reset"] or stretch["epoch"] > held.epoch:
            self._must_start_anew(stretch["room"], stretch["epoch"])
            return
        for event in stretch["events"]:
            self.heard(event)
        held.head = max(held.head, stretch["head"])

    def synced(self, sync: Json) -> None:
        for stretch in sync["stretches"]:
            self.filled(stretch)

    def told(self, heads: Mapping[str, Json]) -> None:
        """A heartbeat's heads."""
        for room, head in heads.items():
            held = self.room(room)
            if head["epoch"] > held.epoch:
                self._must_start_anew(room, head["epoch"])
            elif head["epoch"] == held.epoch:
                held.head = max(held.head, head["seq"])

    def opened(self, page: Json) -> bool:
        """The newest page of a room, as a fresh start. False: it is older than what is held or known of; ask again."""
        room, before = page["room"], self.room(page["room"])
        if page["epoch"] < self.resets.get(room, before.epoch) or page["head"] < before.seq:
            return False
        known = before.head if page["epoch"] == before.epoch else 0
        self.rooms[room] = Held(page["epoch"], page["head"], page["nth"], max(page["head"], known))
        self.resets.pop(room, None)
        return self.extended(page)

    def extended(self, page: Json) -> bool:
        """A page beside what is held; what is in it is as of its own head.

        False: ask again. It is older than what is held, or messages would be missing between the two.
        """
        held = self.room(page["room"])
        if page["epoch"] != held.epoch or page["head"] < held.seq or not _touches(held, page["messages"]):
            return False
        for message in page["messages"]:
            if held.as_of.get(message["id"], -1) < page["head"]:
                held.messages[message["id"]] = message
                held.as_of[message["id"]] = page["head"]
        return True

    def holes(self) -> dict[str, Json]:
        """Per room that goes further than what was applied: the `room.gap` to ask."""
        return {
            room: {"room": room, "epoch": held.epoch, "after": held.seq}
            for room, held in self.rooms.items()
            if held.seq < held.head and room not in self.resets
        }

    def cursors(self) -> dict[str, Json]:
        """For the CONNECT auth."""
        return {room: {"epoch": held.epoch, "seq": held.seq} for room, held in self.rooms.items()}

    def timeline(self, room: str) -> list[Json]:
        """The messages held of a room, in order."""
        return sorted(self.room(room).messages.values(), key=lambda message: message["seq"])

    def _must_start_anew(self, room: str, epoch: int) -> None:
        self.resets[room] = max(epoch, self.resets.get(room, 0))


def _touches(held: Held, messages: list[Json]) -> bool:
    if not messages or not held.messages:
        return True
    mine = [message["nth"] for message in held.messages.values()]
    return min(mine) <= messages[-1]["nth"] + 1 and messages[0]["nth"] <= max(mine) + 1


def _apply(held: Held, event: Json) -> None:
    if event["kind"] == "message":
        _add(held, event["message"], event["seq"])
        return
    if event["kind"] == "notice":
        return
    message = held.messages.get(event["target"])
    if event["kind"] == "deleted":
        _unquote(held, event["target"])
    if message is None or message["deleted_at"] or held.as_of[message["id"]] >= event["seq"]:
        return
    held.messages[message["id"]] = _CHANGES[event["kind"]](message, event)


def _add(held: Held, message: Json, seq: int) -> None:
    if message["id"] not in held.messages:
        held.messages[message["id"]] = message
        held.as_of[message["id"]] = seq
    root = held.messages.get(message["thread"] or "")
    if root and held.as_of[root["id"]] < seq:
        counted = {"thread_count": root["thread_count"] + 1, "thread_last_at": message["at"]}
        held.messages[root["id"]] = root | counted


def _unquote(held: Held, target: str) -> None:
    for message in held.messages.values():
        if message["reply_to"] and message["reply_to"]["id"] == target:
            held.messages[message["id"]] = message | {"reply_to": message["reply_to"] | {"preview": ""}}


def _edited(message: Json, event: Json) -> Json:
    words = {"body": event["body"], "mentions": event["mentions"]}
    return message | words | {"edits": event["edits"], "edited_at": event["at"]}


def _deleted(message: Json, event: Json) -> Json:
    return message | CLEARED | {"deleted_at": event["at"], "moderated": event["moderated"]}


def _reacted(message: Json, event: Json) -> Json:
    by_emoji = {each["emoji"]: list(each["members"]) for each in message["reactions"]}
    members = by_emoji.setdefault(event["emoji"], [])
    if event["on"] and event["by"] not in members:
        members.append(event["by"])
    if not event["on"] and event["by"] in members:
        members.remove(event["by"])
    shown = [{"emoji": e, "members": who[:MOST_SHOWN], "count": len(who)} for e, who in by_emoji.items() if who]
    return message | {"reactions": shown}


def _pinned(message: Json, event: Json) -> Json:
    return message | {"pinned": event["on"]}


def _previewed(message: Json, event: Json) -> Json:
    return message | {"previews": event["previews"]}


def _voted(message: Json, event: Json) -> Json:
    votes = {o: [who for who in ids if who != event["by"]] for o, ids in message["card"]["data"]["votes"].items()}
    for option in event["options"]:
        votes.setdefault(str(option), []).append(event["by"])
    kept = {option: votes[option] for option in sorted(votes, key=int) if votes[option]}
    return message | {"card": message["card"] | {"data": message["card"]["data"] | {"votes": kept}}}


_CHANGES = {
    "edited": _edited, "deleted": _deleted, "reacted": _reacted, "pinned": _pinned, "previewed": _previewed,
    "voted": _voted,
}  # fmt: skip
