"""Pictures from the pitch, the path and the water."""

from math import cos, pi, sin
from random import Random

from gateway.demo import art_figures as people
from gateway.demo import art_places as places
from gateway.demo.art_canvas import Canvas
from gateway.demo.art_colour import SKINS, dusk, mix, morning, night, oklch, rain


def pitch_at_dusk(canvas: Canvas, rng: Random, hue: float) -> None:
    light = dusk(hue, rng)
    horizon = rng.uniform(44, 50)
    canvas.fade(light.sky, 0, horizon)
    canvas.glow(canvas.wide * rng.uniform(0.2, 0.8), horizon, 55, light.sky[-1], 0.55)
    places.ridge(canvas, rng, horizon + 1, 9, mix(light.far, light.sky[2], 0.45))
    places.trees(canvas, rng, horizon + 0.5, 9, light.far)
    places.pitch(canvas, horizon, oklch(0.46, 0.1, 148), lines=(238, 240, 226))
    for share in (0.08, 0.92):
        places.floodlight(canvas, canvas.wide * share, horizon + 1, rng.uniform(30, 36), light)
    _players(canvas, rng, hue, horizon)
    canvas.vignette(0.4)


def rainy_pitch(canvas: Canvas, rng: Random, hue: float) -> None:
    light = rain(hue, rng)
    horizon = rng.uniform(40, 46)
    canvas.fade(light.sky, 0, horizon)
    places.trees(canvas, rng, horizon + 1, 12, mix(light.far, light.sky[-1], 0.35))
    places.floodlight(canvas, canvas.wide * rng.choice((0.14, 0.84)), horizon + 1, 34, light)
    places.pitch(canvas, horizon, oklch(0.42, 0.07, 135), lines=(214, 220, 214))
    for _ in range(9):
        x, y = rng.uniform(0, canvas.wide), rng.uniform(horizon + 14, 97)
        size = (y - horizon) * rng.uniform(0.12, 0.3)
        canvas.oval(x, y, size, size * 0.22, oklch(0.36, 0.04, 75), 0.8)
        canvas.oval(x, y - 0.2, size * 0.86, size * 0.16, light.sky[-1], 0.55)
    _players(canvas, rng, hue, horizon, muddy=True)
    for _ in range(420):
        x, y, long = rng.uniform(-5, canvas.wide), rng.uniform(-4, 100), rng.uniform(1.5, 6)
        canvas.line([(x, y), (x - long * 0.22, y + long)], (226, 234, 242), 0.16, rng.uniform(0.15, 0.5))
    canvas.vignette(0.5)


def _players(canvas: Canvas, rng: Random, hue: float, horizon: float, *, muddy: bool = False) -> None:
    """A few in play, the far ones small, one of them on the ball."""
    mud = oklch(0.34, 0.04, 70)
    count = rng.randint(5, 7)
    slots = [canvas.wide * (0.1 + 0.8 * (n + rng.uniform(0.25, 0.75)) / count) for n in range(count)]
    rng.shuffle(slots)
    depths = [*sorted(rng.uniform(0.12, 0.62) for _ in range(count - 1)), rng.uniform(0.66, 0.78)]
    for number, (x, depth) in enumerate(zip(slots, depths, strict=True)):
        y = horizon + (100 - horizon) * depth
        height = 9 + 30 * depth
        leading = number == count - 1
        kit = people.a_kit(rng, hue, away=not leading and rng.random() < 0.5, dim=0.1)
        if muddy:
            kit = people.Kit(
                mix(kit.shirt, mud, 0.2), mix(kit.shorts, mud, 0.5), mix(kit.socks, mud, 0.75), kit.skin, kit.hair
            )
        facing = rng.choice((1, -1))
        pose = people.KICK if leading else people.running(rng.random(), rng.uniform(0.55, 1))
        canvas.oval(x + height * 0.12, y, height * 0.3, height * 0.045, (6, 14, 16), 0.4)
        people.figure(canvas, (x, y), height, kit, pose, facing=facing)
        if leading:
            places.ball(canvas, x + facing * height * 0.52, y - height * 0.1, height * 0.062)


