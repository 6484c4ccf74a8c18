"""Reels from the hall and the clubhouse."""

from functools import partial
from math import cos, pi, radians, sin
from random import Random

from PIL import Image

from gateway.demo import art_figures as people
from gateway.demo import art_house as house
from gateway.demo import art_table as table
from gateway.demo.art_canvas import Canvas, Size
from gateway.demo.art_colour import SKINS, Colour, mix, oklch
from gateway.demo.art_motion import Reel, Sprite, backdrop, eased, share_of, sprite


def ascent(rng: Random, hue: float, size: Size, seconds: float) -> Reel:
    """Up the wall, hold by hold; the wall comes down past us."""
    wide, high = size
    base = oklch(0.86, 0.03, hue + 20)

    def scene(canvas: Canvas) -> None:
        canvas.fade((mix(base, (255, 255, 255), 0.3), base))
        house.wall(canvas, rng, hue, base)

    tall = backdrop((wide, high), scene)
    mirrored = tall.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    strip = Image.new("RGB", (wide, high * 2))
    strip.paste(tall, (0, 0))
    strip.paste(mirrored, (0, high))
    kit = people.a_kit(rng, hue + 150)
    reach = (int(high * 0.34), int(high * 0.52))
    moves = [sprite(reach, (0.5, 0.6), partial(_climbing, kit, n / 24)) for n in range(24)]
    pace = 1.5

    def frame(t: float) -> Image.Image:
        climbed = (t + 0.12 * sin(4 * pi * t / pace)) * high * 0.16
        top = (high - round(climbed)) % (2 * high)
        picture = strip.crop((0, top, wide, top + high))
        if top + high > 2 * high:
            picture.paste(strip.crop((0, 0, wide, top - high)), (0, 2 * high - top))
        sway = wide * (0.5 + 0.015 * sin(2 * pi * t / pace))
        moves[int(t / pace * 24) % 24].put(picture, sway, high * 0.56)
        return picture

    return Reel(frame, [(0.35 + n * pace / 2, "step") for n in range(int(seconds * 2 / pace))], "hall")


