"""The outermost boxes of an MP4 or MOV (ISO/IEC 14496-12): enough to tell a whole file from a cut one."""

import struct
from pathlib import Path

_MOST = 10_000
_KNOWN = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"}


def top_level(path: Path) -> list[tuple[str, int, int]]:
    """(type, offset, stated size) of each outer box; stops at the file's end or at nonsense."""
    found: list[tuple[str, int, int]] = []
    whole = path.stat().st_size
    with path.open("rb") as file:
        at = 0
        while at + 8 <= whole and len(found) < _MOST:
            file.seek(at)
            size, kind = struct.unpack(">I4s", file.read(8))
            if size == 1:
                size = int.from_bytes(file.read(8), "big")
            elif size == 0:
                size = whole - at
            if size < 8:
                break
            found.append((kind.decode("latin-1"), at, size))
            at += size
    return found


def lacks_its_end(path: Path) -> bool:
    """Whether this is an MP4 or MOV of which the end, or the index, never arrived."""
    with path.open("rb") as file:
        if file.read(8)[4:] not in _KNOWN:
            return False
    boxes = top_level(path)
    if not boxes:
        return True
    _, at, size = boxes[-1]
    return at + size > path.stat().st_size or "moov" not in {kind for kind, _, _ in boxes}