def line_up(canvas: Canvas, rng: Random, hue: float) -> None:
    light = dusk(hue, rng) if rng.random() < 0.5 else morning(hue, rng)
    canvas.fade(light.sky, 0, 56)
    places.trees(canvas, rng, 56, 16, mix(light.far, light.sky[-1], 0.2))
    places.pitch(canvas, 56, oklch(0.5, 0.11, 145))
    count = rng.randint(7, 9)
    space = min(canvas.wide * 0.9 / count, 17)
    start = canvas.wide / 2 - space * (count - 1) / 2
    goal_frame(canvas, canvas.wide / 2, 63, min(canvas.wide * 0.8, 100), 38)
    for row in (0, 1):
        for place in range(count - row):
            x, y = start + space * (place + row / 2), 78 + 12 * row
            height = 38 * rng.uniform(0.93, 1.06) + row
            kit = people.a_kit(rng, hue)
            canvas.oval(x, y, height * 0.22, height * 0.04, (8, 20, 14), 0.35)
            relaxed = people.CHEER if rng.random() < 0.25 else people.RELAX
            pose = people.EMBRACE if row == 0 else relaxed
            people.figure(canvas, (x, y), height, kit, pose, facing=rng.choice((1, -1)))
    places.ball(canvas, canvas.wide / 2 + rng.uniform(-8, 8), 94, 2.4)
    canvas.vignette(0.3)


def goal_frame(canvas: Canvas, x: float, ground: float, width: float, height: float) -> None:
    left, right, top = x - width / 2, x + width / 2, ground - height
    for n in range(1, 34):
        at = left + width * n / 34
        canvas.line([(at, top), (at + (x - at) * 0.06, ground)], (245, 245, 240), 0.12, 0.4)
    for n in range(1, 14):
        at = top + height * n / 14
        canvas.line([(left, at), (right, at)], (245, 245, 240), 0.12, 0.4)
    canvas.line([(left, ground), (left, top), (right, top), (right, ground)], (248, 248, 244), 1.1)


def night_run(canvas: Canvas, rng: Random, hue: float) -> None:
    light = night(hue, rng)
    canvas.fade(light.sky, 0, 60)
    places.stars(canvas, rng, 40)
    moon = canvas.wide * rng.uniform(0.15, 0.85)
    canvas.glow(moon, 18, 26, light.lamp, 0.4)
    canvas.oval(moon, 18, 3.4, 3.4, light.lamp)
    places.town(canvas, rng, 56, 26, light.far, light.lamp)
    places.water(canvas, rng, 56, light, oklch(0.17, 0.05, 255))
    path = mix(light.near, light.far, 0.5)
    canvas.shape([(0, 86), (canvas.wide, 80), (canvas.wide, 101), (0, 101)], path)
    canvas.line([(0, 86), (canvas.wide, 80)], mix(path, light.lamp, 0.3), 0.4)
    lamp = oklch(0.96, 0.06, 95)
    count = rng.randint(4, 6)
    for n in range(count):
        x = canvas.wide * (0.1 + 0.72 * (n + rng.uniform(0.2, 0.8)) / count)
        y, height = 92 - 3 * x / canvas.wide + rng.uniform(-2, 4), rng.uniform(30, 36)
        canvas.oval(x, y, height * 0.26, height * 0.035, (0, 0, 0), 0.5)
        kit = people.a_kit(rng, hue + rng.choice((0, 0, 50)), dim=0.35)
        head = people.figure(canvas, (x, y), height, kit, people.running(rng.random()))
        canvas.beam(head[0] + 1.6, head[1] - 0.8, 22, 34, 13, lamp, 0.32)
        canvas.glow(head[0] + 2, head[1] - 0.8, 4.5, lamp, 0.9)
        canvas.oval(head[0] + 2, head[1] - 0.8, 0.7, 0.7, (255, 255, 255))
    canvas.vignette(0.4)


def trail(canvas: Canvas, rng: Random, hue: float) -> None:
    light = morning(hue, rng)
    canvas.fade(light.sky, 0, 100)
    sun = canvas.wide * rng.uniform(0.2, 0.8)
    canvas.glow(sun, 30, 60, light.lamp, 0.9)
    canvas.oval(sun, 30, 5, 5, (255, 252, 238))
    for n in range(4):
        places.ridge(canvas, rng, 56 + 11 * n, 26 - 3 * n, mix(light.sky[-1], light.near, 0.22 + 0.2 * n))
    slope = [(canvas.wide * s / 30, 88 - 9 * sin(s / 30 * pi * 0.9 + 0.3)) for s in range(31)]
    canvas.shape([(0, 101), *slope, (canvas.wide, 101)], mix(light.near, (10, 16, 20), 0.45))
    dark = mix(light.near, (10, 14, 24), 0.62)
    for n in range(rng.randint(3, 5)):
        spot = slope[6 + n * 4 + rng.randint(0, 2)]
        kit = people.in_shadow(dark) if n % 2 else people.a_kit(rng, hue + 20 * n, dim=0.25)
        people.figure(canvas, (spot[0], spot[1] + 0.6), rng.uniform(14, 17), kit, people.running(rng.random(), 0.6))
    places.trees(canvas, rng, 103, 13, mix(dark, light.near, 0.15))