def blitz(rng: Random, hue: float, size: Size, seconds: float) -> Reel:
    """A chess clock in a hurry, two hands in turn."""
    wide, high = size
    wood, face = oklch(0.36, 0.06, 50), oklch(0.96, 0.015, 85)
    rim = oklch(0.58, 0.16, hue)

    def scene(canvas: Canvas) -> None:
        back = oklch(0.26, 0.05, hue)
        canvas.fade((mix(back, (0, 0, 0), 0.3), back), 0, 72)
        canvas.glow(canvas.wide / 2, 24, 50, oklch(0.85, 0.1, 75), 0.5)
        canvas.fade((oklch(0.5, 0.07, 60), oklch(0.36, 0.06, 55)), 68, 100)
        canvas.oval(canvas.wide / 2, 71, 25, 2.2, (0, 0, 0), 0.4)
        canvas.box(4, 44, canvas.wide - 4, 71, mix(wood, (0, 0, 0), 0.3), corner=3)
        canvas.box(4, 43, canvas.wide - 4, 69.4, wood, corner=3)
        for side in (-1, 1):
            x = canvas.wide / 2 + side * 12.2
            canvas.oval(x, 56, 10.6, 10.6, rim)
            canvas.oval(x, 56, 9.6, 9.6, face)
            for n in range(12):
                dot = 0.28 if n % 3 else 0.5
                canvas.oval(x + 8.4 * sin(n * pi / 6), 56 + 8.4 * cos(n * pi / 6), dot, dot, (40, 40, 54))

        for n in range(5):
            tone = oklch(0.88, 0.04, 85) if n % 2 else oklch(0.3, 0.07, hue)
            x = canvas.wide * (0.12 + 0.19 * n) + rng.uniform(-2, 2)
            table.chessman(canvas, x, rng.uniform(84, 95), rng.choice((15, 15, 21)), tone)

    ground = backdrop(size, scene)
    flags = [
        [_hands(high, turn * 6, rim) for turn in range(60)],
        [_hands(high, turn * 6 + 90, rim) for turn in range(60)],
    ]
    button = sprite(
        (int(wide * 0.2), int(high * 0.05)),
        (0.5, 1),
        lambda canvas: canvas.box(20, 0, canvas.wide - 20, 100, (236, 232, 222), corner=20),
    )
    arms = [_arm(high, SKINS[rng.randrange(5)], oklch(0.55, 0.15, hue + 150 * n), n) for n in (0, 1)]
    turns = _turns(rng, seconds)

    def frame(t: float) -> Image.Image:
        picture = ground.copy()
        past = [at for at in turns if at <= t]
        mover = len(past) % 2
        spent = [0.0, 0.0]
        for n, (start, end) in enumerate(zip([0.0, *past], [*past, t], strict=True)):
            spent[n % 2] += end - start
        for side in (0, 1):
            x = wide / 2 + (side * 2 - 1) * high * 0.122
            pressed = side != mover
            button.put(picture, x, high * (0.437 if pressed else 0.425) + high * 0.004)
            flags[side][int(spent[side] * 14) % 60].put(picture, x, high * 0.56)
        nearest = min(turns, key=lambda at: abs(at - t), default=0.0)
        side = turns.index(nearest) % 2 if turns else 0
        lift = (
            max(eased(t, nearest, nearest + 0.35), 1 - eased(t, nearest - 0.25, nearest))
            if t > nearest
            else 1 - eased(t, nearest - 0.25, nearest)
        )
        x = wide / 2 + (side * 2 - 1) * high * 0.122
        arms[side].put(picture, x, high * (0.415 - 0.5 * lift))
        return picture

    ticks = [(n * 0.25, "tick") for n in range(int(seconds * 4))]
    return Reel(frame, [*ticks, *((at, "clack") for at in turns)], "hall")


def darts(rng: Random, hue: float, size: Size, seconds: float) -> Reel:
    """Three darts, the last in the middle."""
    wide, high = size

    def scene(canvas: Canvas) -> None:
        back = oklch(0.34, 0.06, hue)
        canvas.fade((mix(back, (0, 0, 0), 0.35), back))
        canvas.glow(canvas.wide / 2, 30, 75, oklch(0.92, 0.07, 80), 0.5)
        _dartboard(canvas, canvas.wide / 2, 44, 22, hue)
        canvas.vignette(0.6)

    ground = backdrop(size, scene)
    aims = [(-0.19, -0.06), (0.12, 0.1), (0.0, 0.0)]
    throws = [seconds * share for share in (0.16, 0.42, 0.68)]
    darting = [[_dart(high, scale, hue + 70 * n) for scale in (3.2, 2.5, 1.9, 1.5, 1.2, 1.0)] for n in range(3)]
    sparks = _sparks(rng, 60, hue)

    def frame(t: float) -> Image.Image:
        picture = ground.copy()
        for n, at in enumerate(throws):
            fly = share_of(t, at, at + 0.42)
            if fly <= 0:
                continue
            x = wide * (0.5 + aims[n][0]) + wide * 0.35 * (1 - fly) * (1 if n % 2 else -1)
            y = high * (0.44 + aims[n][1] * 0.56) + high * 0.45 * (1 - fly) ** 1.4
            quiver = 3 * sin((t - at) * 60) * max(0.0, 1 - (t - at - 0.42) * 4) if fly == 1 else 0
            darting[n][min(5, int(fly * 5.99))].put(picture, x + quiver, y)
        _scatter(picture, sparks, t - throws[2] - 0.42, (wide * 0.5, high * 0.44), high)
        return picture

    hits = [(at + 0.4, "thud") for at in throws]
    return Reel(frame, [*((at, "swish") for at in throws), *hits, (throws[2] + 0.5, "cheer")], "hall")


