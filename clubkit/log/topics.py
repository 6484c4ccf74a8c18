"""The topics of the log: named by facts and by the groups that put facts aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from clubkit.contracts.base import Fact

DEAD_LETTERS = ".dlq"
KEEP_DEAD_LETTERS = timedelta(days=90)


@dataclass(frozen=True)
class Topic:
    name: str
    keep: timedelta | None
    """How long its records are kept; None: for good, because read models are built anew from them."""
    partitions: int = 0
    """0: as many as the settings say."""

    @classmethod
    def named(cls, name: str) -> "Topic":
        """A topic as its facts declare it; one that no fact names is kept for good."""
        if name.endswith(DEAD_LETTERS):
            return cls(name, KEEP_DEAD_LETTERS, partitions=1)
        keeps = [kind.keep for kind in Fact.known.values() if kind.topic == name]
        lasting = not keeps or any(keep is None for keep in keeps)
        return cls(name, None if lasting else max(keep for keep in keeps if keep is not None))


def urgent_topics() -> frozenset[str]:
    """Of the facts this process knows: those a member waits for."""
    return frozenset(kind.topic for kind in Fact.known.values() if kind.urgent)


def dead_letters_of(group: str) -> str:
    return f"{group}{DEAD_LETTERS}"


def all_topics(groups: Iterable[str]) -> list[Topic]:
    """Of every fact this process knows and of every group's dead letters."""
    names = {kind.topic for kind in Fact.known.values()} | {dead_letters_of(group) for group in groups}
    return [Topic.named(name) for name in sorted(names)]
