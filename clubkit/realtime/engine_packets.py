"""Engine.IO v4 packets, read strictly: what is not a packet is refused, never guessed."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator

Encoded = str | bytes
"""One packet as it travels: text begins with its type, bytes are a message."""

OPEN, CLOSE, PING, PONG, MESSAGE, UPGRADE, NOOP = "0123456"
PROBE, PROBED = "2probe", "3probe"
SEPARATOR = "\x1e"
FROM_CLIENTS = frozenset({CLOSE, PONG, MESSAGE, UPGRADE, NOOP})


class Violation(ValueError):  # noqa: N818  named for what happened, as in clubkit.errors
    """The other side broke the protocol or its bounds: the session ends. `code` is the WebSocket close code."""

    def __init__(self, why: str, *, code: int = 1002, status: int = 400) -> None:
        super().__init__(why)
        self.why, self.code, self.status = why, code, status


def read_packet(packet: Encoded) -> tuple[str, Encoded]:
    """Type and payload of what a client sent. Raises Violation."""
    if isinstance(packet, bytes):
        return MESSAGE, packet
    if packet[:1] not in FROM_CLIENTS:
        raise Violation("not a packet" if packet else "an empty packet")
    return packet[0], packet[1:]


def payload_of(packets: Iterable[Encoded]) -> bytes:
    """Packets as one HTTP body; binary ones in base64."""
    parts = (packet if isinstance(packet, str) else f"b{b64encode(packet).decode()}" for packet in packets)
    return SEPARATOR.join(parts).encode()


def packets_in(body: bytes) -> Iterator[Encoded]:
    """The packets of an HTTP body, one at a time: a body of separators costs no list. Raises Violation."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise Violation("not UTF-8") from None
    start = 0
    while start <= len(text):
        end = text.find(SEPARATOR, start)
        end = len(text) if end < 0 else end
        yield _part(text[start:end])
        start = end + 1


def _part(text: str) -> Encoded:
    if not text.startswith("b"):
        return text
    try:
        return b64decode(text[1:], validate=True)
    except ValueError:
        raise Violation("not base64") from None
