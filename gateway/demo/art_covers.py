"""Wide covers in a club's hue: quiet, with light, room for a name on top of them."""

from math import pi, sin
from random import Random

from gateway.demo import art_places as places
from gateway.demo.art_canvas import Canvas
from gateway.demo.art_colour import dusk, mix, night, oklch


def floodlights(canvas: Canvas, rng: Random, hue: float) -> None:
    light = dusk(hue, rng) if rng.random() < 0.6 else night(hue, rng)
    canvas.fade(light.sky, 0, 84)
    for n in range(3):
        places.ridge(canvas, rng, 74 + 6 * n, 24 - 6 * n, mix(light.sky[-1], light.near, 0.3 + 0.22 * n))
    for n in range(4):
        x = canvas.wide * (0.08 + 0.28 * n)
        places.floodlight(canvas, x, 88, rng.uniform(44, 56), light, lean=0)
        canvas.beam(x, 88 - 46, rng.uniform(60, 120), 70, 16, light.lamp, 0.12)
    places.pitch(canvas, 86, oklch(0.4, 0.09, 148), stripes=15)


def contours(canvas: Canvas, rng: Random, hue: float) -> None:
    """The lines of a hill map, darker as they climb."""
    deep, pale = oklch(0.32, 0.09, hue), oklch(0.74, 0.12, hue + 12)
    canvas.fade((pale, pale))
    x, y = canvas.wide * rng.uniform(0.55, 0.8), rng.uniform(35, 65)
    waves = [(k, rng.uniform(0.04, 0.16), rng.uniform(0, 2 * pi)) for k in (2, 3, 5)]
    rings = 15
    for ring in range(rings):
        share = ring / (rings - 1)
        reach = canvas.wide * 0.72 * (1 - share) + 3
        points = []
        for n in range(121):
            turn = 2 * pi * n / 120
            wobble = 1 + sum(size * sin(k * turn + shift + share * 1.4) for k, size, shift in waves)
            points.append((x + reach * wobble * sin(turn), y + reach * 0.62 * wobble * sin(turn + pi / 2)))
        canvas.shape(points, mix(pale, deep, share**0.85))
        canvas.line(points, mix(pale, (255, 255, 255), 0.25), 0.3, 0.5)


def waves(canvas: Canvas, rng: Random, hue: float) -> None:
    low = rng.uniform(60, 85)
    canvas.fade((oklch(0.9, 0.05, hue + 30), oklch(0.93, 0.06, low)), 0, 60)
    sun = canvas.wide * rng.uniform(0.6, 0.85)
    canvas.glow(sun, 40, 60, (255, 250, 230), 0.9)
    canvas.oval(sun, 40, 13, 13, oklch(0.96, 0.06, low))
    for n in range(7):
        level, swing, shift = 40 + n * 9.5, 5 - n * 0.3, rng.uniform(0, 6)
        times = rng.uniform(1.6, 3)
        points = [(canvas.wide * s / 80, level + swing * sin(shift + times * 2 * pi * s / 80)) for s in range(81)]
        canvas.shape([(0, 101), *points, (canvas.wide, 101)], oklch(0.78 - n * 0.075, 0.07 + 0.012 * n, hue - n * 3))


def sash(canvas: Canvas, rng: Random, hue: float) -> None:
    """Bands across, like a shirt."""
    ground = oklch(0.36, 0.1, hue)
    canvas.fade((oklch(0.42, 0.11, hue), ground))
    x = canvas.wide * rng.uniform(0.4, 0.65)
    colours = [oklch(0.56, 0.16, hue), oklch(0.95, 0.02, 90), oklch(0.66, 0.16, hue + 18), oklch(0.8, 0.12, hue + 40)]
    for n in range(4):
        width = rng.uniform(9, 24)
        canvas.shape([(x, -2), (x + width, -2), (x + width - 62, 102), (x - 62, 102)], colours[n])
        x += width + rng.uniform(1.5, 9)
    canvas.glow(canvas.wide * 0.9, 0, 120, (255, 250, 230), 0.28)
    canvas.vignette(0.35)


def rings(canvas: Canvas, rng: Random, hue: float) -> None:
    """Running lanes in a bend."""
    canvas.fade((oklch(0.5, 0.13, hue), oklch(0.38, 0.11, hue)))
    x, y = canvas.wide * rng.uniform(0.62, 0.78), rng.uniform(104, 122)
    for lane in range(8, 0, -1):
        reach = 18 + lane * 13.5
        canvas.oval(x, y, reach * 1.4, reach, oklch(0.42 + 0.035 * lane, 0.14, hue + lane * 2))
        canvas.ring(x, y, reach * 1.4, reach, (250, 248, 240), 0.7, 0.85)
    canvas.oval(x, y, 26, 18.5, oklch(0.5, 0.11, 148))
    canvas.glow(canvas.wide * 0.12, -6, 130, (255, 250, 230), 0.34)
