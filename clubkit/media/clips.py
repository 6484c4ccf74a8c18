"""The one door to video: probe, transcode, poster. Synchronous and heavy: for a worker, never the event loop.

The media library loads with the first call, not with this module.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MAX_SECONDS = 90.0
MAX_BYTES = 200 * 1024 * 1024
MAX_SIDE = 4096
SHORT_SIDE = 720

Progress = Callable[[float], None]
"""Told the share done, 0…1; raising from it stops the work and leaves nothing behind."""


@dataclass(frozen=True)
class Probe:
    """duration in seconds; width and height as seen, upright; rotation in degrees, clockwise, as stored."""

    duration: float
    width: int
    height: int
    rotation: int
    has_audio: bool
    video_codec: str
    audio_codec: str | None


@dataclass(frozen=True)
class Rendered:
    """A finished MP4: its size in pixels and bytes, and its duration in seconds."""

    width: int
    height: int
    duration: float
    size: int


@dataclass(frozen=True)
class Poster:
    """A still as WebP, taken `at` seconds; colour and tiny as in `clubkit.media.images.Picture`."""

    data: bytes
    width: int
    height: int
    colour: str
    tiny: str
    at: float


def probe(path: Path) -> Probe:
    """What the clip is, read to its end. Raises NotAVideo, TooLong, VideoTooLarge, Truncated, BrokenVideo."""
    from clubkit.media import probing

    return probing.probe(path)


def transcode(path: Path, out: Path, *, short_side: int = SHORT_SIDE, progress: Progress | None = None) -> Rendered:
    """H.264/AAC in MP4 with the index in front, upright, at most short_side pixels on the shorter side.

    Carries over nothing but picture and sound. `out` appears complete or not at all.
    Raises what `probe` raises, and CannotEncode.
    """
    from clubkit.media import transcoding

    return transcoding.transcode(path, out, probe(path), short_side, progress)


def poster(path: Path, *, at: float | None = None) -> Poster:
    """A telling still: at the chosen second, or the clearest of a few that is not black."""
    from clubkit.media import posters

    return posters.poster(path, probe(path), at)


def has_sound(path: Path) -> bool:
    """Whether it is a container of films with sound in it, and perhaps nothing else."""
    from clubkit.media import probing

    return probing.has_sound(path)


def container_for(path: Path, clip: Probe) -> str | None:
    """ ".mp4" or ".webm" when every browser plays the clip in it as it is; None when it has to be transcoded."""
    from clubkit.media import rewrapping

    return rewrapping.container_for(path, clip)


def rewrap(path: Path, out: Path) -> None:
    """The same picture and sound, nothing else, in the container that the suffix of `out` names. Raises BrokenVideo."""
    from clubkit.media import rewrapping

    rewrapping.rewrap(path, out)
