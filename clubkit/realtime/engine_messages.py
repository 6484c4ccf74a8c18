"""Socket.IO v5 packets, read strictly; python-socketio's own reading takes much for granted."""

import re
from typing import Any

import orjson
from socketio import packet as kinds
from socketio.packet import Packet

from clubkit.realtime.engine_packets import Violation

_SHAPE = re.compile(r"([0-6])(?:([0-9]{1,3})-)?(?:(/[^,]{0,200})(?:,|$))?([0-9]{1,16})?(.*)", re.DOTALL | re.ASCII)
_BINARY = (kinds.BINARY_EVENT, kinds.BINARY_ACK)
_EVENTS = (kinds.EVENT, kinds.BINARY_EVENT)
RESERVED = frozenset({"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
"""Names that mean something to libraries on either side: an event of such a name would call their hooks."""


def read_message(text: str, *, attachments: int) -> Packet:
    """What a client said, without its binary parts. Raises Violation.

    attachments: how many binary parts it may have.
    """
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise Violation("not a Socket.IO packet")
    kind, count, namespace, number, rest = shape.groups()
    packet = Packet(int(kind), _json(rest), (namespace or "/").partition("?")[0], number and int(number), binary=False)
    if (count is not None) != (packet.packet_type in _BINARY):
        raise Violation("attachments are counted in binary packets only")
    packet.attachment_count = int(count or 0)
    if packet.attachment_count > attachments:
        raise Violation("too many attachments", code=1009)
    _check(packet, has_data=bool(rest))
    return packet


def _json(text: str) -> Any:
    if not text:
        return None
    try:
        return orjson.loads(text)
    except ValueError:
        raise Violation("not JSON") from None


def _check(packet: Packet, *, has_data: bool) -> None:
    kind, data = packet.packet_type, packet.data
    if kind == kinds.CONNECT:
        fits = not has_data or isinstance(data, dict)
    elif kind == kinds.DISCONNECT:
        fits = not has_data
    elif kind in _EVENTS:
        fits = isinstance(data, list) and bool(data) and isinstance(data[0], str) and data[0] not in RESERVED
    else:
        fits = kind != kinds.CONNECT_ERROR and isinstance(data, list) and packet.id is not None
    if not fits:
        raise Violation("not what this kind of packet carries")


def with_attachments(value: Any, parts: list[bytes]) -> Any:
    """The value with its placeholders replaced. Raises Violation."""
    if isinstance(value, list):
        return [with_attachments(item, parts) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("_placeholder") is not True:
        return {key: with_attachments(item, parts) for key, item in value.items()}
    number = value.get("num")
    if type(number) is not int or not 0 <= number < len(parts):
        raise Violation("a placeholder without its attachment")
    return parts[number]