def winners(rng: Random, hue: float, size: Size, seconds: float) -> Reel:
    """The cup goes up, paper comes down."""
    wide, high = size

    def scene(canvas: Canvas) -> None:
        back = oklch(0.25, 0.07, hue)
        canvas.fade((mix(back, (0, 0, 0), 0.5), back, mix(back, (0, 0, 0), 0.4)))
        for share, angle in ((0.0, 62), (1.0, 118), (0.5, 90)):
            canvas.beam(canvas.wide * share, -2, angle, 110, 13, oklch(0.95, 0.05, 90), 0.3)
        canvas.glow(canvas.wide / 2, 42, 40, oklch(0.93, 0.09, 88), 0.5)

    ground = backdrop(size, scene)
    cup = sprite(
        (int(wide * 0.62), int(high * 0.36)),
        (0.5, 1),
        lambda canvas: house.cup(canvas, canvas.wide / 2, 97, 88, oklch(0.83, 0.14, 86), hue),
    )
    crowd = sprite((wide, int(high * 0.36)), (0, 1), lambda canvas: _fans(canvas, rng, hue))
    paper = _sparks(rng, 130, hue)
    spots = [(rng.random(), rng.random(), rng.uniform(0.1, 0.26), rng.uniform(0, 6)) for _ in paper]

    def frame(t: float) -> Image.Image:
        picture = ground.copy()
        lift = eased(t, 0.3, 1.6)
        cup.put(picture, wide * (0.5 + 0.01 * sin(t * 3)), high * (1.0 - 0.29 * lift - 0.008 * sin(t * 5)))
        crowd.put(picture, 0, high * (1.02 - 0.012 * abs(sin(t * 5))))
        if t > 1.1:
            for piece, (x, y, speed, sway) in zip(paper, spots, strict=True):
                fallen = ((t - 1.1) * speed * 1.5 + y * 1.3) - 1.3 + share_of(t, 1.1, 4) * 0.5
                place = fallen % 1.15 if fallen > 0 else fallen
                if place > -0.05:
                    piece.put(picture, wide * (x + 0.04 * sin(t * 2 + sway)), high * (place - 0.05))
        return picture

    return Reel(frame, [(0.9, "chime"), (1.2, "cheer"), (2.6, "chime"), (3.0, "cheer")], "crowd")


def _climbing(kit: people.Kit, phase: float, canvas: Canvas) -> None:
    house.climber(canvas, canvas.wide / 2, 60, 74, kit, phase)


def _turns(rng: Random, seconds: float) -> list[float]:
    """When a hand comes down."""
    turns, at = [], 0.7
    while at < seconds - 0.4:
        turns.append(at)
        at += rng.uniform(0.75, 1.25)
    return turns


def _hands(high: int, angle: float, colour: Colour) -> Sprite:
    side = int(high * 0.19)

    def draw(canvas: Canvas) -> None:
        for turn, reach, width in ((angle / 12 + 200, 26, 4), (angle, 40, 2.4)):
            canvas.line(
                [(50, 50), (50 + reach * sin(radians(turn)), 50 - reach * cos(radians(turn)))], (34, 36, 48), width
            )
        canvas.oval(50, 50, 4.5, 4.5, colour)

    return sprite((side, side), (0.5, 0.5), draw)


def _arm(high: int, skin: Colour, sleeve: Colour, side: int) -> Sprite:
    way = 1 if side else -1

    def draw(canvas: Canvas) -> None:
        middle = canvas.wide / 2
        canvas.line([(middle + way * 14, -5), (middle + way * 5, 62)], sleeve, 17)
        canvas.line([(middle + way * 5, 60), (middle, 84)], skin, 11)
        canvas.oval(middle, 86, 8, 7, skin)
        for n in (-1, 0, 1):
            canvas.line([(middle + n * 4.4, 86), (middle + n * 4, 96 - abs(n) * 2)], skin, 4)

    return sprite((int(high * 0.3), int(high * 0.5)), (0.5, 0.98), draw)


