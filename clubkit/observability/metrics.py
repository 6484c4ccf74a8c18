"""Prometheus metrics of the library itself; each domain names its own beside its rules."""

from prometheus_client import Counter, Gauge, Histogram

http_seconds = Histogram(
    "hub_http_request_seconds", "Time to answer a request", ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)  # fmt: skip
facts_handled = Counter("hub_log_facts_handled_total", "Facts a group has taken effect of", ["group"])
facts_relayed = Counter("hub_log_facts_relayed_total", "Facts handed to the log", ["source"])
facts_refused = Counter("hub_log_facts_refused_total", "Facts put to the dead letters", ["group"])
socket_events = Counter("hub_socket_events_total", "Socket events by name and result", ["event", "result"])
sockets_open = Gauge("hub_sockets_open", "Open Socket.IO connections")
limits_unchecked = Counter("hub_limits_unchecked_total", "Calls let through because Redis was away", ["limit"])
jobs_ended = Counter("hub_jobs_ended_total", "Background jobs by name and state", ["job", "state"])
