"""Colours of the demo's pictures: OKLCH, so that a hue keeps its weight whatever it is."""

from dataclasses import dataclass
from math import cos, radians, sin
from random import Random

Colour = tuple[int, int, int]


def oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """sRGB bytes of an OKLCH colour (Ottosson 2020); chroma gives way until it fits the screen."""
    for _ in range(24):
        linear = _linear(lightness, chroma, hue)
        if all(-0.0005 <= c <= 1.0005 for c in linear):
            break
        chroma *= 0.9
    red, green, blue = (round(255 * _companded(min(1.0, max(0.0, c)))) for c in linear)
    return red, green, blue


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """share 0 is one, 1 is the other."""
    a, b, c = (round(x + (y - x) * share) for x, y in zip(one, other, strict=True))
    return a, b, c


@dataclass(frozen=True)
class Light:
    """An hour of the day: the sky from top to horizon, what stands against it, and the lamp's colour."""

    sky: tuple[Colour, ...]
    far: Colour
    near: Colour
    lamp: Colour


def dusk(hue: float, rng: Random) -> Light:
    """After sunset: deep above, a warm band at the horizon, the club's hue in between."""
    warm = rng.uniform(38, 72)
    return Light(
        sky=(
            oklch(0.27, 0.06, hue),
            oklch(0.42, 0.08, _between(hue, 300)),
            oklch(0.68, 0.11, warm - 14),
            oklch(0.86, 0.09, warm + 20),
        ),
        far=oklch(0.33, 0.05, hue),
        near=oklch(0.19, 0.03, hue),
        lamp=oklch(0.96, 0.05, 95),
    )


def night(hue: float, rng: Random) -> Light:
    return Light(
        sky=(oklch(0.15, 0.04, 265), oklch(0.23, 0.06, _between(265, hue)), oklch(0.36, 0.08, hue)),
        far=oklch(0.21, 0.04, 265),
        near=oklch(0.12, 0.025, 265),
        lamp=oklch(0.95, 0.07, rng.uniform(80, 100)),
    )


def morning(hue: float, rng: Random) -> Light:
    low = rng.uniform(55, 85)
    return Light(
        sky=(oklch(0.74, 0.07, 240), oklch(0.84, 0.05, _between(230, hue)), oklch(0.93, 0.05, low)),
        far=oklch(0.64, 0.06, hue),
        near=oklch(0.38, 0.06, hue),
        lamp=oklch(0.98, 0.04, low),
    )


def rain(hue: float, rng: Random) -> Light:
    return Light(
        sky=(oklch(0.42, 0.025, 250), oklch(0.58, 0.025, _between(240, hue)), oklch(0.74, 0.02, 220)),
        far=oklch(0.45, 0.03, hue),
        near=oklch(0.27, 0.025, 250),
        lamp=oklch(0.95, 0.03, 90),
    )


def _between(one: float, other: float) -> float:
    """The hue half way, the short way round."""
    return (one + ((other - one + 180) % 360 - 180) / 2) % 360


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _companded(c: float) -> float:
    return 12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055


SKINS = tuple(oklch(lightness, 0.06, 55) for lightness in (0.42, 0.52, 0.63, 0.72, 0.82))
HAIRS = tuple(oklch(*c) for c in ((0.2, 0.02, 60), (0.3, 0.05, 55), (0.45, 0.07, 60), (0.7, 0.09, 80), (0.5, 0.1, 40)))
