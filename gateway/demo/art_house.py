"""Pictures from the hall, the clubhouse and the table."""

from math import cos, pi, radians, sin
from random import Random

from gateway.demo import art_figures as people
from gateway.demo import art_places as places
from gateway.demo.art_canvas import Canvas, Point
from gateway.demo.art_colour import Colour, dusk, mix, oklch


def climbing_wall(canvas: Canvas, rng: Random, hue: float) -> None:
    base = oklch(0.86, 0.03, hue + 20)
    canvas.fade((mix(base, (255, 255, 255), 0.3), base))
    wall(canvas, rng, hue, base)
    for n in range(rng.randint(1, 2)):
        x = canvas.wide * (0.3 + 0.36 * n + rng.uniform(-0.06, 0.06))
        climber(canvas, x, rng.uniform(44, 72), rng.uniform(36, 42), people.a_kit(rng, hue + 150 * n), rng.random())
    canvas.vignette(0.25)


def wall(canvas: Canvas, rng: Random, hue: float, base: Colour) -> None:
    """Slanted panels with holds of a few colours."""
    x = -10.0
    while x < canvas.wide:
        width, slant = rng.uniform(16, 34), rng.uniform(-7, 7)
        shade = mix(base, oklch(0.5, 0.09, hue), rng.uniform(0.02, 0.42))
        corners = [(x, -2), (x + width + slant, -2), (x + width, 102), (x - slant, 102)]
        canvas.shape(corners, shade)
        canvas.line([corners[0], corners[3]], mix(shade, (20, 20, 40), 0.16), 0.3)
        cut = rng.uniform(20, 80)
        canvas.shape([(x, cut), (x + width, cut - 14), (x + width, 102), (x - slant, 102)], (20, 24, 50), 0.06)
        x += width
    colours = [oklch(0.64, 0.19, hue + turn) for turn in (0, 75, 150, 240)]
    for _ in range(int(canvas.wide * 0.75)):
        _hold(canvas, rng, rng.uniform(0, canvas.wide), rng.uniform(0, 100), rng.choice(colours))


def _hold(canvas: Canvas, rng: Random, x: float, y: float, colour: Colour) -> None:
    size, turn = rng.uniform(0.8, 2.3), rng.uniform(0, 2 * pi)
    corners = rng.randint(5, 8)
    outline = []
    for n in range(corners):
        reach = size * rng.uniform(0.7, 1.1)
        outline.append(
            (x + reach * cos(turn + 2 * pi * n / corners), y + 0.75 * reach * sin(turn + 2 * pi * n / corners))
        )
    canvas.shape([(px + 0.35, py + 0.6) for px, py in outline], (20, 20, 40), 0.25)
    canvas.shape(outline, colour)
    canvas.oval(x - size * 0.2, y - size * 0.2, size * 0.25, size * 0.18, (255, 255, 255), 0.4)


def climber(canvas: Canvas, x: float, hip: float, height: float, kit: people.Kit, phase: float) -> None:
    """Seen from behind, a hand and the other foot reaching; phase 0…1 is one move with each side."""
    swing = sin(2 * pi * phase)
    middle, shoulder = (x, hip), (x + swing * height * 0.02, hip - height * 0.3)
    canvas.line([(x, hip - 1), (x + 1.2, -2)], (244, 240, 228), 0.35)
    for side in (-1, 1):
        up = side * swing
        knee = (x + side * height * (0.17 + 0.05 * up), hip + height * (0.12 - 0.07 * up))
        foot = (x + side * height * (0.11 + 0.03 * up), hip + height * (0.34 - 0.13 * up))
        canvas.line([middle, knee, foot], kit.skin, height * 0.07)
        canvas.line([middle, _part_way(middle, knee, 0.6)], kit.shorts, height * 0.085)
        canvas.line([foot, (foot[0] + side * 0.9, foot[1] + 0.2)], (30, 32, 46), height * 0.06)
        elbow = (x + side * height * 0.19, hip - height * (0.38 + 0.07 * up))
        hand = (x + side * height * (0.15 + 0.03 * up), hip - height * (0.57 + 0.13 * up))
        canvas.line([(shoulder[0] + side * height * 0.08, shoulder[1]), elbow, hand], kit.skin, height * 0.055)
    canvas.line([middle, shoulder], kit.shirt, height * 0.17)
    canvas.line(
        [(shoulder[0] - height * 0.07, shoulder[1]), (shoulder[0] + height * 0.07, shoulder[1])],
        kit.shirt,
        height * 0.12,
    )
    canvas.box(x - height * 0.09, hip - 1.1, x + height * 0.09, hip + 0.5, (32, 34, 48), corner=0.6)
    head = (shoulder[0], shoulder[1] - height * 0.15)
    canvas.oval(*head, height * 0.07, height * 0.078, kit.skin)
    canvas.oval(head[0], head[1] - height * 0.012, height * 0.072, height * 0.07, kit.hair)


