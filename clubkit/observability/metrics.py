"""Prometheus metrics of the library itself; each domain names its own beside its rules."""

from prometheus_client import Counter, Gauge, Histogram

http_seconds = Histogram(
    "hub_http_request_seconds", "Time to answer a request", ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)  # fmt: skip
http_crowded = Counter("hub_http_crowded_total", "Requests refused because too many others waited for their answers")
facts_handled = Counter("hub_log_facts_handled_total", "Facts a group has taken effect of", ["group"])
facts_relayed = Counter("hub_log_facts_relayed_total", "Facts handed to the log", ["source"])
facts_refused = Counter("hub_log_facts_refused_total", "Facts put to the dead letters", ["group"])
handle_seconds = Histogram(
    "hub_log_handle_seconds", "Time a group takes for one batch", ["group"],
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
)  # fmt: skip
fact_age = Histogram(
    "hub_log_fact_age_seconds", "From a fact to its effect in a group, of each batch's first", ["group"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300),
)  # fmt: skip
log_lag = Gauge("hub_log_lag_facts", "Facts that a group has yet to take", ["group"])
log_waiting = Gauge("hub_log_waiting_facts", "Facts that are not in the log yet, by where they wait", ["source"])
dead_letters = Gauge("hub_log_dead_letters", "Facts put aside, to be replayed or dropped by hand", ["group"])
measured_at = Gauge("hub_measured_timestamp_seconds", "When the figures that stand in tables were last looked up")
socket_events = Counter("hub_socket_events_total", "Socket events by name and result", ["event", "result"])
sockets_open = Gauge("hub_sockets_open", "Open Socket.IO connections")
sockets_behind = Gauge("hub_sockets_behind", "Open connections that read too slowly, and get no pushes meanwhile")
sockets_given_up = Counter("hub_sockets_given_up_total", "Connections ended because they stayed behind for too long")
socket_frames = Counter("hub_socket_frames_total", "Pushes times the connections they were for")
socket_coalesced = Counter("hub_socket_coalesced_total", "Pushes that left together with others of their room")
wire_failures = Counter("hub_wire_failures_total", "Messages to other processes that Redis did not take")
wire_heard = Counter("hub_wire_heard_total", "Pushes of other processes that were for sockets here")
wire_interrupted = Counter("hub_wire_interrupted_total", "Times this process stopped hearing the others")
limits_unchecked = Counter("hub_limits_unchecked_total", "Calls let through because Redis was away", ["limit"])
socket_pushes = Counter("hub_socket_pushes_total", "Events pushed to a channel by this process", ["event"])
fan_out_seconds = Histogram(
    "hub_socket_fan_out_seconds", "Time to hand one push to every socket of its channel here",
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5),
)  # fmt: skip
jobs_rows = Gauge("hub_jobs", "Background jobs in the table by kind and state", ["job", "state"])
jobs_oldest = Gauge("hub_jobs_oldest_due_seconds", "How long the oldest due job has been due", ["job"])
job_seconds = Histogram(
    "hub_job_seconds", "Time of one attempt at a background job", ["job"],
    buckets=(0.01, 0.1, 0.5, 1, 5, 30, 120, 600, 3600),
)  # fmt: skip
jobs_ended = Counter("hub_jobs_ended_total", "Background jobs by name and state", ["job", "state"])
