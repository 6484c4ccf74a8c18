"""What stands around: skies, trees, towns, floodlights, pitches, water."""

from math import pi, sin
from random import Random

from gateway.demo.art_canvas import Canvas
from gateway.demo.art_colour import Colour, Light, mix, oklch


def ridge(canvas: Canvas, rng: Random, level: float, height: float, colour: Colour) -> None:
    """A line of hills."""
    waves = [(rng.uniform(0.5, 3.2), rng.uniform(0, 2 * pi), rng.uniform(0.2, 1)) for _ in range(4)]
    weight = sum(share for *_, share in waves)
    points = []
    for step in range(81):
        along = step / 80
        rise = sum(share * (0.5 + 0.5 * sin(along * pi * times + shift)) for times, shift, share in waves) / weight
        points.append((along * canvas.wide, level - height * rise))
    canvas.shape([(0, 101), *points, (canvas.wide, 101)], colour)


def trees(canvas: Canvas, rng: Random, level: float, height: float, colour: Colour) -> None:
    """A row of round crowns, a poplar now and then."""
    x = -2.0
    canvas.box(0, level - height * 0.25, canvas.wide, level + 1, colour)
    while x < canvas.wide + 2:
        tall = height * rng.uniform(0.45, 1)
        slim = rng.random() < 0.18
        canvas.oval(x, level - tall * 0.55, tall * (0.2 if slim else 0.45), tall * (0.75 if slim else 0.5), colour)
        x += height * rng.uniform(0.25, 0.55)


def town(canvas: Canvas, rng: Random, level: float, height: float, colour: Colour, lamp: Colour) -> None:
    """Roofs and lit windows."""
    x = -rng.uniform(0, 4)
    while x < canvas.wide:
        width, tall = rng.uniform(5, 11), height * rng.uniform(0.35, 1)
        shade = mix(colour, (0, 0, 0), rng.uniform(0, 0.18))
        canvas.box(x, level - tall, x + width, level + 1, shade)
        if rng.random() < 0.45:
            canvas.shape(
                [(x, level - tall), (x + width / 2, level - tall - width * 0.4), (x + width, level - tall)], shade
            )
        for row in range(int(tall // 3.2)):
            for column in range(int(width // 2.2)):
                if rng.random() < 0.3:
                    left, top = x + 0.8 + column * 2.1, level - tall + 1.2 + row * 3.1
                    canvas.box(left, top, left + 0.9, top + 1.4, mix(lamp, colour, rng.uniform(0.1, 0.6)))
        x += width + rng.choice((0, 0, 0.6, 2))


def floodlight(canvas: Canvas, x: float, base: float, height: float, light: Light, lean: float = 0) -> None:
    """A mast with a lit head; lean shifts the head sideways."""
    top = base - height
    canvas.line([(x, base), (x + lean * 0.3, top)], light.near, 0.7)
    canvas.glow(x + lean, top - 1.5, height * 0.62, light.lamp, 0.5)
    for row in range(2):
        for column in range(4):
            cx, cy = x + lean * 0.3 + (column - 1.5) * 1.8, top - 2.6 + row * 1.9
            canvas.oval(cx, cy, 0.85, 0.8, light.lamp)
            canvas.glow(cx, cy, 5, (255, 255, 255), 0.4)


def pitch(canvas: Canvas, horizon: float, grass: Colour, *, stripes: int = 9, lines: Colour | None = None) -> None:
    """Grass in mown stripes that run to a vanishing point, with halfway line and circle when lines are given."""
    canvas.fade((mix(grass, (200, 215, 160), 0.14), grass, mix(grass, (4, 18, 16), 0.42)), horizon, 100)
    middle = canvas.wide / 2
    step = canvas.wide * 2.6 / stripes
    for stripe in range(-stripes // 2, stripes // 2 + 1, 2):
        near, far = middle + stripe * step, middle + stripe * step * 0.34
        strip = [(far, horizon), (far + step * 0.34, horizon), (near + step, 100), (near, 100)]
        canvas.shape(strip, mix(grass, (255, 255, 220), 0.3), 0.16)
    if lines is None:
        return
    depth = 100 - horizon
    canvas.box(0, horizon + depth * 0.05, canvas.wide, horizon + depth * 0.05 + 0.35, lines, 0.7)
    level = horizon + depth * 0.42
    canvas.ring(middle, level, canvas.wide * 0.24, depth * 0.2, lines, 0.55, 0.85)
    canvas.shape([(0, level), (canvas.wide, level), (canvas.wide, level + 0.55), (0, level + 0.55)], lines, 0.85)
    canvas.oval(middle, level + 0.25, 0.9, 0.5, lines)


def ball(canvas: Canvas, x: float, y: float, r: float) -> None:
    canvas.oval(x + r * 0.3, y + r * 0.95, r * 1.15, r * 0.3, (0, 0, 0), 0.35)
    canvas.oval(x, y, r, r, (246, 246, 240))
    canvas.oval(x - r * 0.1, y - r * 0.05, r * 0.32, r * 0.32, (40, 42, 54))
    for dx, dy in ((0.75, 0.2), (-0.65, 0.5), (-0.35, -0.78), (0.55, -0.6)):
        canvas.oval(x + dx * r * 0.85, y + dy * r * 0.85, r * 0.17, r * 0.17, (40, 42, 54))


def water(canvas: Canvas, rng: Random, level: float, light: Light, tint: Colour) -> None:
    """Water from `level` down: the world mirrored, then glints."""
    canvas.mirror(level, 100 - level, 0.62, tint)
    for _ in range(150):
        near = rng.random() ** 1.5
        y = level + 0.6 + near * (99 - level)
        length = 1 + 7 * near * rng.random()
        x = rng.uniform(-4, canvas.wide)
        colour = light.sky[-1] if rng.random() < 0.55 else light.near
        canvas.box(x, y, x + length, y + 0.12 + 0.32 * near, colour, rng.uniform(0.12, 0.4))


def bunting(canvas: Canvas, rng: Random, top: float, sag: float, hue: float) -> None:
    """A string of small flags across the picture."""
    points = [(canvas.wide * n / 40, top + sag * sin(pi * n / 40)) for n in range(41)]
    canvas.line(points, (240, 236, 226), 0.25)
    colours = [oklch(0.66, 0.16, hue), oklch(0.93, 0.02, 90), oklch(0.8, 0.13, hue + 70), oklch(0.5, 0.12, hue)]
    shift = rng.randrange(4)
    for n in range(1, 40, 2):
        x, y = points[n]
        canvas.shape([(x - 2, y), (x + 2, y), (x, y + 4.6)], colours[(n // 2 + shift) % 4])


def stars(canvas: Canvas, rng: Random, level: float, count: int = 70) -> None:
    for _ in range(count):
        r = rng.uniform(0.06, 0.22)
        canvas.oval(
            rng.uniform(0, canvas.wide), level * rng.random() ** 1.4, r, r, (255, 250, 235), rng.uniform(0.3, 0.9)
        )