def _part_way(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def trophy_shelf(canvas: Canvas, rng: Random, hue: float) -> None:
    back = oklch(0.3, 0.05, hue)
    canvas.fade((mix(back, (0, 0, 0), 0.25), back))
    for n in range(int(canvas.wide // 7) + 1):
        canvas.box(n * 7, 0, n * 7 + 0.25, 100, (0, 0, 0), 0.14)
    for share in (0.2, 0.5, 0.8):
        canvas.glow(canvas.wide * share, 2, 60, oklch(0.92, 0.08, 80), 0.4)
    for shelf in (48, 93):
        x = rng.uniform(9, 13)
        while x < canvas.wide - 8:
            size = rng.uniform(15, 28)
            metal = rng.choice([oklch(0.82, 0.13, 85), oklch(0.84, 0.02, 250), oklch(0.68, 0.11, 55)])
            kind = rng.random()
            if kind < 0.55:
                cup(canvas, x, shelf, size, metal, hue)
            elif kind < 0.8:
                _medal(canvas, x, shelf, size, metal, hue)
            else:
                _ball_on_stand(canvas, x, shelf, size * 0.5, metal)
            x += size * 0.5 + rng.uniform(7, 12)
        wood = oklch(0.52, 0.07, 60)
        canvas.box(0, shelf, canvas.wide, shelf + 3, wood)
        canvas.box(0, shelf, canvas.wide, shelf + 0.7, mix(wood, (255, 240, 210), 0.35))
        canvas.box(0, shelf + 3, canvas.wide, shelf + 5.5, (0, 0, 0), 0.25)
    canvas.vignette(0.5)


def cup(canvas: Canvas, x: float, base: float, size: float, metal: Colour, hue: float) -> None:
    dark, bright = mix(metal, (60, 30, 10), 0.35), mix(metal, (255, 255, 255), 0.55)
    top, low = base - size, base - size * 0.38
    wide = size * 0.3
    canvas.box(x - size * 0.2, base - size * 0.16, x + size * 0.2, base, oklch(0.24, 0.03, 50), corner=0.4)
    canvas.box(x - size * 0.09, base - size * 0.12, x + size * 0.09, base - size * 0.04, oklch(0.62, 0.17, hue))
    canvas.shape(
        [
            (x - size * 0.05, low - 1),
            (x + size * 0.05, low - 1),
            (x + size * 0.13, base - size * 0.15),
            (x - size * 0.13, base - size * 0.15),
        ],
        dark,
    )
    for side in (-1, 1):
        canvas.ring(x + side * wide * 0.98, top + size * 0.2, size * 0.13, size * 0.15, dark, size * 0.045)
    bowl = [(x - wide, top), (x + wide, top)]
    bowl += [
        (x + wide * cos(radians(a)) * (1 - 0.1 * sin(radians(a))), top + size * 0.62 * sin(radians(a)))
        for a in range(0, 181, 9)
    ]
    canvas.shape(bowl, metal)
    canvas.shape(
        [
            (x - wide * 0.72, top + 0.5),
            (x - wide * 0.4, top + 0.5),
            (x - wide * 0.22, top + size * 0.5),
            (x - wide * 0.42, top + size * 0.42),
        ],
        bright,
        0.8,
    )
    canvas.oval(x, top, wide, size * 0.06, dark)
    canvas.ring(x, top, wide, size * 0.06, bright, 0.35)


def _medal(canvas: Canvas, x: float, base: float, size: float, metal: Colour, hue: float) -> None:
    top = base - size * 1.05
    canvas.shape(
        [(x - 3, top), (x, top), (x + 2.6, base - size * 0.42), (x - 0.6, base - size * 0.42)], oklch(0.6, 0.18, hue)
    )
    canvas.shape(
        [(x, top), (x + 3, top), (x + 0.6, base - size * 0.42), (x - 2.6, base - size * 0.42)], oklch(0.72, 0.14, hue)
    )
    canvas.oval(x, base - size * 0.26, size * 0.21, size * 0.21, mix(metal, (60, 30, 10), 0.35))
    canvas.oval(x, base - size * 0.27, size * 0.17, size * 0.17, metal)
    canvas.oval(x - 0.6, base - size * 0.31, size * 0.07, size * 0.05, (255, 255, 255), 0.5)


def _ball_on_stand(canvas: Canvas, x: float, base: float, size: float, metal: Colour) -> None:
    canvas.box(x - size * 0.5, base - size * 0.3, x + size * 0.5, base, oklch(0.26, 0.03, 50), corner=0.5)
    canvas.shape(
        [
            (x - 1, base - size * 0.5),
            (x + 1, base - size * 0.5),
            (x + 2, base - size * 0.3),
            (x - 2, base - size * 0.3),
        ],
        metal,
    )
    places.ball(canvas, x, base - size, size * 0.55)


def cake(canvas: Canvas, rng: Random, hue: float) -> None:
    room = oklch(0.9, 0.04, hue + 40)
    canvas.fade((mix(room, (255, 255, 255), 0.25), mix(room, oklch(0.7, 0.08, hue), 0.3)), 0, 72)
    places.bunting(canvas, rng, 4, 13, hue)
    places.bunting(canvas, rng, 20, 7, hue + 20)
    for _ in range(rng.randint(6, 9)):
        _balloon(
            canvas,
            rng.choice((rng.uniform(0, 0.24), rng.uniform(0.76, 1))) * canvas.wide,
            rng.uniform(14, 48),
            rng,
            hue,
        )
    table = oklch(0.97, 0.01, 85)
    canvas.box(0, 72, canvas.wide, 100, table)
    canvas.fade((table, mix(table, oklch(0.6, 0.1, hue), 0.35)), 75, 100)
    _layers(canvas, rng, canvas.wide / 2, 84, hue)
    for _ in range(46):
        x, y = rng.uniform(0, canvas.wide), rng.uniform(76, 99)
        canvas.box(x, y, x + rng.uniform(0.6, 1.7), y + 0.5, oklch(0.7, 0.16, rng.uniform(0, 360)), 0.8)


def _layers(canvas: Canvas, rng: Random, x: float, base: float, hue: float) -> None:
    canvas.oval(x, base + 1, 33, 4.6, (60, 40, 60), 0.18)
    canvas.oval(x, base, 30, 4, (250, 250, 248))
    icing, body = oklch(0.95, 0.03, hue), oklch(0.68, 0.13, hue)
    wide, top = 24.0, base - 1
    for layer in range(rng.randint(2, 3)):
        tall = 15 - 2 * layer
        canvas.oval(x, top, wide, 3.2, mix(body, (0, 0, 0), 0.2))
        canvas.box(x - wide, top - tall, x + wide, top, body if layer % 2 == 0 else oklch(0.78, 0.1, hue + 50))
        for n in range(9):
            drip = rng.uniform(2, 7)
            at = x - wide + (n + 0.5) * wide * 2 / 9
            canvas.box(at - wide / 9, top - tall, at + wide / 9, top - tall + drip, icing, corner=wide / 9 * 0.9)
        canvas.oval(x, top - tall, wide, 3, icing)
        top, wide = top - tall, wide * 0.72
    for n in range(5):
        at = x + (n - 2) * wide * 0.42
        low = top + 1.2 * cos((n - 2) * 0.8)
        canvas.line([(at, low), (at, low - 8)], oklch(0.75, 0.14, hue + 90 * n), 1.1)
        canvas.glow(at, low - 10, 9, oklch(0.9, 0.13, 85), 0.8)
        canvas.oval(at, low - 10, 0.9, 1.7, oklch(0.86, 0.16, 75))
        canvas.oval(at, low - 9.5, 0.45, 0.9, (255, 252, 230))


def _balloon(canvas: Canvas, x: float, y: float, rng: Random, hue: float) -> None:
    colour, size = oklch(rng.uniform(0.62, 0.82), 0.15, hue + rng.choice((0, 0, 60, 200))), rng.uniform(6, 9)
    canvas.line([(x, y + size), (x + 1, y + size + 12), (x - 0.6, y + size + 26)], (255, 255, 255), 0.2)
    canvas.oval(x, y, size * 0.82, size, colour)
    canvas.shape([(x - 1, y + size + 1.4), (x + 1, y + size + 1.4), (x, y + size - 0.5)], mix(colour, (0, 0, 0), 0.2))
    canvas.oval(x - size * 0.3, y - size * 0.4, size * 0.17, size * 0.25, (255, 255, 255), 0.5)


def changing_room(canvas: Canvas, rng: Random, hue: float) -> None:
    tile = oklch(0.93, 0.015, hue)
    canvas.fade((tile, mix(tile, oklch(0.6, 0.06, hue), 0.25)))
    for n in range(int(canvas.wide // 8) + 1):
        canvas.box(n * 8, 0, n * 8 + 0.2, 74, (255, 255, 255), 0.7)
    for n in range(10):
        canvas.box(0, n * 8, canvas.wide, n * 8 + 0.2, (255, 255, 255), 0.7)
    canvas.glow(canvas.wide * rng.uniform(0.3, 0.7), 0, 70, (255, 250, 230), 0.7)
    canvas.box(0, 15, canvas.wide, 18.5, oklch(0.58, 0.06, 62))
    x = rng.uniform(9, 14)
    while x < canvas.wide - 6:
        canvas.line([(x, 17), (x, 21)], (60, 60, 70), 0.7)
        _shirt(canvas, x, 20, rng.uniform(10.5, 12), rng, hue)
        x += rng.uniform(24, 28)
    canvas.box(0, 74, canvas.wide, 79, oklch(0.62, 0.07, 62))
    canvas.box(0, 74, canvas.wide, 75, oklch(0.72, 0.07, 66))
    canvas.fade((oklch(0.5, 0.03, hue), oklch(0.4, 0.03, hue)), 79, 100)
    for _ in range(int(canvas.wide // 22)):
        _boots(
            canvas,
            rng.uniform(6, canvas.wide - 12),
            rng.uniform(90, 96),
            oklch(rng.uniform(0.3, 0.8), 0.15, hue + rng.choice((0, 140, 60))),
        )
    places.ball(canvas, canvas.wide * rng.uniform(0.2, 0.8), 70.4, 3.6)


def _shirt(canvas: Canvas, x: float, top: float, half: float, rng: Random, hue: float) -> None:
    main, trim = oklch(0.58, 0.17, hue), oklch(0.95, 0.02, hue)
    low = top + half * 3.1
    outline = [
        (x - half * 0.35, top),
        (x - half * 1.05, top + half * 0.35),
        (x - half * 1.5, top + half * 1.3),
        (x - half * 0.95, top + half * 1.55),
        (x - half * 0.88, low),
        (x + half * 0.88, low),
        (x + half * 0.95, top + half * 1.55),
        (x + half * 1.5, top + half * 1.3),
        (x + half * 1.05, top + half * 0.35),
        (x + half * 0.35, top),
    ]
    canvas.shape([(px + 1, py + 1) for px, py in outline], (30, 30, 60), 0.16)
    canvas.shape(outline, main)
    pattern = rng.randrange(3)
    if pattern == 0:
        for n in (-2, 0, 2):
            canvas.box(
                x + n * half * 0.3 - half * 0.12, top + half * 0.4, x + n * half * 0.3 + half * 0.12, low, trim, 0.9
            )
    elif pattern == 1:
        canvas.shape(
            [
                (x - half * 0.88, top + half * 0.9),
                (x - half * 0.4, top + half * 0.5),
                (x + half * 0.88, low - half),
                (x + half * 0.88, low - half * 0.3),
            ],
            trim,
            0.9,
        )
    else:
        canvas.box(x - half * 0.9, top + half * 1.3, x + half * 0.9, top + half * 1.9, trim, 0.9)
    canvas.oval(x, top, half * 0.38, half * 0.22, mix(main, (0, 0, 0), 0.35))
    canvas.line([(x + half * 0.55, top + half * 1.7), (x + half * 0.4, low - 0.5)], (0, 0, 20), 0.5, 0.12)


def _boots(canvas: Canvas, x: float, y: float, colour: Colour) -> None:
    for shift in (0, 6):
        left, low = x + shift, y - shift * 0.25
        canvas.oval(left + 3.4, low + 0.7, 5.4, 0.9, (0, 0, 0), 0.3)
        canvas.shape(
            [
                (left, low - 4.6),
                (left + 2.8, low - 4.8),
                (left + 4.4, low - 2.4),
                (left + 7.4, low - 1.6),
                (left + 8, low),
                (left - 0.2, low),
            ],
            colour,
        )
        canvas.box(left - 0.2, low - 0.5, left + 8, low + 0.3, (245, 245, 240))
        canvas.line([(left + 2.4, low - 3.4), (left + 4.2, low - 2.6)], (250, 250, 250), 0.35)


def hoop(canvas: Canvas, rng: Random, hue: float) -> None:
    light = dusk(hue, rng)
    canvas.fade(light.sky, 0, 92)
    canvas.glow(canvas.wide * 0.25, 90, 60, light.sky[-1], 0.6)
    places.town(canvas, rng, 97, 26, mix(light.far, light.sky[2], 0.2), light.lamp)
    canvas.fade((light.near, mix(light.near, (0, 0, 0), 0.3)), 94, 100)
    side = rng.choice((0.66, 0.34))
    x = canvas.wide * side
    canvas.line([(x + 9, 97), (x + 9, 30)], light.near, 2)
    board(canvas, x, 30, hue)
    spot = (x + (canvas.wide * 0.5 - x) * 0.9, rng.uniform(14, 22))
    basketball(canvas, *spot, 5.4)
    thrower = canvas.wide * (0.5 - (side - 0.5) * 1.7)
    people.figure(
        canvas, (thrower, 97), 38, people.a_kit(rng, hue, dim=0.15), people.THROW, facing=1 if side > 0.5 else -1
    )


def board(canvas: Canvas, x: float, y: float, hue: float) -> None:
    canvas.box(x - 14, y - 17, x + 16, y + 5, (244, 244, 240), corner=1)
    canvas.box(x - 6.5, y - 9, x + 6.5, y + 1.5, oklch(0.58, 0.18, hue))
    canvas.box(x - 5.3, y - 7.8, x + 5.3, y + 0.3, (244, 244, 240))
    net(canvas, x, y, 0)
    canvas.line([(x - 7.4, y + 2), (x + 7.4, y + 2)], oklch(0.62, 0.2, 40), 1.1)


def net(canvas: Canvas, x: float, y: float, bulge: float) -> None:
    for n in range(7):
        at = -7 + n * 14 / 6
        for lean in (1.6, -1.6):
            low = at * 0.55 + lean + bulge * sin(n)
            canvas.line(
                [(x + at, y + 2), (x + low, y + 8), (x + at * 0.5 - lean * 0.4, y + 14 + bulge)], (250, 250, 248), 0.28
            )


def basketball(canvas: Canvas, x: float, y: float, r: float) -> None:
    orange = oklch(0.66, 0.16, 48)
    canvas.oval(x, y, r, r, orange)
    canvas.oval(x - r * 0.3, y - r * 0.35, r * 0.35, r * 0.28, (255, 220, 180), 0.35)
    seam = (60, 34, 24)
    canvas.line([(x - r, y), (x + r, y)], seam, r * 0.07)
    canvas.line([(x, y - r), (x, y + r)], seam, r * 0.07)
    for side in (-1, 1):
        canvas.arc(x + side * r * 1.25, y, r * 0.85, r * 0.95, (118, 242) if side > 0 else (-62, 62), seam, r * 0.07)
