"""The filter chains between decoder and encoder: picture upright, scaled, steady; sound starting with it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import av.filter

from clubkit.media.probing import turn

SOUND_RATE = 48_000
_TURNS = {
    0: (),
    90: (("transpose", "clock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "cclock"),),
}


def picture(frame: Any, time_base: Any, start: Fraction, size: tuple[int, int], rate: Fraction) -> Any:
    """A graph that takes frames like this one and gives upright yuv420p of `size`, steadily, from 0."""
    graph = av.filter.Graph()
    source = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=time_base)
    width, height = size
    across = (height, width) if turn(frame) in {90, 270} else size
    steps = [
        ("setpts", f"PTS-{float(start)}/TB"),
        ("fps", f"fps={rate.numerator}/{rate.denominator}:start_time=0"),
        ("scale", f"{across[0]}:{across[1]}:flags=bicubic"),
        *_TURNS[turn(frame)],
        ("setsar", "1"),
        ("format", "yuv420p"),
    ]
    return _chained(graph, source, steps, "buffersink")


def sound(frame: Any, start: Fraction) -> Any:
    """A graph that gives stereo float frames of 1024 samples; gaps are filled, the start is at 0."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=frame.sample_rate,
        format=frame.format,
        layout=frame.layout.name,
        time_base=frame.time_base,
    )
    steps = [
        ("asetpts", f"PTS-{float(start)}/TB"),
        ("aresample", f"{SOUND_RATE}:async=1000:first_pts=0"),
        ("aformat", f"sample_fmts=fltp:sample_rates={SOUND_RATE}:channel_layouts=stereo"),
        ("asetnsamples", "1024:p=0"),
    ]
    return _chained(graph, source, steps, "abuffersink")


def drained(graph: Any) -> Iterator[Any]:
    """What the graph has ready."""
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def _chained(graph: Any, source: Any, steps: list[tuple[str, str]], sink: str) -> Any:
    last = source
    for name, arguments in steps:
        step = graph.add(name, arguments or None)
        last.link_to(step)
        last = step
    last.link_to(graph.add(sink))
    graph.configure()
    return graph
