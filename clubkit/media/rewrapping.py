"""A clip that browsers can play as it is, in a container of our own: the same picture and sound, and nothing else.

No frame is decoded, so it takes as long as copying the file. What a camera wrote beside them (place, owner, device)
stays behind.
"""

from pathlib import Path
from typing import Any, cast

import av

from clubkit.media.clips import Probe
from clubkit.media.probing import open_clip, picture_stream
from clubkit.media.video_errors import BrokenVideo

_CONTAINERS = {
    ".mp4": ({"h264"}, {None, "aac", "mp3", "opus"}),
    ".webm": ({"vp8", "vp9", "av1"}, {None, "opus", "vorbis"}),
}
_EVERYWHERE = {"yuv420p", "yuvj420p"}
"""Other layouts of pixels decode on some devices only."""


def container_for(path: Path, clip: Probe) -> str | None:
    """ ".mp4" or ".webm", when every browser plays this picture and sound in it; else it has to be transcoded."""
    with open_clip(path) as source:
        layout = picture_stream(source).codec_context.pix_fmt
    if layout not in _EVERYWHERE:
        return None
    for suffix, (pictures, sounds) in _CONTAINERS.items():
        if clip.video_codec in pictures and clip.audio_codec in sounds:
            return suffix
    return None


def rewrap(path: Path, out: Path) -> None:
    """Copies picture and sound into `out`, whose suffix names the container; it appears whole or not at all.

    Raises BrokenVideo.
    """
    part = out.with_name(f".{out.stem}.part{out.suffix}")
    options = {"movflags": "+faststart", "fflags": "+bitexact"} if out.suffix == ".mp4" else {"fflags": "+bitexact"}
    try:
        with open_clip(path) as source, av.open(str(part), "w", options=options) as target:
            _copy(source, target)
        part.replace(out)
    except (av.error.FFmpegError, ValueError) as error:
        raise BrokenVideo from error
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Any, target: Any) -> None:
    picture = picture_stream(source)
    streams = [picture, *source.streams.audio[:1]]
    outputs = {stream.index: target.add_stream_from_template(stream) for stream in streams}
    for output in outputs.values():
        output.metadata.clear()
    for packet in source.demux(cast("Any", streams)):
        if packet.dts is None:
            continue
        packet.stream = outputs[packet.stream.index]
        target.mux(packet)
