"""Structured logs: JSON lines with the trace id, or colours on a terminal."""

import logging
import sys
from typing import Any

import structlog

from clubkit.observability.tracing import trace_id
from clubkit.settings import Settings


def _with_trace(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    if current := trace_id.get():
        event["trace_id"] = current
    return event


def configure_logs(settings: Settings, *, level: int = logging.INFO) -> None:
    """Once per process, from its entry point. Libraries that log through `logging` go the same way."""
    console = settings.log_format == "console" or (settings.log_format == "auto" and sys.stderr.isatty())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_trace,
    ]
    render: Any = structlog.dev.ConsoleRenderer() if console else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    extra = [] if console else [structlog.processors.format_exc_info]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *extra, render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("uvicorn.access", "httpx", "alembic", "kafka"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
