"""One cause can be followed from a request through the log to a socket, by its id alone or as spans."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import select

from clubkit.db.models import OutboxRow
from clubkit.db.types import tables
from clubkit.db.work import UnitOfWork
from clubkit.log.consumer import Consumer
from clubkit.module import Module
from clubkit.observability import tracing
from clubkit.observability.tracing_otel import OtelSpans
from clubkit.realtime.wire import Wire
from clubkit.settings import Settings
from tests.clubkit.conftest import NoteKept, Notes

PARENT = f"00-{'a' * 32}-{'b' * 16}-01"


@pytest.fixture
async def notes(make_hub: Any) -> Notes:
    notes = Notes()
    notes.hub = await make_hub(notes.module(), teller())
    return notes


def teller() -> Module:
    """Tells the apps of each note, once it stands."""
    consumer = Consumer("test.teller")

    @consumer.on(NoteKept)
    async def tell(work: UnitOfWork, fact: NoteKept) -> None:
        work.after_commit(lambda: work.port(Wire).emit("note.kept", {"text": fact.text}, to="club:1"))

    return Module(name="teller", metadata=tables(), migrations=Path("nowhere"), consumers=[consumer])


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    with tracing.recorded(OtelSpans("test", SimpleSpanProcessor(exporter))):
        yield exporter


async def causes_in_the_outbox(notes: Notes) -> list[str]:
    async with notes.hub.works.reading() as work:
        query = select(OutboxRow.trace_id).where(OutboxRow.topic == NoteKept.topic)
        return list(await work.session.scalars(query))


def named(spans: InMemorySpanExporter, name: str) -> ReadableSpan:
    found = {span.name: span for span in spans.get_finished_spans()}
    assert name in found, sorted(found)
    return found[name]


def of_one_trace(*spans: ReadableSpan) -> bool:
    return len({span.get_span_context().trace_id for span in spans}) == 1


async def test_the_push_to_a_socket_hangs_under_the_request_that_caused_it(
    notes: Notes, spans: InMemorySpanExporter
) -> None:
    anna = await notes.hub.member("Anna")
    spans.clear()
    await anna.http.post("notes", json={"text": "hello"})
    await notes.hub.settle()
    request, taken = named(spans, "POST /notes"), named(spans, "take test.teller")
    pushed = named(spans, "push note.kept")
    assert of_one_trace(request, taken, pushed)
    assert taken.parent is not None
    assert taken.parent.span_id == request.get_span_context().span_id
    assert pushed.parent is not None
    assert pushed.parent.span_id == taken.get_span_context().span_id
    assert request.attributes is not None
    assert request.attributes["http.response.status_code"] == 201


async def test_a_batch_of_many_causes_is_linked_with_all_of_them(notes: Notes, spans: InMemorySpanExporter) -> None:
    anna = await notes.hub.member("Anna")
    spans.clear()
    for text in ("a", "b", "c"):
        await anna.http.post("notes", json={"text": text})
    await notes.hub.settle()
    assert len(named(spans, "take test.listener").links) == 2


async def test_the_trace_goes_on_from_who_asked(notes: Notes, spans: InMemorySpanExporter) -> None:
    anna = await notes.hub.member("Anna")
    answer = await anna.http.post("notes", json={"text": "hello"}, headers={"traceparent": PARENT})
    assert answer.headers["x-request-id"] == "a" * 32
    [cause] = await causes_in_the_outbox(notes)
    assert tracing.id_of(cause) == "a" * 32
    assert cause != PARENT, "the fact hangs under the request's own span"


async def test_without_a_collector_the_id_alone_travels(notes: Notes) -> None:
    anna = await notes.hub.member("Anna")
    answer = await anna.http.post("notes", json={"text": "hello"}, headers={"traceparent": PARENT})
    assert answer.headers["x-request-id"] == "a" * 32
    assert await causes_in_the_outbox(notes) == ["a" * 32]


async def test_the_id_of_a_failure_nobody_foresaw_is_that_of_its_request(notes: Notes) -> None:
    anna = await notes.hub.member("Anna")
    answer = await anna.http.post("notes", json={"text": "boom"}, headers={"traceparent": PARENT})
    assert (answer.status_code, answer.json()["trace_id"]) == (500, "a" * 32)


@pytest.mark.parametrize("given", ["", "00-zz-yy-01", f"00-{'a' * 31}-{'b' * 16}-01", "x" * 300])
async def test_a_parent_that_is_none_begins_a_trace_of_its_own(
    notes: Notes, spans: InMemorySpanExporter, given: str
) -> None:
    spans.clear()
    await notes.hub.http().get("/nowhere", headers={"traceparent": given})
    [span] = [one for one in spans.get_finished_spans() if one.name == "GET unmatched"]
    assert span.parent is None


def test_all_processes_keep_the_same_share_of_traces() -> None:
    kept: list[set[int]] = []
    for role in ("auth", "chat"):
        exporter = InMemorySpanExporter()
        spans = OtelSpans(role, SimpleSpanProcessor(exporter), share=0.3)
        with tracing.recorded(spans):
            for number in range(1, 301):
                with tracing.span("one", parent=f"00-{number * 0x1F3D5B79A2C4E68D % 2**128:032x}-{'b' * 16}-01"):
                    pass
        kept.append({span.get_span_context().trace_id for span in exporter.get_finished_spans()})
    assert kept[0] == kept[1]
    assert 40 < len(kept[0]) < 160


def test_nothing_is_loaded_where_no_collector_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "import_module", lambda name: pytest.fail(f"{name} was loaded"))
    with tracing.traced(Settings.load(environment="test"), "test"), tracing.entered("GET"):
        assert tracing.carried() == tracing.trace_id.get()
