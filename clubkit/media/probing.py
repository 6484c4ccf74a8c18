"""What an uploaded clip is, or why it is none."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from clubkit.media.atoms import lacks_its_end
from clubkit.media.clips import MAX_BYTES, MAX_SECONDS, MAX_SIDE, Probe
from clubkit.media.video_errors import BrokenVideo, NotAVideo, TooLong, Truncated, VideoTooLarge

# A playlist or a list of files would make the reader open other files and addresses: only real
# containers, only from disk.
_OPENING = {"format_whitelist": "mov,matroska,webm,avi,mpegts,mpeg,flv,ogg,3gp", "protocol_whitelist": "file"}
_SLACK = 1.0
"""Seconds a clip may miss of its stated length, or exceed the limit by, before we mind."""


@dataclass(frozen=True)
class _Length:
    seconds: float
    packets: int


def open_clip(path: Path) -> InputContainer:
    """Open for reading, real containers only. Raises NotAVideo or Truncated."""
    try:
        return av.open(str(path.resolve()), "r", options=_OPENING, metadata_errors="replace")
    except (av.error.FFmpegError, ValueError) as error:
        raise (Truncated if lacks_its_end(path) else NotAVideo) from error


def picture_stream(clip: InputContainer) -> VideoStream:
    """The moving picture; a cover image does not count."""
    for stream in clip.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    raise NotAVideo("This file has no moving picture in it.")


def tick_of(stream: VideoStream) -> Fraction:
    """Seconds per unit of the stream's times."""
    return stream.time_base or Fraction(1, av.time_base)


def probe(path: Path) -> Probe:
    """See `clips.probe`. Reads every packet, decodes one frame."""
    size = path.stat().st_size
    if size == 0:
        raise NotAVideo("This file is empty.")
    if size > MAX_BYTES:
        raise VideoTooLarge(f"{MAX_BYTES // 1024 // 1024} MB")
    with open_clip(path) as clip:
        stream = picture_stream(clip)
        frame = _first_frame(clip, stream)
        length = _measured(clip, stream)
        stated = clip.duration / av.time_base if clip.duration else 0.0
        _check_length(path, length, stated)
        width, height = shown_size(frame)
        sound = clip.streams.audio[0] if clip.streams.audio else None
        return Probe(
            duration=round(length.seconds, 3),
            width=width,
            height=height,
            rotation=turn(frame),
            has_audio=sound is not None,
            video_codec=stream.codec_context.name,
            audio_codec=sound.codec_context.name if sound else None,
        )


def has_sound(path: Path) -> bool:
    """Whether the file opens as a container and holds sound; False for anything else."""
    try:
        with open_clip(path) as clip:
            return bool(clip.streams.audio)
    except (NotAVideo, Truncated):
        return False


def turn(frame: Any) -> int:
    """Degrees to turn the stored frame clockwise so that it stands upright: 0, 90, 180 or 270."""
    quarters: int = round(-frame.rotation / 90)
    return quarters * 90 % 360


def shown_size(frame: Any) -> tuple[int, int]:
    """Upright size in square pixels."""
    aspect = frame.sample_aspect_ratio if hasattr(frame, "sample_aspect_ratio") else None
    width = round(frame.width * aspect) if aspect else frame.width
    return (frame.height, width) if turn(frame) in {90, 270} else (width, frame.height)


def _first_frame(clip: InputContainer, stream: VideoStream) -> Any:
    context = stream.codec_context
    if max(context.width, context.height) > MAX_SIDE:
        raise VideoTooLarge(f"{MAX_SIDE} × {MAX_SIDE} pixels")
    try:
        frame = next(clip.decode(stream), None)
    except av.error.FFmpegError as error:
        raise BrokenVideo from error
    if frame is None or min(frame.width, frame.height) < 16:
        raise BrokenVideo
    if max(frame.width, frame.height) > MAX_SIDE:
        raise VideoTooLarge(f"{MAX_SIDE} × {MAX_SIDE} pixels")
    return frame


def _measured(clip: InputContainer, stream: VideoStream) -> _Length:
    """The length by the packets themselves: browsers record without stating one, and files may lie."""
    first, last, packets = None, 0.0, 0
    tick = tick_of(stream)
    try:
        clip.seek(0)
        for packet in clip.demux(stream):
            if packet.pts is None:
                continue
            packets += 1
            start = float(packet.pts * tick)
            first = start if first is None else min(first, start)
            last = max(last, start + float((packet.duration or 0) * tick))
    except av.error.FFmpegError as error:
        raise BrokenVideo from error
    return _Length(last - (first or 0.0), packets)


def _check_length(path: Path, length: _Length, stated: float) -> None:
    if lacks_its_end(path) or length.seconds + _SLACK < stated * 0.9:
        raise Truncated
    if length.packets == 0 or length.seconds <= 0:
        raise BrokenVideo
    if length.seconds > MAX_SECONDS + _SLACK:
        raise TooLong(length.seconds, MAX_SECONDS)
