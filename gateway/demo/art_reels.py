"""Short reels for the demo world, drawn and encoded on the spot, most with sound."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from gateway.demo import art_reels_inside as inside
from gateway.demo import art_reels_outside as outside
from gateway.demo.art_canvas import Size
from gateway.demo.art_motion import Reel
from gateway.demo.art_sound import RATE, mixed

FRAMES_PER_SECOND = 30
SHORTEST, LONGEST = 4.0, 12.0
Director = Callable[[Random, float, Size, float], Reel]

REELS: dict[str, Director] = {
    "goal": outside.goal,
    "headlamps": outside.headlamps,
    "stroke": outside.stroke,
    "swish": outside.swish,
    "ascent": inside.ascent,
    "blitz": inside.blitz,
    "darts": inside.darts,
    "winners": inside.winners,
}


def render_reel(scene: str, seed: int, hue: float, path: Path, seconds: float, *, size: Size = (720, 1280)) -> None:
    """Write one of REELS as MP4 (H.264, AAC unless silent), 4…12 seconds, 30 pictures a second.

    The same arguments give the same pictures. Every third seed is silent. Raises KeyError for another scene.
    """
    import av

    from clubkit.media.transcoding import encoder

    seconds = min(LONGEST, max(SHORTEST, seconds))
    reel = REELS[scene](Random(f"{scene}:{seed}:{hue}"), hue, size, seconds)
    part = path.with_name(f".{path.name}.part")
    with av.open(str(part), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}) as film:
        picture: Any = film.add_stream(encoder(), rate=FRAMES_PER_SECOND)
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        picture.options = {"preset": "ultrafast", "crf": "25", "tune": "animation"}
        picture.codec_context.thread_count = 2
        sound: Any = None
        if reel.bed is not None and seed % 3 != 2:
            sound = film.add_stream("aac", rate=RATE, layout="mono")
        for number in range(int(seconds * FRAMES_PER_SECOND)):
            still = reel.frame(number / FRAMES_PER_SECOND)
            frame = av.VideoFrame.from_ndarray(np.asarray(still), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_SECOND)
            film.mux(picture.encode(frame))
        film.mux(picture.encode(None))
        if sound is not None:
            _add_sound(film, sound, mixed(seconds, reel.cues, reel.bed or "hall", seed))
    part.replace(path)


def _add_sound(film: Any, stream: Any, wave: Any) -> None:
    import av

    frame = av.AudioFrame.from_ndarray(wave[None], format="fltp", layout="mono")
    frame.sample_rate, frame.pts = RATE, 0
    film.mux(stream.encode(frame))
    film.mux(stream.encode(None))
