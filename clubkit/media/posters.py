"""A still that tells what a clip is about."""

from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageStat

from clubkit.media.clips import SHORT_SIDE, Poster, Probe
from clubkit.media.images import as_webp, average_colour, tiny
from clubkit.media.probing import open_clip, picture_stream, shown_size, tick_of, turn
from clubkit.media.transcoding import target_size
from clubkit.media.video_errors import BrokenVideo

_PLACES = (0.1, 0.3, 0.5, 0.7, 0.02)
_DARK, _BRIGHT = 24, 240
"""Mean brightness of 255 outside of which a frame is a fade, not a picture."""

_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def poster(path: Path, clip: Probe, at: float | None) -> Poster:
    """See `clips.poster`."""
    places = [clip.duration * share for share in _PLACES] if at is None else [at]
    stills = [still for still in (_still(path, max(0.0, min(p, clip.duration))) for p in places) if still]
    if not stills:
        raise BrokenVideo
    at, image = max(stills, key=lambda still: clarity(still[1]))
    return Poster(as_webp(image), image.width, image.height, average_colour(image), tiny(image), at)


def clarity(image: Image.Image) -> float:
    """How much there is to see: contrast of brightness, next to nothing for black, white or a fade."""
    grey = ImageStat.Stat(image.convert("L"))
    return grey.stddev[0] if _DARK < grey.mean[0] < _BRIGHT else grey.stddev[0] / 1000


def _still(path: Path, at: float) -> tuple[float, Image.Image] | None:
    """The first frame shown from `at` on, or the last before it; None when that part is unreadable."""
    try:
        with open_clip(path) as clip:
            stream = picture_stream(clip)
            tick = tick_of(stream)
            start = float((stream.start_time or 0) * tick)
            clip.seek(int((at + start) / tick), stream=stream)
            last = None
            for frame in clip.decode(stream):
                last = frame
                if frame.time is None or frame.time - start >= at:
                    break
            return None if last is None else (at, _image(last))
    except av.error.FFmpegError:
        return None


def _image(frame: Any) -> Image.Image:
    image: Image.Image = frame.to_image()
    turned = image.transpose(_TURNS[turn(frame)]) if turn(frame) else image
    return turned.resize(target_size(*shown_size(frame), SHORT_SIDE), Image.Resampling.LANCZOS)
