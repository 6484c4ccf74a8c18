"""What one client saw of one room, checked as it comes: nothing lost, doubled, turned round or left out.

Every message says its writer's count in that room (1, 2, 3 …) in its client id, and writers send one at a time. So in
an unbroken history each writer's counts are 1, 2, 3 … in the order of the seqs, and the last is what was acknowledged
to her. Of edits, reactions and deletions each receipt must meet what happened at its seq, and the other way round.
"""

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from tools.torture.folding import Fold

Json = dict[str, Any]
Did = tuple[str, ...]
"""A change in the few words that its receipt and what is told of it share."""
CHANGES = frozenset({"edited", "reacted", "deleted"})


@dataclass
class Findings:
    """What must not be, by kind; the first few of each in words."""

    counts: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    def add(self, kind: str, words: str) -> None:
        self.counts[kind] += 1
        if self.counts[kind] <= 5:
            self.words.append(f"{kind}: {words}")


def client_id(beginning: str, count: int) -> str:
    """A client id that says a message's count, also once its words are deleted."""
    return f"{beginning[:24]}{count:012x}"


def count_of(message: Json) -> int:
    return int(message["client_id"][24:], 16)


def did(event: Json) -> Did:
    kind, target = event["kind"], event["target"]
    return (kind, target, event["emoji"], str(event["on"])) if kind == "reacted" else (kind, target)


@dataclass
class History:
    room: str
    me: str
    findings: Findings
    seq: int = 0
    nth: int = 0
    head: int = 0
    epoch: int = 1
    counts: dict[str, int] = field(default_factory=dict)
    """The last count of each writer."""
    receipts: dict[int, int] = field(default_factory=dict)
    """Mine: acknowledged at this seq and not seen yet, by count."""
    seen: dict[int, int] = field(default_factory=dict)
    """Mine: seen at this seq and not acknowledged yet, by count."""
    changed: dict[int, Did] = field(default_factory=dict)
    """Mine: acknowledged changes that were not seen yet, by seq."""
    changes_seen: dict[int, Did] = field(default_factory=dict)
    """Mine: changes seen that were not acknowledged yet, by seq."""
    recent: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=8))
    """The newest messages and who wrote them: what changes are made to."""
    early: dict[int, Json] = field(default_factory=dict)
    """Events that came before one that they follow."""
    fold: Fold | None = None
    """Of who compares it with what a page shows."""
    acked: int = 0
    dropped: int = 0

    @property
    def cursor(self) -> Json:
        return {"epoch": self.epoch, "seq": self.seq}

    @property
    def has_hole(self) -> bool:
        return self.seq < self.head

    def heard(self, event: Json) -> None:
        """The next one is applied, an older one dropped; one beyond a hole waits for its turn."""
        seq = event["seq"]
        if event["epoch"] != self.epoch:
            self.findings.add("epoch", f"{self.room} went to epoch {event['epoch']} though nothing was cut off")
            return
        self.head = max(self.head, seq)
        if seq <= self.seq:
            self.dropped += 1
        else:
            self.early[seq] = event
            while self.seq + 1 in self.early:
                self.seq += 1
                self._apply(self.early.pop(self.seq))

    def _apply(self, event: Json) -> None:
        is_message = event["kind"] == "message"
        self.nth += is_message
        if event["nth"] != self.nth:
            self.findings.add("nth", f"{self.room} seq {self.seq}: nth {event['nth']}, counted {self.nth}")
            self.nth = event["nth"]
        if self.fold is not None:
            self.fold.apply(event)
        if is_message:
            self._message(event["by"], event["message"])
        elif event["kind"] in CHANGES:
            self._change(event)

    def _message(self, writer: str, message: Json) -> None:
        count = count_of(message)
        self._count(writer, count)
        is_gone = message["deleted_at"] is not None
        if message["body"] != ("" if is_gone else str(count)):
            self.findings.add("words", f"{self.room} seq {self.seq} says {message['body']!r} for {count}")
        if not is_gone:
            self.recent.append((message["id"], writer))

    def _change(self, event: Json) -> None:
        what = did(event)
        if event["kind"] == "deleted":
            self.forget(event["target"])
        if event["by"] == self.me and not _meets(self.changed, self.changes_seen, self.seq, what):
            self.findings.add("moved", f"{self.room} seq {self.seq}: another change than was acknowledged there")

    def _count(self, writer: str, count: int) -> None:
        before = self.counts.get(writer, 0)
        if count != before + 1:
            kind = "doubled" if count == before else "reordered" if count < before else "lost"
            self.findings.add(kind, f"{self.room} seq {self.seq}: {writer} counts {count} after {before}")
        self.counts[writer] = max(count, before)
        if writer == self.me and not _meets(self.receipts, self.seen, count, self.seq):
            self.findings.add(
                "moved", f"{self.room}: message {count} of {writer} was acknowledged elsewhere than {self.seq}"
            )

    def forget(self, target: str) -> None:
        """A message that is deleted takes no more changes."""
        for each in [each for each in self.recent if each[0] == target]:
            self.recent.remove(each)

    def acknowledged(self, count: int, seq: int) -> None:
        self.acked = count
        if not _meets(self.seen, self.receipts, count, seq):
            self.findings.add("moved", f"{self.room}: message {count} of {self.me} was seen elsewhere than {seq}")

    def change_acknowledged(self, what: Did, seq: int) -> None:
        if not _meets(self.changes_seen, self.changed, seq, what):
            self.findings.add("moved", f"{self.room} seq {seq}: another change was seen than {what}")

    def told(self, head: int, *, asked_at: int = 0) -> None:
        """How far the room goes, as somebody was told who had seen it up to `asked_at` when asking."""
        if head < asked_at:
            self.findings.add("store went back", f"{self.room} ends at {head}, {asked_at} was seen before")
        self.head = max(self.head, head)

    def closed(self, acked: dict[str, int]) -> None:
        """At the end, all applied: what was acknowledged to each writer is what was seen of her."""
        for writer, count in acked.items():
            if self.counts.get(writer, 0) != count:
                found = self.counts.get(writer, 0)
                self.findings.add("lost", f"{self.room}: {found} of {writer}'s messages, {count} were acknowledged")
        if self.receipts or self.seen:
            self.findings.add("lost", f"{self.room}: {len(self.receipts)} receipts of {self.me} without their message")
        for seq, what in self.changed.items():
            self.findings.add("lost", f"{self.room} seq {seq}: {what} of {self.me} was acknowledged and never seen")
        for seq, what in self.changes_seen.items():
            self.findings.add("doubled", f"{self.room} seq {seq}: {what} of {self.me} was never acknowledged")


def _meets(there: dict[int, Any], here: dict[int, Any], key: int, value: Any) -> bool:
    """Brings a receipt and a push of mine together, whichever comes first."""
    if key in there:
        return bool(there.pop(key) == value)
    here[key] = value
    return True