def rowing(canvas: Canvas, rng: Random, hue: float) -> None:
    light = morning(hue, rng) if rng.random() < 0.5 else dusk(hue, rng)
    level = rng.uniform(48, 55)
    canvas.fade(light.sky, 0, level)
    canvas.glow(canvas.wide * rng.uniform(0.25, 0.75), level - 4, 50, light.lamp, 0.85)
    places.ridge(canvas, rng, level + 1, 15, mix(light.far, light.sky[-1], 0.5))
    places.trees(canvas, rng, level, 8, mix(light.far, light.near, 0.4))
    places.water(canvas, rng, level, light, mix(light.sky[1], oklch(0.45, 0.08, 230), 0.5))
    boat(canvas, canvas.wide * 0.5, rng.uniform(72, 78), min(canvas.wide * 0.78, 118), hue, rng, rng.random())
    canvas.vignette(0.3)


def boat(canvas: Canvas, x: float, y: float, length: float, hue: float, rng: Random, stroke: float) -> None:
    """A four with its crew; stroke 0…1 is where in the pull they are."""
    left, right = x - length / 2, x + length / 2
    canvas.oval(x, y + 3.2, length * 0.5, 1.6, (10, 18, 34), 0.4)
    reach = 24 * cos(2 * pi * stroke)
    for n in range(4):
        seat = x - length * 0.27 + n * length * 0.17
        _rower(canvas, seat, y, length * 0.17, people.a_kit(rng, hue), reach)
        lift = 2.6 * max(0.0, sin(2 * pi * stroke))
        blade = (seat - length * 0.02 - reach * length * 0.0042, y + 8.5 - lift)
        canvas.line([(seat + length * 0.035, y - 3.2), blade], (238, 232, 214), 0.5)
        canvas.oval(*blade, 2.3, 0.9, oklch(0.6, 0.17, hue))
        canvas.ring(blade[0], blade[1] + 0.6 + lift, 4, 0.9, (240, 246, 250), 0.2, 0.6)
    hull = oklch(0.95, 0.02, hue)
    canvas.shape(
        [(left, y - 1.6), (right, y - 1.6), (right - length * 0.1, y + 1.9), (left + length * 0.1, y + 1.9)], hull
    )
    canvas.shape([(left, y - 1.6), (right, y - 1.6), (right - 2, y - 0.6), (left + 2, y - 0.6)], oklch(0.55, 0.17, hue))


def _rower(canvas: Canvas, x: float, y: float, size: float, kit: people.Kit, reach: float) -> None:
    hip = (x + size * 0.02 * reach * 0.1, y - 1.4)
    lean = reach * pi / 180
    shoulder = (hip[0] - sin(lean) * size * 0.5, hip[1] - cos(lean) * size * 0.52)
    hands = (x + size * 0.2 - reach * size * 0.012, y - 3.4)
    canvas.line([hip, (hip[0] - size * 0.3, y - 4.2), (hip[0] - size * 0.56, y - 1.6)], kit.skin, size * 0.12)
    canvas.line([hip, shoulder], kit.shirt, size * 0.25)
    canvas.line(
        [shoulder, ((shoulder[0] + hands[0]) / 2, (shoulder[1] + hands[1]) / 2 + 1), hands], kit.skin, size * 0.09
    )
    head = (shoulder[0] - sin(lean) * size * 0.2, shoulder[1] - size * 0.2)
    canvas.oval(*head, size * 0.12, size * 0.135, kit.skin)
    canvas.oval(head[0] + size * 0.02, head[1] - size * 0.04, size * 0.12, size * 0.1, kit.hair)


