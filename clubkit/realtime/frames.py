"""What a server puts on a WebSocket (RFC 6455): unmasked frames, so that one frame serves every socket."""

import struct

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_FIN = 0x80
_LONGEST_SHORT = 125
_LONGEST_MIDDLE = 0xFFFF


def frame(opcode: int, payload: bytes) -> bytes:
    """One whole, final frame."""
    size = len(payload)
    if size <= _LONGEST_SHORT:
        return bytes((_FIN | opcode, size)) + payload
    if size <= _LONGEST_MIDDLE:
        return struct.pack("!BBH", _FIN | opcode, 126, size) + payload
    return struct.pack("!BBQ", _FIN | opcode, 127, size) + payload


def text_frame(text: bytes) -> bytes:
    """A text message; `text` is UTF-8 already."""
    return frame(TEXT, text)


def close_frame(code: int, reason: str = "") -> bytes:
    return frame(CLOSE, struct.pack("!H", code) + reason.encode()[: _LONGEST_SHORT - 2])


def payload_of(whole: bytes) -> bytes:
    """What a frame made by `frame` carries."""
    return whole[{126: 4, 127: 10}.get(whole[1], 2) :]
