"""What a file is, by its first bytes: what its sender calls it decides nothing."""

import re
import unicodedata
from pathlib import Path
from typing import Literal

Nature = Literal["picture", "clip", "sound", "other"]
_HEAD = 16
_LONGEST_NAME = 120

# Playable by browsers as they are. MP4 and Matroska may hold a picture or only sound: who opens them finds out.
_SOUNDS = (
    (re.compile(rb"ID3|\xff[\xfb\xf3\xf2\xfa]"), "audio/mpeg"),
    (re.compile(rb"OggS"), "audio/ogg"),
    (re.compile(rb"fLaC"), "audio/flac"),
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "audio/wav"),
    (re.compile(rb"....ftypM4[AB]", re.DOTALL), "audio/mp4"),
)
_PICTURES = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP", re.DOTALL)
_CLIPS = re.compile(rb"....ftyp|\x1a\x45\xdf\xa3", re.DOTALL)
_MATROSKA = b"\x1a\x45\xdf\xa3"


def nature_of(path: Path) -> Nature:
    head = _head(path)
    if _PICTURES.match(head):
        return "picture"
    if _sound_type(head):
        return "sound"
    return "clip" if _CLIPS.match(head) else "other"


def sound_type(path: Path) -> str:
    """The media type of a file that holds sound and no picture."""
    head = _head(path)
    return _sound_type(head) or ("audio/webm" if head.startswith(_MATROSKA) else "audio/mp4")


def plain_name(name: str) -> str:
    """A name that is one line, no path, and reads the way it will be saved."""
    last = re.split(r"[/\\]", name)[-1]
    # Marks that turn the direction of writing make "exe.pdf" of a program.
    visible = "".join(
        c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] not in "CZ" or c == " "
    )
    stem, dot, suffix = visible.strip(" .").rpartition(".")
    if not stem:
        return suffix[:_LONGEST_NAME] or "file"
    return stem[: _LONGEST_NAME - len(suffix[:12]) - 1].rstrip() + dot + suffix[:12]


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _sound_type(head: bytes) -> str | None:
    return next((kind for pattern, kind in _SOUNDS if pattern.match(head)), None)
