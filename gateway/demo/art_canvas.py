"""A canvas 100 units high whatever its pixels, drawn at twice its size and brought down smooth."""

from collections.abc import Sequence
from functools import cache
from math import cos, radians, sin

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from gateway.demo.art_colour import Colour

Point = tuple[float, float]
Size = tuple[int, int]
_FINER = 2


class Canvas:
    """Units: 100 from top to bottom, `wide` from left to right, origin top left. alpha is 0…1."""

    def __init__(self, size: Size, ground: Colour | None = None) -> None:
        """A ground of None makes a see-through sprite."""
        self.size = size
        self.wide = 100 * size[0] / size[1]
        self._scale = size[1] * _FINER / 100
        pixels = (size[0] * _FINER, size[1] * _FINER)
        self._image = Image.new("RGBA", pixels) if ground is None else Image.new("RGB", pixels, ground)
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def finished(self) -> Image.Image:
        if self._image.mode == "RGBA":
            return self._image.convert("RGBa").reduce(_FINER).convert("RGBA")
        return self._image.reduce(_FINER)

    def fade(self, colours: Sequence[Colour], top: float = 0, bottom: float = 100) -> None:
        """Bands of colour that run into each other from top to bottom, over the whole width."""
        first, last = self._px(top), self._px(bottom)
        rows = np.linspace(0, len(colours) - 1, max(2, last - first))
        table = np.array(colours, float)
        shades = np.stack([np.interp(rows, range(len(colours)), table[:, c]) for c in range(3)], axis=1)
        column = Image.fromarray(shades.round().astype(np.uint8)[:, None, :], "RGB")
        self._image.paste(column.resize((self._image.width, column.height), Image.Resampling.NEAREST), (0, first))

    def shape(self, points: Sequence[Point], fill: Colour, alpha: float = 1) -> None:
        self._draw.polygon([self._at(p) for p in points], fill=_ink(fill, alpha))

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: Colour, alpha: float = 1, corner: float = 0
    ) -> None:
        area = (*self._at((left, top)), *self._at((right, bottom)))
        if corner:
            self._draw.rounded_rectangle(area, corner * self._scale, fill=_ink(fill, alpha))
        else:
            self._draw.rectangle(area, fill=_ink(fill, alpha))

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour, alpha: float = 1) -> None:
        self._draw.ellipse((*self._at((x - rx, y - ry)), *self._at((x + rx, y + ry))), fill=_ink(fill, alpha))

    def ring(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, width: float = 0.5, alpha: float = 1
    ) -> None:
        area = (*self._at((x - rx, y - ry)), *self._at((x + rx, y + ry)))
        self._draw.ellipse(area, outline=_ink(colour, alpha), width=self._thick(width))

    def arc(
        self, x: float, y: float, rx: float, ry: float, sweep: tuple[float, float], colour: Colour, width: float = 0.5
    ) -> None:
        area = (*self._at((x - rx, y - ry)), *self._at((x + rx, y + ry)))
        self._draw.arc(area, *sweep, fill=colour, width=self._thick(width))

    def line(self, points: Sequence[Point], colour: Colour, width: float = 0.5, alpha: float = 1) -> None:
        """Round joints and, when opaque, round ends."""
        pixels = [self._at(p) for p in points]
        self._draw.line(pixels, fill=_ink(colour, alpha), width=self._thick(width), joint="curve")
        if alpha == 1:
            reach = self._thick(width) / 2
            for x, y in (pixels[0], pixels[-1]):
                self._draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)

    def glow(self, x: float, y: float, reach: float, colour: Colour, strength: float = 0.7, flat: float = 1) -> None:
        """Light that falls off from a point; flat < 1 presses it into an ellipse, as on the ground."""
        width, height = self._thick(reach * 2), self._thick(reach * 2 * flat)
        mask = _falloff().resize((width, height), Image.Resampling.BILINEAR).point(lambda v: int(v * strength))
        left, top = self._at((x - reach, y - reach * flat))
        self._image.paste(colour, (round(left), round(top)), mask)

    def beam(
        self, x: float, y: float, angle: float, reach: float, spread: float, colour: Colour, strength: float
    ) -> None:
        """A soft cone of light from a lamp; angle in degrees, 0 to the right, 90 down."""
        for step in range(7, 0, -1):
            half = spread * step / 7
            far = reach * (1 - 0.06 * step)
            ends = [(x + far * cos(radians(angle + s)), y + far * sin(radians(angle + s))) for s in (-half, 0, half)]
            self.shape([(x, y), *ends], colour, strength / 7)

    def mirror(self, level: float, depth: float, alpha: float, tint: Colour) -> None:
        """Water: what stands above `level` lies below it, upside down, pressed to `depth` and tinted."""
        above = self._image.crop((0, 0, self._image.width, self._px(level)))
        flipped = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((above.width, self._px(depth)))
        soft = flipped.filter(ImageFilter.BoxBlur(self._scale * 0.5))
        self._image.paste(Image.blend(soft, Image.new("RGB", soft.size, tint), 1 - alpha), (0, self._px(level)))

    def soften(self, radius: float) -> None:
        """Blur everything so far: it stands far behind what comes."""
        self._image = self._image.filter(ImageFilter.BoxBlur(radius * self._scale))
        self._draw = ImageDraw.Draw(self._image, "RGBA")

    def vignette(self, strength: float = 0.35) -> None:
        """Darker corners, as under a lamp."""
        edge = _falloff().resize(self._image.size, Image.Resampling.BILINEAR)
        mask = edge.point(lambda v: int(max(0, 150 - v * 1.6) * strength))
        self._image.paste((8, 10, 22), (0, 0), mask)

    def _px(self, units: float) -> int:
        return round(units * self._scale)

    def _at(self, point: Point) -> Point:
        return point[0] * self._scale, point[1] * self._scale

    def _thick(self, units: float) -> int:
        return max(1, self._px(units))


def _ink(colour: Colour, alpha: float) -> tuple[int, int, int, int]:
    return (*colour, round(255 * min(1.0, max(0.0, alpha))))


@cache
def _falloff() -> Image.Image:
    across = np.linspace(-1, 1, 192)
    far = np.minimum(1, np.hypot(across[:, None], across[None, :]))
    return Image.fromarray((255 * (1 - far) ** 2).astype(np.uint8), "L")
