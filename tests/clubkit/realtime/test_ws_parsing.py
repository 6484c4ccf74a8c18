"""Frames of a client, read strictly and with bounded memory."""

import struct

import pytest
from websockets.frames import apply_mask

from clubkit.realtime import frames
from clubkit.realtime.ws_parsing import Broken, Incoming, close_reason

MASK = b"\x01\x02\x03\x04"


def masked(opcode: int, payload: bytes, *, final: bool = True, reserved: int = 0, longer: bool = False) -> bytes:
    """A client's frame; `longer` writes the length wider than it need be."""
    first = (0x80 if final else 0) | reserved | opcode
    size = len(payload)
    if size < 126 and not longer:
        head = bytes((first, 0x80 | size))
    elif size < 65536:
        head = struct.pack("!BBH", first, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", first, 0x80 | 127, size)
    return head + MASK + apply_mask(payload, MASK)


def heard(data: bytes, *, largest: int = 1000) -> list[tuple[int, bytes | str]]:
    return list(Incoming(largest).feed(data))


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_a_message_of_any_length_arrives(size: int) -> None:
    text = "x" * size
    assert heard(masked(frames.TEXT, text.encode()), largest=100_000) == [(frames.TEXT, text)]


def test_bytes_may_come_one_at_a_time() -> None:
    incoming, said = Incoming(1000), []
    for byte in masked(frames.TEXT, "grüße".encode()) + masked(frames.PING, b"?") + masked(frames.BINARY, b"\x00"):
        said += list(incoming.feed(bytes((byte,))))
    assert said == [(frames.TEXT, "grüße"), (frames.PING, b"?"), (frames.BINARY, b"\x00")]


def test_a_ping_may_come_amid_a_cut_up_message() -> None:
    data = masked(frames.TEXT, b"one ", final=False) + masked(frames.PING, b"") + masked(frames.CONTINUATION, b"two")
    assert heard(data) == [(frames.PING, b""), (frames.TEXT, "one two")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x81\x01x", 1002),
        (masked(0x3, b""), 1002),
        (masked(0xB, b""), 1002),
        (masked(frames.TEXT, b"", reserved=0x40), 1002),
        (masked(frames.PING, b"x" * 126), 1002),
        (masked(frames.PING, b"", final=False), 1002),
        (masked(frames.CONTINUATION, b"x"), 1002),
        (masked(frames.TEXT, b"x", final=False) + masked(frames.TEXT, b"y"), 1002),
        (masked(frames.TEXT, b"x", longer=True), 1002),
        (masked(frames.TEXT, b"\xff"), 1007),
        (masked(frames.BINARY, b"x" * 1001), 1009),
        (masked(frames.BINARY, b"x" * 600, final=False) + masked(frames.CONTINUATION, b"x" * 600), 1009),
    ],
)
def test_what_breaks_the_protocol_is_named(data: bytes, code: int) -> None:
    with pytest.raises(Broken) as broken:
        heard(data)
    assert broken.value.code == code


def test_too_much_is_refused_before_it_is_there() -> None:
    with pytest.raises(Broken) as broken:
        heard(masked(frames.BINARY, b"x" * 70_000)[:20])
    assert broken.value.code == 1009


def test_what_came_before_a_breach_is_still_heard() -> None:
    feeding = Incoming(1000).feed(masked(frames.TEXT, b"first") + masked(0x3, b""))
    assert next(feeding) == (frames.TEXT, "first")
    with pytest.raises(Broken):
        next(feeding)


@pytest.mark.parametrize("payload", [b"\x03", b"\x03\xec", b"\x00\x00", struct.pack("!H", 1000) + b"\xff"])
def test_a_close_that_says_nonsense_is_a_breach(payload: bytes) -> None:
    with pytest.raises(Broken):
        close_reason(payload)


def test_a_close_says_why() -> None:
    assert close_reason(b"") == (1005, "")
    assert close_reason(struct.pack("!H", 4001) + "früh".encode()) == (4001, "früh")


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_a_frame_of_ours_carries_what_it_was_given(size: int) -> None:
    payload = b"x" * size
    whole = frames.text_frame(payload)
    assert frames.payload_of(whole) == payload
    assert len(whole) - size == (2 if size < 126 else 4 if size < 65_536 else 10)
