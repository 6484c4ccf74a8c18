"""Many Socket.IO clients in one process, as cheap as Python can: bare sockets, one epoll, bytes counted.

The same for every server that is measured: it speaks the protocol by hand, knows how long the frame is that it waits
for, and takes the time when the last byte of it came.
"""

import base64
import os
import select
import socket
import time
from array import array
from collections.abc import Callable, Sequence

ADDRESSES = [f"127.0.0.{n}" for n in range(2, 10)]
"""Where connections come from: one address has some 28,000 ports."""
_AT_ONCE = 200
_HEAD = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
)


def text(said: str) -> bytes:
    """A client's frame, masked with zeros."""
    payload = said.encode()
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else bytes((0x80 | 126, size >> 8, size & 255))
    return b"\x81" + length + b"\x00\x00\x00\x00" + payload


class Crowd:
    """`tokens` sign in, one client each."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._epoll = select.epoll()
        self.clients: dict[int, socket.socket] = {}
        self.counted: dict[int, int] = {}

    def connect(self, tokens: Sequence[str], room: Callable[[int], str]) -> None:
        """Opens and signs in one client per token, some at a time, so that the server is never idle."""
        key = base64.b64encode(os.urandom(16)).decode()
        hello = f"{_HEAD}{key}\r\n\r\n".encode()
        for start in range(0, len(tokens), _AT_ONCE):
            batch = []
            for n, token in enumerate(tokens[start : start + _AT_ONCE], start):
                client = socket.socket()
                client.bind((ADDRESSES[len(self.clients) % len(ADDRESSES)], 0))
                client.connect(("127.0.0.1", self._port))
                client.sendall(hello)
                self.clients[client.fileno()] = client
                batch.append((client, f'40{{"token":"{token}","room":"{room(n)}"}}'))
            for client, auth in batch:
                _until(client, b'"maxPayload"')
                client.sendall(text(auth))
            for client, _ in batch:
                _until(client, b'40{"sid"')
                client.setblocking(False)
                self._epoll.register(client.fileno(), select.EPOLLIN)
                self.counted[client.fileno()] = 0

    def hear(self, each: int, many: int, patience: float = 120.0, quiet: float = 0.0) -> list["array[float]"]:
        """Until each client heard `many` frames of `each` bytes; answers when, frame by frame, in no order of clients.

        quiet: seconds to listen on afterwards for what should not come. Raises AssertionError for too much or little.
        """
        when = [array("d") for _ in range(many)]
        for fd in self.counted:
            self.counted[fd] = 0
        left, until = len(self.clients), time.monotonic() + patience
        while left:
            assert time.monotonic() < until, f"{left} of {len(self.clients)} clients did not hear everything"
            left -= self._take(each, many, when)
        if quiet:
            time.sleep(quiet)
            assert not self._epoll.poll(0), "more came than was said"
        return when

    def _take(self, each: int, many: int, when: list["array[float]"]) -> int:
        """How many clients have heard the last of it."""
        done, clients, counted, now = 0, self.clients, self.counted, time.monotonic
        for fd, _ in self._epoll.poll(1.0, 256):
            data = clients[fd].recv(65536)
            at = now()
            assert data, "the server hung up"
            before = counted[fd]
            counted[fd] = after = before + len(data)
            for frame in range(before // each, after // each):
                when[frame].append(at)
            done += after >= each * many
            assert after <= each * many, "more came than was said"
        return done

    def measure_frame(self, quiet: float = 0.3) -> int:
        """Bytes of a frame that every client is being told just now: the same for all."""
        sizes: dict[int, int] = dict.fromkeys(self.clients, 0)
        while min(sizes.values()) == 0 or self._epoll.poll(quiet):
            for fd, _ in self._epoll.poll(5.0):
                sizes[fd] += len(self.clients[fd].recv(65536))
        assert len(set(sizes.values())) == 1, "not everybody heard the same"
        return next(iter(sizes.values()))

    def leave(self, many: int | None = None) -> None:
        """Hangs up, the last to come first."""
        for fd in list(self.clients)[-many if many else 0 :]:
            self._epoll.unregister(fd)
            self.clients.pop(fd).close()
            del self.counted[fd]


def _until(client: socket.socket, word: bytes) -> None:
    said = b""
    while word not in said:
        part = client.recv(4096)
        assert part, f"hung up before {word!r}: {said[-200:]!r}"
        said += part
