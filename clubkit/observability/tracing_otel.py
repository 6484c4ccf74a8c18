"""Spans to an OpenTelemetry collector, by OTLP over HTTP. Loaded only where HUB_TRACES_URL is set."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import TraceIdRatioBased
from opentelemetry.trace import NonRecordingSpan, SpanContext, SpanKind, TraceFlags
from opentelemetry.trace import Span as OtelSpan

from clubkit.observability.tracing import Kind, Span, Spans, Value

KINDS = {
    "internal": SpanKind.INTERNAL, "server": SpanKind.SERVER,
    "producer": SpanKind.PRODUCER, "consumer": SpanKind.CONSUMER,
}  # fmt: skip
MOST_LINKS = 32


def open_spans(url: str, role: str, *, share: float) -> Spans:
    exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces", timeout=5)
    return OtelSpans(role, BatchSpanProcessor(exporter), share=share)


class OtelSpans:
    """`Spans` of one process. Every process decides by the trace's id alone, so a trace is kept whole or not at all."""

    def __init__(self, role: str, processor: SpanProcessor, *, share: float = 1.0) -> None:
        resource = Resource.create({"service.name": role, "service.namespace": "clubholohub"})
        self._provider = TracerProvider(resource=resource, sampler=TraceIdRatioBased(share))
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("clubholohub")

    @contextmanager
    def span(self, name: str, kind: Kind, parent: str, links: Sequence[str], notes: dict[str, Value]) -> Iterator[Span]:
        context = trace.set_span_in_context(NonRecordingSpan(_context_of(parent)), Context()) if parent else None
        others = [trace.Link(_context_of(one)) for one in links[:MOST_LINKS] if one.count("-") == 3]
        with self._tracer.start_as_current_span(
            name, context=context, kind=KINDS[kind], links=others, attributes=notes
        ) as current:
            yield _Current(current)

    def here(self) -> str:
        context = trace.get_current_span().get_span_context()
        if not context.is_valid:
            return ""
        return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"

    def close(self) -> None:
        self._provider.shutdown()


class _Current:
    def __init__(self, span: OtelSpan) -> None:
        self._span = span

    def name(self, name: str) -> None:
        self._span.update_name(name)

    def note(self, key: str, value: Value) -> None:
        self._span.set_attribute(key, value)


def _context_of(parent: str) -> SpanContext:
    _, trace_id, span_id, flags = parent.split("-")
    return SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=TraceFlags(int(flags, 16)))