def _dartboard(canvas: Canvas, x: float, y: float, size: float, hue: float) -> None:
    canvas.oval(x + 1, y + 1.6, size * 1.2, size * 1.2, (0, 0, 0), 0.4)
    canvas.oval(x, y, size * 1.18, size * 1.18, (26, 26, 32))
    pale, dark, one, two = oklch(0.9, 0.04, 88), (38, 38, 46), oklch(0.58, 0.18, hue), oklch(0.62, 0.14, hue + 130)
    for reach, colours in ((1.0, (one, two)), (0.92, (dark, pale)), (0.6, (one, two)), (0.53, (dark, pale))):
        for n in range(20):
            turns = [radians(n * 18 - 9 + step * 3) for step in range(7)]
            rim = [(x + size * reach * sin(a), y - size * reach * cos(a)) for a in turns]
            canvas.shape([(x, y), *rim], colours[n % 2])
    canvas.oval(x, y, size * 0.11, size * 0.11, two)
    canvas.oval(x, y, size * 0.05, size * 0.05, one)
    for reach in (1.0, 0.92, 0.6, 0.53, 0.11):
        canvas.ring(x, y, size * reach, size * reach, (210, 212, 218), 0.16, 0.7)


def _dart(high: int, scale: float, hue: float) -> Sprite:
    side = int(high * 0.125 * scale)

    def draw(canvas: Canvas) -> None:
        flight = oklch(0.68, 0.18, hue)
        canvas.line([(50, 6), (50, 40)], (220, 222, 228), 2.4)
        canvas.line([(50, 30), (50, 64)], (150, 154, 166), 6)
        for n in range(3):
            canvas.line([(48, 36 + n * 8), (52, 36 + n * 8)], (90, 94, 104), 2)
        canvas.line([(50, 60), (50, 78)], (60, 62, 72), 3.4)
        canvas.shape([(50, 68), (66, 78), (66, 98), (50, 90)], flight)
        canvas.shape([(50, 68), (34, 78), (34, 98), (50, 90)], mix(flight, (0, 0, 0), 0.25))

    return sprite((side, side), (0.5, 0.06), draw)


def _sparks(rng: Random, count: int, hue: float) -> list[Sprite]:
    """Bits of paper, each at its own tilt."""
    made = []
    for _ in range(count):
        colour = oklch(rng.uniform(0.7, 0.92), 0.14, rng.choice((hue, hue + 40, 88, hue + 180)))
        lean = rng.uniform(-30, 30)
        made.append(sprite((rng.randint(14, 30),) * 2, (0.5, 0.5), partial(_paper, colour, lean)))
    return made


def _paper(colour: Colour, lean: float, canvas: Canvas) -> None:
    canvas.shape([(30, 20), (70 + lean * 0.2, 30), (70, 80), (30 - lean * 0.2, 70)], colour)


def _scatter(picture: Image.Image, pieces: list[Sprite], since: float, start: tuple[float, float], high: int) -> None:
    """Pieces thrown from a point, falling."""
    if since <= 0:
        return
    for n, piece in enumerate(pieces):
        turn, force = n * 2.4, 0.12 + 0.24 * ((n * 37 % 17) / 17)
        x = start[0] + cos(turn) * force * high * min(since, 1.6) * 0.9
        y = start[1] + sin(turn) * force * high * since * 0.7 - 0.16 * high * since + 0.26 * high * since * since
        if y < high:
            piece.put(picture, x, y)


def _fans(canvas: Canvas, rng: Random, hue: float) -> None:
    for row in (0, 1):
        for n in range(7):
            x = canvas.wide * (n + 0.5 + rng.uniform(-0.2, 0.2)) / 7
            shade = mix(oklch(0.3, 0.07, hue), (4, 6, 14), 0.35 + 0.4 * row)
            people.figure(
                canvas,
                (x, 128 + 14 * row),
                rng.uniform(92, 104),
                people.in_shadow(shade),
                people.CHEER,
                facing=rng.choice((1, -1)),
            )
