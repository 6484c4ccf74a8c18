"""A reel's stage: layers drawn once, then moved; and the curves they move on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image

from gateway.demo.art_canvas import Canvas, Size
from gateway.demo.art_colour import Colour
from gateway.demo.art_sound import Cue


@dataclass(frozen=True)
class Reel:
    """frame(t) paints the moment t (seconds); cues and bed are its sound, bed None for a silent one."""

    frame: Callable[[float], Image.Image]
    cues: Sequence[Cue] = ()
    bed: str | None = None


@dataclass(frozen=True)
class Sprite:
    """A drawn thing with a see-through ground; `anchor` is the pixel that is put where one asks."""

    image: Image.Image
    anchor: tuple[float, float]

    def put(self, on: Image.Image, x: float, y: float) -> None:
        """x and y in pixels of the picture."""
        left, top = round(x - self.anchor[0]), round(y - self.anchor[1])
        on.paste(self.image, (left, top), self.image)


def sprite(size: Size, anchor: tuple[float, float], draw: Callable[[Canvas], None]) -> Sprite:
    """Draw on a canvas of its own (100 units high); anchor in shares of width and height."""
    canvas = Canvas(size)
    draw(canvas)
    return Sprite(canvas.finished(), (anchor[0] * size[0], anchor[1] * size[1]))


def backdrop(size: Size, draw: Callable[[Canvas], None], ground: Colour = (0, 0, 0)) -> Image.Image:
    canvas = Canvas(size, ground)
    draw(canvas)
    return canvas.finished()


def eased(t: float, start: float, end: float) -> float:
    """0 before start, 1 after end, smooth between."""
    share = min(1.0, max(0.0, (t - start) / (end - start)))
    return share * share * (3 - 2 * share)


def share_of(t: float, start: float, end: float) -> float:
    """0 before start, 1 after end, steady between."""
    return min(1.0, max(0.0, (t - start) / (end - start)))
