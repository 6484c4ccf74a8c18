"""One clip in, one web-ready MP4 out, frame by frame: memory does not grow with the clip."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer, OutputContainer

from clubkit.media import filters
from clubkit.media.clips import Probe, Progress, Rendered
from clubkit.media.probing import open_clip, picture_stream
from clubkit.media.video_errors import BrokenVideo, CannotEncode

# In order of preference. Which one a build of the library has is the operator's choice of licence.
ENCODERS = ("libx264", "libopenh264", "h264_videotoolbox", "h264_nvenc", "h264_qsv")
_QUALITY = {"libx264": {"preset": "veryfast", "crf": "23", "profile": "high"}}
_PEAK = 3_000_000
_BAD_PACKETS = 12
"""Damaged packets a player would skip, too; more, and the clip is not worth showing."""

_THREADS = 2


def transcode(path: Path, out: Path, clip: Probe, short_side: int, progress: Progress | None) -> Rendered:
    """See `clips.transcode`."""
    part = out.with_name(f".{out.name}.part")
    try:
        with open_clip(path) as source, _open_output(part) as target:
            job = _Job(source, target, clip, short_side)
            seconds = job.run(progress or (lambda _: None))
        if seconds + 1.0 < clip.duration * 0.8:
            raise BrokenVideo
        size = part.stat().st_size
        part.replace(out)
    except av.error.InvalidDataError as error:
        raise BrokenVideo from error
    finally:
        part.unlink(missing_ok=True)
    return Rendered(job.width, job.height, seconds, size)


def target_size(width: int, height: int, short_side: int) -> tuple[int, int]:
    """Even numbers, the shape kept, never larger than the source."""
    scale = min(1.0, short_side / min(width, height))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def encoder() -> str:
    """The first H.264 encoder this build has. Raises CannotEncode."""
    for name in ENCODERS:
        if name in av.codec.codecs_available:
            return name
    raise CannotEncode


@contextmanager
def _open_output(part: Path) -> Iterator[OutputContainer]:
    # faststart moves the index to the front on closing, so playback begins before the end has arrived.
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(part), "w", format="mp4", options=options) as target:
        yield target


class _Job:
    def __init__(self, source: InputContainer, target: OutputContainer, clip: Probe, short_side: int) -> None:
        self._source, self._target, self._clip = source, target, clip
        self.width, self.height = target_size(clip.width, clip.height, short_side)
        self._picture_in = picture_stream(source)
        self._picture_in.thread_type = "AUTO"
        self._sound_in = source.streams.audio[0] if clip.has_audio else None
        self._start = Fraction(source.start_time or 0, av.time_base)
        rate = self._picture_in.average_rate or Fraction(30)
        self._rate = min(max(Fraction(rate), Fraction(1)), Fraction(30)).limit_denominator(1001)
        self._picture_out = self._add_picture()
        self._sound_out = self._add_sound() if self._sound_in else None
        self._picture_graph: Any = None
        self._sound_graph: Any = None
        self._bad = 0
        self._seconds = 0.0

    def run(self, progress: Progress) -> float:
        """Seconds of picture written."""
        told = 0.0
        streams = [s for s in (self._picture_in, self._sound_in) if s is not None]
        for packet in self._source.demux(streams):
            for frame in self._decoded(packet):
                if packet.stream is self._picture_in:
                    self._take_picture(frame)
                else:
                    self._take_sound(frame)
            done = min(1.0, self._seconds / self._clip.duration)
            if done - told >= 0.01:
                told = done
                progress(done)
        self._finish()
        progress(1.0)
        return self._seconds

    def _decoded(self, packet: Any) -> list[Any]:
        try:
            return list(packet.decode())
        except av.error.InvalidDataError as error:
            self._bad += 1
            if self._bad > _BAD_PACKETS:
                raise BrokenVideo from error
            return []

    def _take_picture(self, frame: Any) -> None:
        if self._picture_graph is None:
            self._picture_graph = filters.picture(
                frame, self._picture_in.time_base, self._start, (self.width, self.height), self._rate
            )
        self._picture_graph.push(frame)
        self._write_pictures()

    def _take_sound(self, frame: Any) -> None:
        if self._sound_graph is None:
            self._sound_graph = filters.sound(frame, self._start)
        self._sound_graph.push(frame)
        self._write_sound()

    def _write_pictures(self) -> None:
        for frame in filters.drained(self._picture_graph):
            frame.pict_type = 0
            self._seconds = float((frame.pts + 1) / self._rate)
            self._target.mux(self._picture_out.encode(frame))

    def _write_sound(self) -> None:
        for frame in filters.drained(self._sound_graph):
            # Sound that outlasts the picture would leave players on a frozen frame.
            if self._sound_out and frame.time <= self._clip.duration:
                self._target.mux(self._sound_out.encode(frame))

    def _finish(self) -> None:
        if self._picture_graph is None:
            raise BrokenVideo
        self._picture_graph.push(None)
        self._write_pictures()
        self._target.mux(self._picture_out.encode(None))
        if self._sound_out and self._sound_graph:
            self._sound_graph.push(None)
            self._write_sound()
            self._target.mux(self._sound_out.encode(None))

    def _add_picture(self) -> Any:
        name = encoder()
        stream: Any = self._target.add_stream(name, rate=self._rate)
        stream.width, stream.height, stream.pix_fmt = self.width, self.height, "yuv420p"
        context = stream.codec_context
        context.thread_count = _THREADS
        context.gop_size = max(1, round(self._rate * 2))
        quality = _QUALITY.get(name)
        if quality is None:
            context.bit_rate = _PEAK
        else:
            stream.options = quality | {"maxrate": str(_PEAK), "bufsize": str(2 * _PEAK)}
        return stream

    def _add_sound(self) -> Any:
        stream: Any = self._target.add_stream("aac", rate=filters.SOUND_RATE, layout="stereo")
        stream.bit_rate = 128_000
        return stream
