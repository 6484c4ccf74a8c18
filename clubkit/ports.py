"""The adapters a process runs with, found by the port's type; made by `clubkit.wiring`, extended by modules."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
StoreFactory = Callable[[Any], Any]
"""Makes a store bound to one unit of work."""


class Ports:
    """A typed registry: `ports[SearchIndex]`. Filled at start-up, read afterwards."""

    def __init__(self) -> None:
        self._adapters: dict[type, Any] = {}
        self._settled: set[type] = set()
        self._stores: dict[type, StoreFactory] = {}

    def provide(self, kind: type[T], adapter: T) -> None:
        if kind not in self._settled:
            self._adapters[kind] = adapter

    def settle(self, kind: type[T], adapter: T) -> None:
        """Provides an adapter that nothing opened later takes the place of."""
        self._adapters[kind] = adapter
        self._settled.add(kind)

    def provide_store(self, kind: type, factory: StoreFactory) -> None:
        """Registers a store made anew inside each unit of work."""
        self._stores[kind] = factory

    def clear(self) -> None:
        """Forgets what was opened and is closed now; what was settled stays."""
        self._adapters = {kind: self._adapters[kind] for kind in self._settled}
        self._stores.clear()

    def __getitem__(self, kind: type[T]) -> T:
        try:
            return self._adapters[kind]  # type: ignore[no-any-return]
        except KeyError:
            raise LookupError(f"no adapter for {kind.__module__}.{kind.__name__} in this process") from None

    def get(self, kind: type[T]) -> T | None:
        return self._adapters.get(kind)

    def store_factory(self, kind: type) -> StoreFactory | None:
        return self._stores.get(kind)
