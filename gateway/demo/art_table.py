"""Pictures from above: a route on its map, the clubhouse table, a board game; and chess up close."""

from math import cos, pi, sin
from random import Random

from gateway.demo.art_canvas import Canvas, Point
from gateway.demo.art_colour import SKINS, Colour, mix, oklch


def route_map(canvas: Canvas, rng: Random, hue: float) -> None:
    paper = oklch(0.955, 0.012, 95)
    canvas.fade((paper, paper))
    _streets(canvas, rng)
    for _ in range(3):
        _park(canvas, rng, rng.uniform(0, canvas.wide), rng.uniform(0, 100), rng.uniform(10, 22))
    river = _wander(canvas, rng, 0.55)
    canvas.line(river, oklch(0.83, 0.055, 225), 9)
    canvas.line(river, oklch(0.87, 0.045, 220), 6)
    for share in (0.3, 0.62, 0.8):
        at = river[int(share * (len(river) - 1))]
        canvas.line([(at[0], at[1] - 7), (at[0] + 1.5, at[1] + 7)], (255, 255, 255), 2.2)
    loop = _loop(canvas, rng)
    canvas.line([*loop, loop[0]], (255, 255, 255), 3.4)
    canvas.line([*loop, loop[0]], oklch(0.55, 0.19, hue), 1.9)
    for n in range(1, 6):
        x, y = loop[n * len(loop) // 6]
        canvas.oval(x, y, 1.5, 1.5, (255, 255, 255))
        canvas.oval(x, y, 0.9, 0.9, oklch(0.45, 0.16, hue))
    _pin(canvas, *loop[0], oklch(0.55, 0.19, hue))


def _streets(canvas: Canvas, rng: Random) -> None:
    tilt = rng.uniform(-0.35, 0.35)
    across, down = (cos(tilt), sin(tilt)), (-sin(tilt), cos(tilt))
    step = rng.uniform(9, 12)
    middle = (canvas.wide / 2, 50)
    for n in range(-22, 23):
        for m in range(-16, 17):
            corners = []
            for du, dv in ((0.07, 0.09), (0.93, 0.09), (0.93, 0.91), (0.07, 0.91)):
                u, v = (n + du) * step, (m + dv) * step * 0.75
                corners.append((middle[0] + across[0] * u + down[0] * v, middle[1] + across[1] * u + down[1] * v))
            canvas.shape(corners, oklch(0.925 + rng.uniform(-0.012, 0.012), 0.014, 90))
    for _ in range(3):
        y = rng.uniform(5, 95)
        canvas.line([(-2, y), (canvas.wide + 2, y + rng.uniform(-40, 40))], oklch(0.93, 0.05, 90), 2.6)
        canvas.line([(-2, y), (canvas.wide + 2, y + rng.uniform(-40, 40))], (255, 255, 255), 1.6)


def _park(canvas: Canvas, rng: Random, x: float, y: float, size: float) -> None:
    corners, turn = 11, rng.uniform(0, pi)
    outline = []
    for n in range(corners):
        reach = size * rng.uniform(0.75, 1.1)
        outline.append(
            (x + 1.3 * reach * cos(turn + 2 * pi * n / corners), y + reach * 0.8 * sin(turn + 2 * pi * n / corners))
        )
    canvas.shape(outline, oklch(0.88, 0.07, 140))
    for _ in range(int(size * 1.2)):
        px, py, r = x + rng.gauss(0, size * 0.45), y + rng.gauss(0, size * 0.3), rng.uniform(0.6, 1.4)
        canvas.oval(px, py, r, r, oklch(0.76, 0.09, 145), 0.8)


def _wander(canvas: Canvas, rng: Random, level: float) -> list[Point]:
    shift, swing = rng.uniform(0, 6), rng.uniform(10, 22)
    slope = rng.uniform(-25, 25)
    return [
        (canvas.wide * n / 60, 100 * level + swing * sin(shift + n / 60 * 5) + slope * (n / 60 - 0.5))
        for n in range(-1, 62)
    ]


def _loop(canvas: Canvas, rng: Random) -> list[Point]:
    """A wobbly round trip, as runs are."""
    waves = [(k, rng.uniform(0.03, 0.2) / k**0.6, rng.uniform(0, 2 * pi)) for k in (2, 3, 4, 5, 7)]
    points = []
    for n in range(160):
        turn = 2 * pi * n / 160
        reach = 1 + sum(size * sin(k * turn + shift) for k, size, shift in waves)
        points.append((canvas.wide * (0.5 + 0.33 * reach * cos(turn)), 50 + 31 * reach * sin(turn)))
    return points


def _pin(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.oval(x, y + 0.3, 2.6, 1, (20, 20, 40), 0.3)
    canvas.shape([(x - 3.4, y - 8), (x + 3.4, y - 8), (x, y)], colour)
    canvas.oval(x, y - 9.4, 4, 4, colour)
    canvas.oval(x, y - 9.4, 1.7, 1.7, (255, 255, 255))


def clubhouse_table(canvas: Canvas, rng: Random, hue: float) -> None:
    planks(canvas, rng, oklch(0.66, 0.07, 62))
    spots = _scattered(canvas, rng, 11)
    for number, (x, y) in enumerate(spots):
        kind = number % 5
        if kind == 0:
            _plate(canvas, rng, x, y)
        elif kind in {1, 3}:
            _mug(canvas, rng, x, y, hue)
        elif kind == 2:
            _cards(canvas, rng, x, y, hue)
        else:
            _bowl(canvas, rng, x, y, hue)
    for _ in range(rng.randint(2, 4)):
        _hand(canvas, rng, hue)
    canvas.glow(canvas.wide / 2, 40, 70, (255, 236, 200), 0.22)
    canvas.vignette(0.55)


def planks(canvas: Canvas, rng: Random, wood: Colour) -> None:
    canvas.fade((wood, wood))
    y = 0.0
    while y < 100:
        tall = rng.uniform(11, 16)
        shade = mix(wood, (60, 30, 10), rng.uniform(0, 0.16))
        canvas.box(0, y, canvas.wide, y + tall, shade)
        for _ in range(7):
            at, start = y + rng.uniform(1, tall - 1), rng.uniform(-20, canvas.wide)
            canvas.line(
                [(start, at), (start + rng.uniform(15, 60), at + rng.uniform(-0.6, 0.6))], (80, 44, 20), 0.18, 0.22
            )
        canvas.box(0, y + tall - 0.3, canvas.wide, y + tall, (60, 32, 14), 0.5)
        y += tall


def _scattered(canvas: Canvas, rng: Random, count: int) -> list[Point]:
    """Spots that keep their distance."""
    spots: list[Point] = []
    for _ in range(900):
        spot = (rng.uniform(12, canvas.wide - 12), rng.uniform(13, 87))
        if all((spot[0] - x) ** 2 + (spot[1] - y) ** 2 > 25**2 for x, y in spots):
            spots.append(spot)
        if len(spots) == count:
            break
    return spots


def _plate(canvas: Canvas, rng: Random, x: float, y: float) -> None:
    canvas.oval(x + 0.8, y + 1.2, 11.6, 11.6, (30, 16, 8), 0.3)
    canvas.oval(x, y, 11.5, 11.5, (248, 246, 240))
    canvas.oval(x, y, 8.4, 8.4, (238, 235, 226))
    if rng.random() < 0.5:
        canvas.oval(x, y, 7.4, 7.4, oklch(0.78, 0.11, 75))
        canvas.oval(x, y, 6.3, 6.3, oklch(0.72, 0.15, 55))
        for _ in range(9):
            turn, reach = rng.uniform(0, 2 * pi), rng.uniform(0.5, 5)
            spot = (x + reach * cos(turn), y + reach * sin(turn))
            canvas.oval(*spot, 1.1, 1.1, rng.choice([oklch(0.55, 0.18, 30), oklch(0.55, 0.12, 140), (250, 244, 220)]))
        return
    for n in range(5):
        turn = n * 2 * pi / 5 + rng.random()
        canvas.oval(x + 4 * cos(turn), y + 4 * sin(turn), 2.3, 2.3, oklch(0.7, 0.1, 65))
        canvas.oval(x + 4 * cos(turn), y + 4 * sin(turn), 0.7, 0.7, oklch(0.4, 0.06, 50))


def _mug(canvas: Canvas, rng: Random, x: float, y: float, hue: float) -> None:
    colour = rng.choice(
        [oklch(0.6, 0.16, hue), oklch(0.93, 0.02, 90), oklch(0.42, 0.1, hue), oklch(0.76, 0.12, hue + 60)]
    )
    turn = rng.uniform(0, 2 * pi)
    canvas.oval(x + 1.2, y + 1.8, 6.4, 6.4, (30, 16, 8), 0.32)
    canvas.ring(x + 6 * cos(turn), y + 6 * sin(turn), 2.8, 2.8, mix(colour, (0, 0, 0), 0.15), 1.1)
    canvas.oval(x, y, 6, 6, colour)
    canvas.oval(x, y, 5, 5, mix(colour, (0, 0, 0), 0.3))
    drink = rng.choice([oklch(0.36, 0.06, 50), oklch(0.58, 0.1, 60), oklch(0.72, 0.13, 80)])
    canvas.oval(x, y, 4.6, 4.6, drink)
    canvas.oval(x - 1.4, y - 1.4, 1.6, 0.9, (255, 255, 255), 0.3)


def _cards(canvas: Canvas, rng: Random, x: float, y: float, hue: float) -> None:
    for n in range(5):
        turn = -0.7 + n * 0.32 + rng.uniform(-0.05, 0.05)
        canvas.shape(_tilted(x + 8 * sin(turn), y - 7 * cos(turn) + 4, 4.6, 6.6, turn, 0.5), (20, 12, 8), 0.25)
        canvas.shape(_tilted(x + 8 * sin(turn), y - 7 * cos(turn) + 4, 4.4, 6.4, turn), (250, 248, 242))
        inner = oklch(0.55, 0.17, hue) if n % 2 else oklch(0.3, 0.03, 260)
        spot = (x + 8 * sin(turn), y - 7 * cos(turn) + 4)
        canvas.shape(_tilted(*spot, 1.3, 1.3, turn + pi / 4), inner)


def _tilted(x: float, y: float, half: float, tall: float, turn: float, drop: float = 0) -> list[Point]:
    corners = ((-half, -tall), (half, -tall), (half, tall), (-half, tall))
    return [(x + drop + a * cos(turn) - b * sin(turn), y + drop + a * sin(turn) + b * cos(turn)) for a, b in corners]


def _bowl(canvas: Canvas, rng: Random, x: float, y: float, hue: float) -> None:
    canvas.oval(x + 1, y + 1.5, 8.6, 8.6, (30, 16, 8), 0.3)
    canvas.oval(x, y, 8.4, 8.4, oklch(0.5, 0.1, hue))
    canvas.oval(x, y, 7.2, 7.2, oklch(0.38, 0.08, hue))
    for _ in range(46):
        turn, reach = rng.uniform(0, 2 * pi), 6 * rng.random() ** 0.5
        canvas.oval(x + reach * cos(turn), y + reach * sin(turn), 1.3, 0.9, oklch(rng.uniform(0.76, 0.9), 0.1, 85))


def _hand(canvas: Canvas, rng: Random, hue: float) -> None:
    """Somebody reaches in from the edge."""
    skin, sleeve = rng.choice(SKINS), oklch(rng.uniform(0.4, 0.75), 0.14, hue + rng.choice((0, 40, 180)))
    below = rng.random() < 0.5
    x, edge, way = rng.uniform(0.12, 0.88) * canvas.wide, 104.0 if below else -4.0, -1 if below else 1
    lean = rng.uniform(-6, 6)
    wrist, palm = (x + lean, edge + way * 20), (x + lean * 1.2, edge + way * 25)
    canvas.line([(x + 1.2, edge + 1.5), (wrist[0] + 1.2, wrist[1] + 1.5)], (30, 16, 8), 7, 0.25)
    canvas.line([wrist, palm], skin, 5)
    for n in range(4):
        tip = (palm[0] + (n - 1.5) * 1.7, palm[1] + way * (4.6 - abs(n - 1.4) * 0.8))
        canvas.line([(palm[0] + (n - 1.5) * 1.2, palm[1]), tip], skin, 1.4)
    canvas.line([(palm[0], palm[1]), (palm[0] + 3.9, palm[1] + way * 1.2)], skin, 1.5)
    canvas.line([(x, edge), (x + lean * 0.75, edge + way * 15)], sleeve, 7.4)


def board_game(canvas: Canvas, rng: Random, hue: float) -> None:
    """A winding track of coloured fields, pieces on their way, dice, cards and hands."""
    planks(canvas, rng, oklch(0.42, 0.05, 55))
    middle = canvas.wide / 2
    left, right = middle - 50, middle + 50
    canvas.box(left + 1.4, 10, right + 1.4, 93, (12, 6, 4), 0.4, corner=3)
    canvas.box(left, 8, right, 91, oklch(0.93, 0.03, 88), corner=3)
    canvas.box(left + 2.4, 10.4, right - 2.4, 88.6, oklch(0.86, 0.06, hue), corner=2)
    _meadow(canvas, rng, left + 4, right - 4, hue)
    fields = _track(canvas, rng, middle)
    canvas.line(fields, oklch(0.97, 0.015, 88), 7.6)
    colours = [oklch(0.7, 0.15, hue + turn) for turn in (0, 70, 140, 230)]
    for number, spot in enumerate(fields[::3]):
        canvas.oval(*spot, 3.2, 3.2, mix(colours[number % 4], (0, 0, 0), 0.2))
        canvas.oval(spot[0], spot[1] - 0.3, 2.9, 2.9, colours[number % 4])
    for number, place in enumerate(rng.sample(fields[3:-3:3], 5)):
        _piece(canvas, place[0], place[1] - 1, oklch(0.5, 0.2, hue + 80 * number))
    for _ in range(2):
        _die(canvas, rng, rng.uniform(0.06, 0.13) * canvas.wide, rng.uniform(20, 80))
    _cards(canvas, rng, canvas.wide * 0.91, rng.uniform(22, 36), hue)
    _mug(canvas, rng, canvas.wide * rng.uniform(0.9, 0.94), rng.uniform(70, 84), hue)
    for _ in range(rng.randint(1, 3)):
        _hand(canvas, rng, hue)
    canvas.glow(middle, 46, 66, (255, 226, 180), 0.25)
    canvas.vignette(0.6)


def _track(canvas: Canvas, rng: Random, middle: float) -> list[Point]:
    """Back and forth from the lower left to the upper right, with a little wobble."""
    shift, swing = rng.uniform(0, 6), rng.uniform(1, 3)
    points: list[Point] = []
    for row in range(4):
        y = 78 - row * 19
        run = [(middle - 40 + n * 80 / 14, y + swing * sin(shift + n * 0.7 + row)) for n in range(15)]
        turned = run if row % 2 == 0 else run[::-1]
        if points:
            side = points[-1][0] + (5 if row % 2 else -5)
            points.append((side, y + 9.5))
        points += turned
    return points


def _meadow(canvas: Canvas, rng: Random, left: float, right: float, hue: float) -> None:
    for _ in range(26):
        x, y, size = rng.uniform(left + 3, right - 3), rng.uniform(14, 86), rng.uniform(1.6, 3.4)
        canvas.box(x - 0.3, y, x + 0.3, y + size, oklch(0.5, 0.07, 60))
        canvas.oval(x, y, size * 0.7, size, oklch(rng.uniform(0.6, 0.74), 0.1, hue + rng.uniform(-30, 30)))


def _piece(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    canvas.oval(x + 0.8, y + 0.9, 2, 1.3, (0, 0, 0), 0.35)
    canvas.shape([(x - 2, y + 1.4), (x + 2, y + 1.4), (x + 0.6, y - 3), (x - 0.6, y - 3)], colour)
    canvas.shape([(x, y + 1.4), (x + 2, y + 1.4), (x + 0.6, y - 3), (x, y - 3)], (0, 0, 0), 0.2)
    canvas.oval(x, y - 3.8, 1.5, 1.5, colour)
    canvas.oval(x - 0.5, y - 4.3, 0.4, 0.4, (255, 255, 255), 0.6)


def _die(canvas: Canvas, rng: Random, x: float, y: float) -> None:
    turn = rng.uniform(0, pi / 2)
    canvas.shape(_tilted(x, y, 3.2, 3.2, turn, 0.9), (10, 6, 4), 0.35)
    canvas.shape(_tilted(x, y, 3.1, 3.1, turn), (250, 248, 240))
    for dx, dy in rng.choice(
        [((0, 0),), ((-1, -1), (1, 1)), ((-1, -1), (0, 0), (1, 1)), ((-1, -1), (1, 1), (-1, 1), (1, -1))]
    ):
        a, b = dx * 1.5, dy * 1.5
        canvas.oval(x + a * cos(turn) - b * sin(turn), y + a * sin(turn) + b * cos(turn), 0.6, 0.6, (30, 30, 40))


def chess(canvas: Canvas, rng: Random, hue: float) -> None:
    """A board in low lamplight, the pieces against the dark."""
    back = oklch(0.24, 0.045, hue)
    canvas.fade((mix(back, (0, 0, 0), 0.4), back), 0, 56)
    canvas.glow(canvas.wide * rng.uniform(0.3, 0.7), 18, 70, oklch(0.8, 0.1, 75), 0.5)
    for _ in range(9):
        canvas.glow(
            rng.uniform(0, canvas.wide),
            rng.uniform(5, 40),
            rng.uniform(3, 8),
            oklch(0.85, 0.1, rng.choice((80, hue))),
            0.3,
        )
    canvas.soften(0.6)
    light, dark = oklch(0.86, 0.045, 80), oklch(0.42, 0.08, hue)
    for row in range(8):
        for column in range(-3, 11):
            near, far = _rank(row), _rank(row + 1)
            corners = [
                _square(canvas, column, far),
                _square(canvas, column + 1, far),
                _square(canvas, column + 1, near),
                _square(canvas, column, near),
            ]
            canvas.shape(corners, mix(light if (row + column) % 2 else dark, (10, 8, 16), row * 0.06))
    for row in range(7, -1, -1):
        home = row in {0, 1, 6, 7}
        for column in sorted(range(8), key=lambda c: -abs(c - 3.5)):
            if rng.random() > (0.78 if home else 0.16):
                continue
            x, y = _square(canvas, column + 0.5, (_rank(row) + _rank(row + 1)) / 2)
            size = 46 / (1 + row * 0.3)
            ivory = row < 4 if home else rng.random() < 0.5
            tall = 0.62 if row in {1, 6} or not home else 0.62 + 0.11 * (3.5 - abs(column - 3.5))
            tone = oklch(0.9, 0.04, 85) if ivory else oklch(0.33, 0.07, hue)
            chessman(canvas, x, y, size * tall, mix(tone, (20, 14, 22), row * 0.03))
    canvas.vignette(0.6)


def _rank(row: float) -> float:
    return 56 + 62 / (1 + row * 0.42) - 62 / (1 + 8 * 0.42)


def _square(canvas: Canvas, column: float, y: float) -> Point:
    return canvas.wide / 2 + (column - 4) * canvas.wide * 0.2 * (0.25 + (y - 56) / 44), y


def chessman(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """A turned piece: foot, waist, collar, and by its size a pawn's, bishop's or king's head."""
    shade, shine = mix(colour, (0, 0, 0), 0.35), mix(colour, (255, 255, 255), 0.4)
    canvas.oval(x + size * 0.1, y + size * 0.02, size * 0.28, size * 0.08, (0, 0, 0), 0.4)
    canvas.oval(x, y, size * 0.22, size * 0.07, shade)
    canvas.box(x - size * 0.22, y - size * 0.07, x + size * 0.22, y, shade, corner=size * 0.03)
    top = y - size * 0.66
    canvas.shape(
        [
            (x - size * 0.17, y - size * 0.06),
            (x + size * 0.17, y - size * 0.06),
            (x + size * 0.07, top),
            (x - size * 0.07, top),
        ],
        colour,
    )
    canvas.shape(
        [
            (x + size * 0.02, y - size * 0.06),
            (x + size * 0.17, y - size * 0.06),
            (x + size * 0.07, top),
            (x + size * 0.02, top),
        ],
        shade,
        0.6,
    )
    canvas.oval(x, top, size * 0.13, size * 0.035, shine)
    canvas.oval(x, top - size * 0.11, size * 0.115, size * 0.12, colour)
    canvas.oval(x - size * 0.04, top - size * 0.15, size * 0.03, size * 0.045, shine)
    if size > 24:
        canvas.line([(x, top - size * 0.22), (x, top - size * 0.34)], colour, size * 0.035)
        canvas.line([(x - size * 0.05, top - size * 0.29), (x + size * 0.05, top - size * 0.29)], colour, size * 0.035)
