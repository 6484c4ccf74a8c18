"""Logs are lines of JSON with the trace's id, whoever writes them."""

import json
import subprocess
import sys

WORDS = """
import logging, structlog
from clubkit.observability.logs import configure_logs
from clubkit.observability.tracing import entered
from clubkit.settings import Settings
configure_logs(Settings.load(environment="test", log_format="json"))
with entered("test", cause="00-" + "a" * 32 + "-" + "b" * 16 + "-01"):
    structlog.get_logger("hub").info("sent", room="r")
    logging.getLogger("library").warning("odd")
    try:
        1 / 0
    except ZeroDivisionError:
        structlog.get_logger("hub").exception("failed")
"""


def test_every_line_is_json_with_the_trace_it_belongs_to() -> None:
    done = subprocess.run([sys.executable, "-c", WORDS], capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines] == ["sent", "odd", "failed"]
    assert {line["trace_id"] for line in lines} == {"a" * 32}
    assert lines[0]["room"] == "r"
    assert lines[1]["logger"] == "library"
    assert "ZeroDivisionError" in lines[2]["exception"]
    assert all({"timestamp", "level", "logger"} <= set(line) for line in lines)
