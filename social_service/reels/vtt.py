"""WebVTT captions (W3C): read strictly, written anew with nothing but times and text."""

import html
import re
from dataclasses import dataclass

from social_service.reels.errors import BadCaptions

MOST_CUES = 500
LONGEST_CUE = 300

_CLOCK = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_CLOCK}\s+-->\s+{_CLOCK}(?:\s.*)?")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Cue:
    """start and end in milliseconds; text without any markup."""

    start: int
    end: int
    text: str


def parse(data: bytes, *, duration_s: float) -> list[Cue]:
    """The cues of a caption file, in order. Raises BadCaptions, which names the line."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    except UnicodeDecodeError:
        raise BadCaptions(1, "Captions must be UTF-8 text.") from None
    lines = text.split("\n")
    if not re.fullmatch(r"WEBVTT([ \t].*)?", lines[0]):
        raise BadCaptions(1, "A caption file begins with WEBVTT.")
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        if cue := _cue(number, block):
            _check(number, cue, cues[-1] if cues else None, duration_s)
            cues.append(cue)
    if not cues:
        raise BadCaptions(len(lines), "There is no caption in this file.")
    if len(cues) > MOST_CUES:
        raise BadCaptions(len(lines), f"That is more than {MOST_CUES} captions.")
    return cues


def write(cues: list[Cue]) -> str:
    """A file with these cues. Text is escaped: no player finds markup in it."""
    blocks = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{html.escape(cue.text, quote=False)}" for cue in cues]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """(first line's number, lines) of each part between blank lines, without the header."""
    blocks: list[tuple[int, list[str]]] = []
    current: list[str] = []
    start = 1
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            if not current:
                start = number
            current.append(line)
        elif current:
            blocks.append((start, current))
            current = []
    return blocks[1:] if len(lines[0]) >= 6 else blocks


def _cue(number: int, block: list[str]) -> Cue | None:
    """None for notes, styles and regions, which are left out."""
    if re.match(r"(NOTE|STYLE|REGION)(\s|$)", block[0]):
        return None
    at = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
    if at is None:
        raise BadCaptions(number, "A caption begins with its times: 00:01.000 --> 00:03.500.")
    found = _TIMES.fullmatch(block[at].strip())
    if found is None:
        raise BadCaptions(number + at, "These times cannot be read; write 00:01.000 --> 00:03.500.")
    times = found.groups(default="0")
    text = html.unescape(_TAG.sub("", "\n".join(block[at + 1 :]))).strip()
    return Cue(_millis(times[:4]), _millis(times[4:]), text) if text else None


def _check(number: int, cue: Cue, before: Cue | None, duration_s: float) -> None:
    if cue.end <= cue.start:
        raise BadCaptions(number, "A caption must end after it begins.")
    if before and cue.start < before.start:
        raise BadCaptions(number, "Captions must stand in the order of their times.")
    if cue.start > duration_s * 1000:
        raise BadCaptions(number, "This caption begins after the end of the reel.")
    if len(cue.text) > LONGEST_CUE:
        raise BadCaptions(number, f"A caption has room for {LONGEST_CUE} characters.")


def _millis(parts: tuple[str, ...]) -> int:
    hours, minutes, seconds, millis = (int(part[:6]) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis


def _clock(millis: int) -> str:
    seconds, rest = divmod(millis, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
