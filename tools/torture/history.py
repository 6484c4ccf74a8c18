"""What one client saw of one room, checked as it comes: nothing lost, doubled, turned round or left out.

Every message says its writer's count in that room (1, 2, 3 …), and writers send one at a time. So in an unbroken
history each writer's counts are 1, 2, 3 … in the order of the seqs, and the last is what was acknowledged to her.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Findings:
    """What must not be, by kind; the first few of each in words."""

    counts: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    def add(self, kind: str, words: str) -> None:
        self.counts[kind] += 1
        if self.counts[kind] <= 5:
            self.words.append(f"{kind}: {words}")


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
    acked: int = 0
    dropped: int = 0

    @property
    def cursor(self) -> Json:
        return {"epoch": self.epoch, "seq": self.seq}

    @property
    def has_hole(self) -> bool:
        return self.seq < self.head

    def heard(self, event: Json) -> None:
        """The next one is applied, an older one dropped; beyond a hole it is only known that there is more."""
        seq = event["seq"]
        if event["epoch"] != self.epoch:
            self.findings.add("epoch", f"{self.room} went to epoch {event['epoch']} though nothing was cut off")
            return
        self.head = max(self.head, seq)
        if seq <= self.seq:
            self.dropped += 1
        elif seq == self.seq + 1:
            self.seq = seq
            self._apply(event)

    def _apply(self, event: Json) -> None:
        is_message = event["kind"] == "message"
        self.nth += is_message
        if event["nth"] != self.nth:
            self.findings.add("nth", f"{self.room} seq {self.seq}: nth {event['nth']}, counted {self.nth}")
            self.nth = event["nth"]
        if is_message:
            self._count(event["by"], int(event["message"]["body"]))

    def _count(self, writer: str, count: int) -> None:
        before = self.counts.get(writer, 0)
        if count != before + 1:
            kind = "doubled" if count == before else "reordered" if count < before else "lost"
            self.findings.add(kind, f"{self.room} seq {self.seq}: {writer} counts {count} after {before}")
        self.counts[writer] = max(count, before)
        if writer == self.me and not self._matches(self.receipts, self.seen, count, self.seq):
            self.findings.add(
                "moved", f"{self.room}: message {count} of {writer} was acknowledged elsewhere than {self.seq}"
            )

    def acknowledged(self, count: int, seq: int) -> None:
        self.acked = count
        if not self._matches(self.seen, self.receipts, count, seq):
            self.findings.add("moved", f"{self.room}: message {count} of {self.me} was seen elsewhere than {seq}")

    def _matches(self, there: dict[int, int], here: dict[int, int], count: int, seq: int) -> bool:
        """Brings a receipt and a push of mine together, whichever comes first."""
        if count in there:
            return there.pop(count) == seq
        here[count] = seq
        return True

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
