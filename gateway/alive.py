"""`python -m gateway.alive [/readyz]`: what a container's health check runs. Exits with 1 when there is no 200.

It loads nothing of the hub, for it runs every few seconds.
"""

import http.client
import os
import sys

SECONDS = 2.5


def alive(path: str = "/healthz", *, port: int | None = None) -> bool:
    """Whether the process of this container answers."""
    port = port or int(os.environ.get("HUB_PORT", "8000"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if alive(*sys.argv[1:2]) else 1)
