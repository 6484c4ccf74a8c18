"""Consumers: which facts a domain listens to, and what it does with them."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from clubkit.contracts.base import Fact
from clubkit.db.work import UnitOfWork

F = TypeVar("F", bound=Fact)
Handler = Callable[[UnitOfWork, Any], Awaitable[None]]
BatchHandler = Callable[[UnitOfWork, Sequence[Any]], Awaitable[None]]
Concern = Callable[[Any], bool]


class Consumer:
    """A consumer group and its handlers. A group reads each fact once, in order per key.

    Handlers run inside the unit of work that also records the fact in the inbox, so effects happen once
    however often the log delivers. `max_batch` facts may share one transaction.

    `effects_outside`: what the handlers do lies outside the database (an index, a cache), takes its time, and bears
    repetition. They get a reading unit of work, so that no writer waits for them; the inbox is written behind them.
    `urgent`: a member waits for the effect, so it goes before the groups nobody waits for.
    `linger`: seconds after a batch in which facts may gather for the next one, where nobody waits for the effect. What
    comes after a silence is taken at once, and while more waits than fits a batch there is no rest.
    """

    def __init__(
        self,
        group: str,
        *,
        max_batch: int = 200,
        effects_outside: bool = False,
        urgent: bool = False,
        linger: float = 0.0,
    ) -> None:
        self.group = group
        self.max_batch = max_batch
        self.effects_outside = effects_outside
        self.urgent = urgent
        self.linger = linger
        self._concerns: dict[type[Fact], Concern] = {}
        self._single: dict[type[Fact], Handler] = {}
        self._batched: dict[type[Fact], BatchHandler] = {}

    def on(self, *kinds: type[F]) -> Callable[[Handler], Handler]:
        """Registers `async def handler(work, fact)`."""

        def register(handler: Handler) -> Handler:
            for kind in kinds:
                self._claim(kind)
                self._single[kind] = handler
            return handler

        return register

    def on_batch(self, *kinds: type[F], when: Concern | None = None) -> Callable[[BatchHandler], BatchHandler]:
        """Registers `async def handler(work, facts)`: neighbours in the log of these kinds, in order.

        when: tells by a fact alone whether there is anything to do. Others leave no trace, not even in the inbox.
        """

        def register(handler: BatchHandler) -> BatchHandler:
            for kind in kinds:
                self._claim(kind)
                self._batched[kind] = handler
                if when is not None:
                    self._concerns[kind] = when
            return handler

        return register

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(sorted({kind.topic for kind in (*self._single, *self._batched)}))

    def concern(self, kind: type[Fact]) -> Concern | None:
        """What tells whether a fact of this kind leaves anything to do; none: each is taken."""
        return self._concerns.get(kind)

    async def handle(self, work: UnitOfWork, facts: Sequence[Fact]) -> None:
        """Takes facts in order; neighbours with one batch handler go to it together."""
        start = 0
        while start < len(facts):
            batch = self._batched.get(type(facts[start]))
            end = start + 1
            if batch is None:
                if single := self._single.get(type(facts[start])):
                    await single(work, facts[start])
            else:
                while end < len(facts) and self._batched.get(type(facts[end])) is batch:
                    end += 1
                await batch(work, facts[start:end])
            start = end

    def _claim(self, kind: type[Fact]) -> None:
        if kind in self._single or kind in self._batched:
            raise ValueError(f"{self.group} already handles {kind.__name__}")
