"""Real clips, encoded in the test: shapes, turns, sound, damage."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

Paint = Callable[[int, int, int], np.ndarray]
"""(frame number, width, height) → (height, width, 3) RGB bytes."""


def half_red_half_blue(number: int, width: int, height: int) -> np.ndarray:
    """Red above, blue below, with a white bar that moves: upright is told by colour."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 2] = (200, 30, 30)
    picture[height // 2 :] = (30, 30, 200)
    left = number * 4 % max(1, width - 8)
    picture[:, left : left + 8] = 255
    return picture


def black(number: int, width: int, height: int) -> np.ndarray:
    return np.zeros((height, width, 3), np.uint8)


def black_then_picture(number: int, width: int, height: int) -> np.ndarray:
    return (black if number < 30 else half_red_half_blue)(number, width, height)


def a_clip(
    path: Path,
    *,
    seconds: float = 2.0,
    size: tuple[int, int] = (320, 240),
    rate: int = 30,
    turned: int = 0,
    sound: bool = True,
    paint: Paint = half_red_half_blue,
    codec: str = "libx264",
    container: str | None = None,
    metadata: dict[str, str] | None = None,
    late: float = 0.0,
) -> Path:
    """Write a clip. turned: degrees a player turns it clockwise to see it upright; late: its clock's start."""
    with av.open(str(path), "w", format=container) as clip:
        clip.metadata.update(metadata or {})
        picture = _picture_stream(clip, codec, size, rate, turned)
        tone: Any = None
        if sound:
            tone = clip.add_stream("libopus" if codec == "libvpx" else "aac", rate=48_000, layout="mono")
        for number in range(int(seconds * rate)):
            frame = av.VideoFrame.from_ndarray(paint(number, *size), format="rgb24")
            frame.pts, frame.time_base = number + int(late * rate), Fraction(1, rate)
            clip.mux(picture.encode(frame))
        clip.mux(picture.encode(None))
        if tone is not None:
            clip.mux(tone.encode(_tone(seconds, late)))
            clip.mux(tone.encode(None))
    return path


def _picture_stream(clip: Any, codec: str, size: tuple[int, int], rate: int, turned: int) -> Any:
    stream = clip.add_stream(codec, rate=rate)
    stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
    if codec == "libx264":
        stream.options = {"preset": "ultrafast"}
    if turned:
        stream.set_display_rotation(-turned)
    return stream


def _tone(seconds: float, late: float = 0.0) -> av.AudioFrame:
    times = np.arange(int(48_000 * seconds)) / 48_000
    wave = (0.2 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)[None]
    frame = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
    frame.sample_rate, frame.pts = 48_000, int(late * 48_000)
    return frame


def first_picture(path: Path) -> np.ndarray:
    with av.open(str(path)) as clip:
        return next(clip.decode(video=0)).to_ndarray(format="rgb24")


def is_reddish(pixel: np.ndarray) -> bool:
    return bool(pixel[0] > 120 and pixel[2] < 110)


def is_bluish(pixel: np.ndarray) -> bool:
    return bool(pixel[2] > 120 and pixel[0] < 110)
