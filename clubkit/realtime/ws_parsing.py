"""What a client puts on a WebSocket (RFC 6455): masked frames into whole messages, with bounded memory."""

import struct
from collections.abc import Iterator

from websockets.frames import apply_mask  # type: ignore[attr-defined]  # compiled where it can be

from clubkit.realtime.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT

PROTOCOL_ERROR, NOT_UTF8, TOO_BIG = 1002, 1007, 1009
NO_CODE = 1005
_CONTROL = 0x8
_LONGEST_CONTROL = 125
_CODES = frozenset({1000, 1001, 1002, 1003, *range(1007, 1015)})
"""Close codes a peer may send, beside those that libraries (3000 on) and applications (4000 on) define."""

Heard = tuple[int, bytes | str]
"""An opcode with its whole payload: text is a str, all else bytes."""


class Broken(Exception):  # noqa: N818  an outcome, as in clubkit.errors
    """The peer broke the protocol: close with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Incoming:
    """Bytes in, messages out. Keeps at most one frame that is not whole, and one message that is not whole."""

    __slots__ = ("_buffer", "_kind", "_message", "largest")

    def __init__(self, largest: int) -> None:
        """largest: bytes of one message."""
        self.largest = largest
        self._buffer: bytearray | None = None
        self._message: bytearray | None = None
        self._kind = 0

    def feed(self, data: bytes) -> Iterator[Heard]:
        """Whole messages and control frames, in order. Raises Broken once what came before it was handed out."""
        whole: bytes | bytearray = data
        if self._buffer is not None:
            self._buffer += data
            whole, self._buffer = self._buffer, None
        at = 0
        while found := self._frame(whole, at):
            at, heard = found
            if heard is not None:
                yield heard
        if at < len(whole):
            if isinstance(whole, bytearray):
                del whole[:at]
                self._buffer = whole
            else:
                self._buffer = bytearray(memoryview(whole)[at:])

    def _frame(self, data: bytes | bytearray, at: int) -> tuple[int, Heard | None] | None:
        """The end of the frame that begins at `at`, with what it completes; None while it is not whole."""
        if len(data) - at < 2:
            return None
        first, second = data[at], data[at + 1]
        opcode, final = first & 0x0F, bool(first & 0x80)
        self._check(first, second)
        sized = _size(data, at + 2, second & 0x7F)
        if sized is None:
            return None
        start, size = sized
        if opcode < _CONTROL and size + len(self._message or b"") > self.largest:
            raise Broken(TOO_BIG, "message too big")
        end = start + 4 + size
        if len(data) < end:
            return None
        payload = apply_mask(data[start + 4 : end], data[start : start + 4])
        return end, self._complete(opcode, payload, final=final)

    def _check(self, first: int, second: int) -> None:
        opcode, final = first & 0x0F, first & 0x80
        if first & 0x70:
            raise Broken(PROTOCOL_ERROR, "reserved bits are set")
        if opcode not in (CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG):
            raise Broken(PROTOCOL_ERROR, "unknown opcode")
        if not second & 0x80:
            raise Broken(PROTOCOL_ERROR, "a client's frame is not masked")
        if opcode >= _CONTROL:
            if not final or second & 0x7F > _LONGEST_CONTROL:
                raise Broken(PROTOCOL_ERROR, "a control frame is cut up or too long")
        elif (opcode == CONTINUATION) is (self._message is None):
            raise Broken(PROTOCOL_ERROR, "a message is continued that is not open, or the other way round")

    def _complete(self, opcode: int, payload: bytes, *, final: bool) -> Heard | None:
        if opcode >= _CONTROL:
            return opcode, payload
        if self._message is not None:
            self._message += payload
        if not final:
            if self._message is None:
                self._kind, self._message = opcode, bytearray(payload)
            return None
        if self._message is not None:
            opcode, payload, self._message = self._kind, bytes(self._message), None
        return opcode, _text(payload) if opcode == TEXT else payload


def close_reason(payload: bytes) -> tuple[int, str]:
    """What a CLOSE frame says. Raises Broken."""
    if not payload:
        return NO_CODE, ""
    if len(payload) == 1:
        raise Broken(PROTOCOL_ERROR, "half a close code")
    (code,) = struct.unpack("!H", payload[:2])
    if code not in _CODES and not 3000 <= code <= 4999:
        raise Broken(PROTOCOL_ERROR, "no such close code")
    return code, _text(payload[2:])


def _text(payload: bytes) -> str:
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise Broken(NOT_UTF8, "not UTF-8") from None


def _size(data: bytes | bytearray, at: int, short: int) -> tuple[int, int] | None:
    """Where the mask begins and how long the payload is; None while the header is not whole."""
    if short < 126:
        return at, short
    width = 2 if short == 126 else 8
    if len(data) - at < width:
        return None
    size = int.from_bytes(data[at : at + width], "big")
    if size < (126 if width == 2 else 0x10000) or size >> 63:
        raise Broken(PROTOCOL_ERROR, "a length that is written too long")
    return at + width, size
