"""Claim: a message costs at most 3 µs on a process that has nobody in its room: it does not even hear it.

`python -m bench.chat_nodes [--quick]`: two of our socket servers over one Valkey. One is asked to tell a room; what
that costs the other is its processor time by the kernel's account, less what it takes when nothing is said for as long.
"""

import argparse
import tempfile
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from bench.chat_crowd import Crowd
from bench.chat_peers import CLIENT_CORE, Keys, Peer, answer_of, be_the_client, keys, running
from bench.common import keep
from clubkit.adapters.valkey_child import ValkeyChild
from clubkit.adapters.wire_shards import shard_of

ROOM, BURST, GAP = "1", 20, 0.05
MEMBERS = 200


def neighbour(room: str) -> str:
    """Another room in the same shard: who has a member there hears of the first in vain."""
    wanted = shard_of("", f"room:{room}")
    return next(str(n) for n in count(2) if shard_of("", f"room:{n}") == wanted)


def cost(teller: Peer, other: Peer, messages: int) -> float:
    """Microseconds of the other's processor time per message."""
    bursts = messages // BURST
    idle = _during(other, lambda: time.sleep(bursts * GAP))
    told = _during(other, lambda: teller.ask("tell", room=ROOM, bursts=bursts, messages=BURST, gap=GAP))
    return round((told - idle) * 1e6 / messages, 2)


def _during(peer: Peer, work: Any) -> float:
    before = peer.settled()
    work()
    return peer.settled() - before


def measure(teller: Peer, other: Peer, keys: Keys, messages: int) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    elsewhere = Crowd(other.port)
    elsewhere.connect(keys.tokens(MEMBERS), lambda n: f"elsewhere-{n}")
    figures["us_nobody_in_the_room"] = cost(teller, other, messages)
    elsewhere.connect(keys.tokens(1), lambda _: neighbour(ROOM))
    time.sleep(1)
    figures["us_heard_in_vain"] = cost(teller, other, messages)
    elsewhere.leave()
    members = Crowd(other.port)
    members.connect(keys.tokens(MEMBERS), lambda _: ROOM)
    time.sleep(1)
    teller.asking("tell", room=ROOM, bursts=1, messages=1, gap=0)
    frame, before = members.measure_frame(), other.settled()
    asking = teller.asking("tell", room=ROOM, bursts=messages // BURST, messages=BURST, gap=GAP)
    members.hear(frame, messages // BURST * BURST)
    answer_of(asking)
    figures["us_per_delivery_in_bursts"] = round((other.settled() - before) * 1e6 / (messages * MEMBERS), 2)
    members.leave()
    return figures


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="400 messages instead of 4,000")
    quick = options.parse_args().quick
    be_the_client()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="chat-nodes-"))
        ready, valkey = stack.enter_context(keys()), ValkeyChild.open(Path(folder))
        stack.callback(valkey.close)
        teller = stack.enter_context(running("hub", ready, valkey.url))
        other = stack.enter_context(running("hub", ready, valkey.url, core=CLIENT_CORE))
        figures = measure(teller, other, ready, 400 if quick else 4000)
    keep("chat_nodes_quick" if quick else "chat_nodes", CLAIM, {"members": MEMBERS, **figures})


CLAIM = "A message costs a process with nobody in its room at most 3 µs (python-socketio over Redis: 34.5)."

if __name__ == "__main__":
    main()
