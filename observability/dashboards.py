"""`python -m observability.dashboards write|check`: the Grafana dashboards, as code.

A row is a question, a panel its answer. Every metric named here must be one that the hub has (a test looks).
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent / "grafana" / "dashboards"
SOURCE = {"type": "prometheus", "uid": "prometheus"}
WIDTH, HEIGHT = 8, 7
Unit = Literal["s", "short", "reqps", "percentunit", "ops", "none"]


@dataclass(frozen=True)
class Panel:
    title: str
    unit: Unit
    lines: tuple[tuple[str, str], ...]
    """(query, legend)"""
    limit: float | None = None
    """Drawn in red from here on."""


@dataclass(frozen=True)
class Row:
    question: str
    panels: tuple[Panel, ...]


def quantile(q: float, metric: str, *by: str, where: str = "") -> str:
    labels = ", ".join((*by, "le"))
    return f"histogram_quantile({q}, sum by ({labels}) (rate({metric}_bucket{where}[$__rate_interval])))"


def rate(metric: str, *by: str, where: str = "") -> str:
    return f"sum by ({', '.join(by)}) (rate({metric}{where}[$__rate_interval]))"


HTTP = "hub_http_request_seconds"
FAILURES = f"{rate(f'{HTTP}_count', 'process', where=chr(123) + 'status=~' + chr(34) + '5..' + chr(34) + chr(125))}"

OVERVIEW = (
    Row("Do members get answers?", (
        Panel("Answers", "reqps", ((rate(f"{HTTP}_count", "process"), "{{process}}"),)),
        Panel("Failures", "percentunit", (
            (f"{FAILURES} / {rate(f'{HTTP}_count', 'process')}", "{{process}}"),), limit=0.02),
        Panel("Slowest of a hundred", "s", ((quantile(0.99, HTTP, "process"), "{{process}}"),), limit=1),
    )),
    Row("Do they hear of things at once?", (
        Panel("Open sockets", "short", (("sum by (process) (hub_sockets_open)", "{{process}}"),)),
        Panel("Pushes", "ops", ((rate("hub_socket_pushes_total", "event"), "{{event}}"),)),
        Panel("Time to hand a push to its sockets", "s", (
            (quantile(0.5, "hub_socket_fan_out_seconds"), "half"),
            (quantile(0.99, "hub_socket_fan_out_seconds"), "slowest of a hundred"),), limit=0.1),
        Panel("Sockets that read too slowly", "short", (
            ("sum by (process) (hub_sockets_behind)", "{{process}}"),
            (rate("hub_sockets_given_up_total", "process"), "{{process}} given up per second"),)),
        Panel("Between processes", "ops", (
            (rate("hub_wire_heard_total", "process"), "{{process}} heard"),
            (rate("hub_wire_failures_total", "process"), "{{process}} could not tell"),
            (rate("hub_wire_interrupted_total", "process"), "{{process}} stopped hearing"),)),
        Panel("Deliveries", "ops", (
            (rate("hub_socket_frames_total", "process"), "{{process}}"),
            (rate("hub_socket_coalesced_total", "process"), "{{process}} pushes that left with others"),)),
    )),
    Row("Does what they do take effect?", (
        Panel("Facts not in the log yet", "short", (("max by (source) (hub_log_waiting_facts)", "{{source}}"),), 100),
        Panel("Facts yet to take", "short", (("max by (group) (hub_log_lag_facts)", "{{group}}"),), limit=5000),
        Panel("From a fact to its effect, slowest of a hundred", "s", (
            (quantile(0.99, "hub_log_fact_age_seconds", "group"), "{{group}}"),), limit=5),
    )),
    Row("Does the work behind get done?", (
        Panel("Oldest due job", "s", (("max by (job) (hub_jobs_oldest_due_seconds)", "{{job}}"),), limit=900),
        Panel("Jobs", "short", (("sum by (state) (max by (job, state) (hub_jobs{state!~\"done\"}))", "{{state}}"),)),
        Panel("Put aside", "short", (("max by (group) (hub_log_dead_letters)", "{{group}}"),), limit=1),
    )),
)  # fmt: skip

HTTP_BOARD = (
    Row("Which routes are asked, and how do they do?", (
        Panel("Answers by route", "reqps", ((rate(f"{HTTP}_count", "method", "route"), "{{method}} {{route}}"),)),
        Panel("Half are faster than", "s", ((quantile(0.5, HTTP, "route"), "{{route}}"),)),
        Panel("Slowest of a hundred", "s", ((quantile(0.99, HTTP, "route"), "{{route}}"),), limit=1),
    )),
    Row("What is refused?", (
        Panel("By status", "reqps", ((rate(f"{HTTP}_count", "status", where='{status=~"[45].."}'), "{{status}}"),)),
        Panel("Socket events", "ops", ((rate("hub_socket_events_total", "event", "result"), "{{event}} {{result}}"),)),
        Panel("Turned away by a full hub", "ops", ((rate("hub_http_crowded_total", "process"), "{{process}}"),)),
        Panel("Limits that could not be checked", "ops", (
            (rate("hub_limits_unchecked_total", "limit"), "{{limit}}"),), limit=0.01),
    )),
)  # fmt: skip

LOG_BOARD = (
    Row("Do facts leave, and are they taken?", (
        Panel("Handed to the log", "ops", ((rate("hub_log_facts_relayed_total", "source"), "{{source}}"),)),
        Panel("Taken", "ops", ((rate("hub_log_facts_handled_total", "group"), "{{group}}"),)),
        Panel("Refused", "ops", ((rate("hub_log_facts_refused_total", "group"), "{{group}}"),), limit=0.01),
    )),
    Row("Where is time lost?", (
        Panel("Time for a batch, slowest of a hundred", "s", (
            (quantile(0.99, "hub_log_handle_seconds", "group"), "{{group}}"),)),
        Panel("From a fact to its effect, half", "s", ((quantile(0.5, "hub_log_fact_age_seconds", "group"),
                                                        "{{group}}"),)),
        Panel("Yet to take", "short", (("max by (group) (hub_log_lag_facts)", "{{group}}"),), limit=5000),
    )),
    Row("And the jobs?", (
        Panel("Time of an attempt, half", "s", ((quantile(0.5, "hub_job_seconds", "job"), "{{job}}"),)),
        Panel("By kind and state", "short", (("max by (job, state) (hub_jobs)", "{{job}} {{state}}"),)),
        Panel("Ended in this process", "ops", ((rate("hub_jobs_ended_total", "job", "state"), "{{job}} {{state}}"),)),
    )),
)  # fmt: skip

LEARNING_BOARD = (
    Row("Is a ranking quick?", (
        Panel("Rankings", "ops", ((rate("hub_recommender_rank_seconds_count", "kind"), "{{kind}}"),)),
        Panel("Half are faster than", "s", ((quantile(0.5, "hub_recommender_rank_seconds", "kind"), "{{kind}}"),)),
        Panel("Slowest of a hundred", "s", (
            (quantile(0.99, "hub_recommender_rank_seconds", "kind"), "{{kind}}"),), limit=0.08),
    )),
    Row("Does it learn at once?", (
        Panel("From an interaction to its features", "s", (
            (quantile(0.5, "hub_features_lag_seconds"), "half"),
            (quantile(0.99, "hub_features_lag_seconds"), "slowest of a hundred"),), limit=5),
        Panel("Members whose ranking moved", "ops", (
            (rate("hub_recommender_members_moved_total", "process"), "{{process}}"),)),
        Panel("Facts yet to take", "short", (
            ('max by (group) (hub_log_lag_facts{group=~"feature_store.*|recommender.*"})', "{{group}}"),), limit=5000),
    )),
)  # fmt: skip

CHAT_BOARD = (
    Row("Is anybody in need of a moderator?", (
        Panel("Messages reported", "ops", ((rate("hub_chat_reports_total", "reason"), "{{reason}}"),)),
        Panel("Done by moderators", "ops", ((rate("hub_chat_deeds_total", "what"), "{{what}}"),)),
        Panel("Refused", "ops", (
            (rate("hub_socket_events_total", "result", where='{event="message.send",result!="ok"}'), "{{result}}"),)),
    )),
    Row("What happens in rooms besides talk?", (
        Panel("Polls asked", "ops", ((rate("hub_chat_polls_total", "process"), "{{process}}"),)),
        Panel("Messages by webhooks", "ops", ((rate("hub_chat_hook_posts_total", "process"), "{{process}}"),)),
        Panel("Messages that went", "ops", ((rate("hub_chat_messages_expired_total", "process"), "{{process}}"),)),
    )),
    Row("Is who is away told?", (
        Panel("Pushes to devices", "ops", ((rate("hub_chat_pushes_total", "outcome"), "{{outcome}}"),)),
    )),
)  # fmt: skip

BOARDS: dict[str, tuple[str, tuple[Row, ...]]] = {
    "overview": ("How the hub is", OVERVIEW),
    "http": ("Requests and sockets", HTTP_BOARD),
    "log": ("Facts and jobs", LOG_BOARD),
    "chat": ("Rooms", CHAT_BOARD),
    "learning": ("Features and ranking", LEARNING_BOARD),
}


def board(name: str) -> dict[str, Any]:
    title, rows = BOARDS[name]
    return {
        "uid": f"hub-{name}", "title": f"ClubHoloHub: {title}", "tags": ["clubholohub"], "schemaVersion": 41,
        "editable": False, "refresh": "30s", "time": {"from": "now-3h", "to": "now"}, "timezone": "browser",
        "links": [{"type": "dashboards", "tags": ["clubholohub"], "title": "More", "asDropdown": True}],
        "panels": list(_panels(rows)),
    }  # fmt: skip


def _panels(rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    y = 0
    for row in rows:
        place = {"x": 0, "y": y, "w": 3 * WIDTH, "h": 1}
        made.append({"id": len(made) + 1, "type": "row", "title": row.question, "gridPos": place, "panels": []})
        for column, panel in enumerate(row.panels):
            place = {"x": column * WIDTH, "y": y + 1, "w": WIDTH, "h": HEIGHT}
            made.append({"id": len(made) + 1, "gridPos": place, **_graph(panel)})
        y += HEIGHT + 1
    return made


def _graph(panel: Panel) -> dict[str, Any]:
    steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
    if panel.limit is not None:
        steps.append({"color": "red", "value": panel.limit})
    drawn = "line" if panel.limit is not None else "off"
    return {
        "type": "timeseries", "title": panel.title, "datasource": SOURCE,
        "targets": [
            {"refId": chr(ord("A") + i), "datasource": SOURCE, "expr": query, "legendFormat": legend}
            for i, (query, legend) in enumerate(panel.lines)
        ],
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit, "min": 0, "thresholds": {"mode": "absolute", "steps": steps},
                "custom": {"fillOpacity": 8, "thresholdsStyle": {"mode": drawn}},
            },
            "overrides": [],
        },
        "options": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi"}},
    }  # fmt: skip


def text(name: str) -> str:
    return json.dumps(board(name), indent=1, sort_keys=True) + "\n"


def main(verb: str) -> int:
    if verb == "write":
        for name in BOARDS:
            (FOLDER / f"{name}.json").write_text(text(name))
        return 0
    stale = [name for name in BOARDS if (FOLDER / f"{name}.json").read_text() != text(name)]
    if stale:
        sys.stderr.write(f"{', '.join(stale)}: run `python -m observability.dashboards write`.\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
