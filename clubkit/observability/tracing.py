"""Traces: one cause followed through requests, the outbox, the log, consumers and sockets.

Without HUB_TRACES_URL nothing of OpenTelemetry is loaded, and only the trace's id travels, for the logs. With it, what
travels in its place is a W3C traceparent, so that what happens elsewhere because of it hangs under it.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from importlib import import_module
from typing import Literal, Protocol
from uuid import uuid4

from clubkit.settings import Settings

Kind = Literal["internal", "server", "producer", "consumer"]
Value = str | int | float | bool

trace_id: ContextVar[str] = ContextVar("trace_id", default="")
"""The id that follows one cause through requests, log records and jobs."""

_PARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")


class Span(Protocol):
    def name(self, name: str) -> None:
        """Names it anew: a request's route is known at its end."""
        ...

    def note(self, key: str, value: Value) -> None: ...


class Spans(Protocol):
    """Where spans go. `parent` is a traceparent; without one the current span is it."""

    def span(
        self, name: str, kind: Kind, parent: str, links: Sequence[str], notes: dict[str, Value]
    ) -> AbstractContextManager[Span]: ...

    def here(self) -> str:
        """The traceparent of the current span; empty without one."""
        ...

    def close(self) -> None:
        """Sends what is still to be sent."""
        ...


class _Nowhere:
    def name(self, name: str) -> None: ...

    def note(self, key: str, value: Value) -> None: ...


_NOWHERE = _Nowhere()
_spans: ContextVar[Spans | None] = ContextVar("spans", default=None)


@contextmanager
def traced(settings: Settings, role: str) -> Iterator[None]:
    """Held around a process's event loop: spans go where HUB_TRACES_URL says, the last ones at the end of the block.

    role: what the process is called in traces ("chat_service", "worker", …).
    """
    if not settings.traces_url:
        yield
        return
    otel = import_module("clubkit.observability.tracing_otel")
    spans: Spans = otel.open_spans(settings.traces_url, role, share=settings.traces_share)
    with recorded(spans):
        try:
            yield
        finally:
            spans.close()


@contextmanager
def recorded(spans: Spans) -> Iterator[None]:
    """Spans of this block go to `spans`."""
    before = _spans.set(spans)
    try:
        yield
    finally:
        _spans.reset(before)


@contextmanager
def span(
    name: str, *, kind: Kind = "internal", parent: str = "", links: Sequence[str] = (), **notes: Value
) -> Iterator[Span]:
    """A step of the current trace, or of the one that `parent` belongs to."""
    if (spans := _spans.get()) is None:
        yield _NOWHERE
        return
    with spans.span(name, kind, parent if _PARENT.fullmatch(parent) else "", links, notes) as current:
        yield current


@contextmanager
def entered(
    name: str, *, kind: Kind = "server", cause: str = "", links: Sequence[str] = (), **notes: Value
) -> Iterator[Span]:
    """A way in: from here on, and also behind the block, `trace_id` is that of `cause` (a traceparent or any id).

    Without a cause it is a new one. It stays, so that what speaks of a failure later still names it.
    """
    with span(name, kind=kind, parent=cause, links=links, **notes) as current:
        spans = _spans.get()
        trace_id.set(id_of((spans.here() if spans else "") or cause) or new_trace_id())
        yield current


def carried() -> str:
    """What is to travel with a fact or a push, so that its effects are found again under its cause."""
    spans = _spans.get()
    return (spans.here() if spans else "") or trace_id.get()[:64]


def id_of(cause: str) -> str:
    """The trace's id in what travelled."""
    found = _PARENT.fullmatch(cause)
    return found[1] if found else cause


def new_trace_id() -> str:
    return uuid4().hex
