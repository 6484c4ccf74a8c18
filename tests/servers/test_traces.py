"""A cause is followed through PostgreSQL's outbox, the relay and Kafka to the push, on real servers."""

from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from clubkit.observability import tracing
from clubkit.observability.tracing_otel import OtelSpans
from tests.clubkit.conftest import Notes
from tests.clubkit.observability.test_tracing import named, of_one_trace, teller
from tools.servers.borrowing import Servers

pytestmark = pytest.mark.servers


@pytest.fixture
async def notes(make_hub: Any, servers: Servers) -> Notes:
    notes = Notes()
    urls = {"postgres": servers.postgres(), "log_url": servers.kafka()}
    notes.hub = await make_hub(notes.module(), teller(), **urls)
    return notes


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    with tracing.recorded(OtelSpans("test", SimpleSpanProcessor(exporter))):
        yield exporter


async def test_through_the_relay_and_kafka_to_the_push_it_is_one_trace(
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


async def test_without_a_collector_the_id_goes_the_same_way(notes: Notes) -> None:
    anna = await notes.hub.member("Anna")
    answer = await anna.http.post("notes", json={"text": "hello"})
    await notes.hub.settle()
    assert notes.heard == ["hello"]
    assert tracing.trace_id.get() == answer.headers["x-request-id"], "the consumer took it up"
