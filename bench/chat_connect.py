"""Claim: connecting and leaving cost the same with thousands there, and an open connection little memory.

`python -m bench.chat_connect [--quick]`: our socket server and socket.io of npm, each pinned to a core. A connection is
a WebSocket, a token verified, three channels entered. Leaving is what the server does when a socket just closes.
"""

import argparse
import sys
import time
from typing import Any

from bench.chat_crowd import Crowd
from bench.chat_peers import Keys, Peer, be_the_client, keys, most_files, node_version, running
from bench.common import keep

ROOM_SIZE = 100
STEP = 1000


def measure(peer: Peer, keys: Keys, there: int, most: int) -> dict[str, Any]:
    """What the first thousand cost, and what a thousand more cost when `there` are there; then all that fit."""
    crowd, empty = Crowd(peer.port), memory(peer)
    first = step(peer, crowd, keys)
    crowd.connect(keys.tokens(there - STEP), room)
    held = memory(peer)
    last = step(peer, crowd, keys)
    crowd.leave(STEP)
    left = gone(peer, there)
    open_at_most = fill(peer, crowd, keys, most) if most > there else there
    everybody = memory(peer)
    before = peer.settled()
    count = len(crowd.clients)
    crowd.leave()
    gone(peer, 0)
    return {
        "connect_us_first": first, "connect_us_at": {str(there): last}, "leave_us_at": {str(there): left},
        "leave_us_all": round((peer.settled() - before) * 1e6 / count, 1), "open": open_at_most,
        "kb_per_connection": round((held - empty) / there / 1024, 1),
        "kb_per_connection_at_most": round((everybody - empty) / open_at_most / 1024, 1),
    }  # fmt: skip


def step(peer: Peer, crowd: Crowd, keys: Keys) -> float:
    tokens, before = keys.tokens(STEP), peer.settled()
    crowd.connect(tokens, room)
    return round((peer.settled() - before) * 1e6 / STEP, 1)


def gone(peer: Peer, left: int) -> float:
    """Microseconds per leaver until the server has noticed that all of them left."""
    before = peer.cpu()
    until = time.monotonic() + 60
    while peer.ask("count")["open"] > left:
        assert time.monotonic() < until, "the server has not noticed who left"
        time.sleep(0.2)
    return round((peer.settled() - before) * 1e6 / STEP, 1)


def fill(peer: Peer, crowd: Crowd, keys: Keys, most: int) -> int:
    crowd.connect(keys.tokens(most - len(crowd.clients)), room)
    answer = peer.ask("count")["open"]
    assert answer == most, f"{answer} of {most} are open"
    return int(answer)


def memory(peer: Peer) -> int:
    peer.ask("settle")
    time.sleep(1)
    peer.ask("settle")
    return peer.memory()


def room(n: int) -> str:
    return str(n // ROOM_SIZE)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="2,000 instead of 8,000 and of all that fit")
    quick = options.parse_args().quick
    be_the_client()
    # The server needs some files for itself; where a process may have more than 20,000, that is enough.
    there, most = (2000, 2000) if quick else (8000, min(20_000, most_files() - 60))
    figures: dict[str, Any] = {}
    with keys() as ready:
        for name in ("hub", "node"):
            with running(name, ready) as peer:
                figures[name] = measure(peer, ready, there, most)
                print(name, figures[name], file=sys.stderr)
    figures["peer"] = f"socket.io 4.8.4 on Node {node_version()}"
    keep("chat_connect_quick" if quick else "chat_connect", CLAIM, figures)


CLAIM = "Leaving costs at most 0.1 ms with 8,000 there, an idle connection at most 28 kB; 20,000 are open at once."

if __name__ == "__main__":
    main()