def swimmers(canvas: Canvas, rng: Random, hue: float) -> None:
    """Lanes from above."""
    blue = oklch(0.74, 0.1, 220)
    canvas.fade((oklch(0.8, 0.08, 205), blue, oklch(0.62, 0.12, 235)))
    for _ in range(240):
        x, y, r = rng.uniform(0, canvas.wide), rng.uniform(0, 100), rng.uniform(1, 4)
        canvas.ring(x, y, r, r * 0.55, (255, 255, 255), 0.14, rng.uniform(0.08, 0.3))
    lanes = 5
    for lane in range(lanes):
        middle = (lane + 0.5) * 100 / lanes
        canvas.box(0, middle - 1, canvas.wide, middle + 1, oklch(0.4, 0.1, 250), 0.25)
        if lane:
            for n in range(int(canvas.wide // 2.2) + 1):
                colour = oklch(0.62, 0.18, hue) if (n // 3) % 2 else (246, 244, 238)
                canvas.oval(n * 2.2, lane * 100 / lanes, 0.95, 0.75, colour)
        x = canvas.wide * rng.uniform(0.2, 0.8)
        _swimmer(canvas, rng, x, middle, oklch(0.6, 0.19, hue + rng.choice((0, 0, 120))))


def _swimmer(canvas: Canvas, rng: Random, x: float, y: float, cap: tuple[int, int, int]) -> None:
    skin = rng.choice(SKINS)
    canvas.oval(x - 1, y + 2.4, 9, 2.6, (20, 60, 110), 0.25)
    for n in range(14):
        canvas.oval(
            x - 12 - n * 1.2,
            y + rng.uniform(-2.4, 2.4),
            rng.uniform(0.6, 1.8),
            rng.uniform(0.4, 1.1),
            (255, 255, 255),
            0.65,
        )
    canvas.line([(x - 10, y + 1), (x - 4, y + 0.3)], skin, 1.7)
    canvas.line([(x - 10, y - 1.2), (x - 4, y - 0.4)], skin, 1.7)
    canvas.line([(x - 4, y), (x + 3.4, y)], (32, 36, 60), 3.6)
    canvas.line([(x + 1.5, y), (x + 4.2, y)], skin, 3.7)
    reach = rng.choice((1, -1))
    canvas.line([(x + 4, y - reach * 1.4), (x + 8, y - reach * 4), (x + 12, y - reach * 2.8)], skin, 1.4)
    canvas.line([(x + 2.5, y + reach * 1.6), (x - 1, y + reach * 4.4)], skin, 1.4)
    canvas.oval(x + 6.6, y, 1.9, 1.7, cap)


def riders(canvas: Canvas, rng: Random, hue: float) -> None:
    light = dusk(hue, rng)
    canvas.fade(light.sky, 0, 68)
    sun = canvas.wide * rng.uniform(0.3, 0.7)
    canvas.glow(sun, 58, 50, light.sky[-1], 0.9)
    canvas.oval(sun, 56, 9, 9, mix(light.sky[-1], (255, 255, 240), 0.5))
    places.ridge(canvas, rng, 64, 22, mix(light.far, light.sky[2], 0.5))
    places.ridge(canvas, rng, 70, 14, mix(light.far, light.sky[2], 0.15))
    canvas.fade((mix(light.far, light.sky[2], 0.1), light.near), 72, 100)
    canvas.shape([(0, 82), (canvas.wide, 79), (canvas.wide, 92), (0, 96)], mix(light.far, (170, 150, 150), 0.3))
    count = rng.randint(3, 4)
    for n in range(count):
        x = canvas.wide * (0.16 + 0.7 * (n + rng.uniform(0.3, 0.7)) / count)
        _rider(canvas, rng, x, 89 - 2 * x / canvas.wide, 14, people.a_kit(rng, hue + 40 * (n % 2), dim=0.22))
    canvas.vignette(0.35)


def _rider(canvas: Canvas, rng: Random, x: float, ground: float, size: float, kit: people.Kit) -> None:
    wheel, dark = size * 0.42, (16, 18, 28)
    rear, front = (x - size * 0.62, ground - wheel), (x + size * 0.62, ground - wheel)
    for hub in (rear, front):
        canvas.ring(*hub, wheel, wheel, dark, 0.5)
        canvas.oval(*hub, 0.4, 0.4, dark)
    crank, saddle, bars = (
        (x - size * 0.08, ground - wheel),
        (x - size * 0.26, ground - size * 1.1),
        (x + size * 0.46, ground - size * 1.12),
    )
    canvas.line([rear, crank, bars, saddle, rear], kit.shirt, 0.5)
    canvas.line([crank, saddle], kit.shirt, 0.5)
    canvas.line([bars, front], dark, 0.5)
    turn = rng.uniform(0, 2 * pi)
    for shift in (pi, 0):
        foot = (crank[0] + cos(turn + shift) * size * 0.2, crank[1] + sin(turn + shift) * size * 0.2)
        knee = ((saddle[0] + foot[0]) / 2 + size * 0.3, (saddle[1] + foot[1]) / 2 - size * 0.02)
        canvas.line([saddle, knee, foot], mix(kit.skin, dark, 0.3 if shift else 0), size * 0.13)
        canvas.line([saddle, knee], kit.shorts if shift == 0 else mix(kit.shorts, dark, 0.3), size * 0.16)
    shoulder = (x + size * 0.2, ground - size * 1.62)
    canvas.line([saddle, shoulder], kit.shirt, size * 0.3)
    canvas.line([shoulder, (x + size * 0.36, ground - size * 1.28), bars], kit.skin, size * 0.11)
    head = (shoulder[0] + size * 0.2, shoulder[1] - size * 0.16)
    canvas.oval(*head, size * 0.14, size * 0.15, kit.skin)
    canvas.oval(head[0] - size * 0.02, head[1] - size * 0.07, size * 0.2, size * 0.12, kit.shirt)
