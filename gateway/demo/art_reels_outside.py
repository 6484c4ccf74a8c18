"""Reels from the pitch, the river path, the water and the court."""

from collections.abc import Callable
from functools import partial
from math import cos, pi, sin
from random import Random

from PIL import Image

from gateway.demo import art_field as field
from gateway.demo import art_figures as people
from gateway.demo import art_house as house
from gateway.demo import art_places as places
from gateway.demo.art_canvas import Canvas, Size
from gateway.demo.art_colour import dusk, mix, morning, night, oklch
from gateway.demo.art_motion import Reel, Sprite, backdrop, eased, share_of, sprite


def goal(rng: Random, hue: float, size: Size, seconds: float) -> Reel:
    """A free kick at dusk: run-up, a curve round the keeper, the net."""
    wide, high = size
    light = dusk(hue, rng)

    def scene(canvas: Canvas) -> None:
        canvas.fade(light.sky, 0, 46)
        canvas.glow(canvas.wide / 2, 46, 45, light.sky[-1], 0.6)
        places.trees(canvas, rng, 46, 6, light.far)
        for share in (0.1, 0.9):
            places.floodlight(canvas, canvas.wide * share, 47, 24, light)
        places.pitch(canvas, 46, oklch(0.46, 0.1, 148), stripes=7)
        canvas.line([(-2, 60), (canvas.wide + 2, 60)], (238, 240, 226), 0.4)
        canvas.line([(4, 70), (canvas.wide - 4, 70)], (238, 240, 226), 0.5)
        field.goal_frame(canvas, canvas.wide / 2, 57, 40, 17)

    ground = backdrop(size, scene)
    balls = [_ball_sprite(high, radius, spin) for radius, spin in ((2.2, 0), (1.9, 1), (1.6, 2), (1.35, 3), (1.1, 4))]
    kit, keeper = people.a_kit(rng, hue), people.a_kit(rng, hue + 150)
    strides = [_person(high, 30, kit, people.running(n / 8)) for n in range(8)]
    shot, joy = _person(high, 30, kit, people.KICK), _person(high, 30, kit, people.CHEER)
    ready = _person(high, 15, keeper, people.EMBRACE)
    dive = _person(high, 15, keeper, people.DIVE, facing=-1)
    side = rng.choice((-1, 1)) * rng.uniform(0.8, 1)
    kick, into = seconds * 0.3, seconds * 0.3 + 1.0

    def frame(t: float) -> Image.Image:
        picture = ground.copy()
        fly = share_of(t, kick, into)
        spring = eased(t, kick + 0.35, into + 0.1)
        (dive if spring > 0.1 else ready).put(
            picture,
            wide * (0.5 - 0.12 * spring),
            high * (0.575 - 0.03 * sin(pi * spring) + 0.022 * eased(t, into, into + 0.3)),
        )
        x = wide * (0.5 + 0.27 * side * fly + 0.22 * side * sin(pi * fly))
        y = high * (0.86 - 0.4 * fly - 0.12 * sin(pi * fly))
        drop = eased(t, into, into + 0.6)
        fallen = abs(cos(drop * pi * 1.5)) * (1 - drop)
        where = (x, y) if fly < 1 else (x, high * (0.565 - 0.105 * fallen))
        if fly < 1:
            balls[min(4, int(fly * 5))].put(picture, *where)
        else:
            balls[4].put(picture, *where)
        run = share_of(t, 0.2, kick)
        at = wide * (0.1 + 0.3 * run)
        if t < kick - 0.12:
            strides[int(t * 14) % 8].put(picture, at, high * 0.93)
        else:
            hop = abs(sin((t - into) * 7)) * 0.02 if t > into else 0
            (shot if t < into else joy).put(picture, at, high * (0.93 - hop))
        return picture

    cues = [(0.25 + n * 0.28, "step") for n in range(int((kick - 0.3) / 0.28))]
    return Reel(frame, [*cues, (kick, "kick"), (into, "swish"), (into + 0.1, "cheer")], "crowd")


def headlamps(rng: Random, hue: float, size: Size, seconds: float) -> Reel:
    """Runners by the river at night; the town slides by behind them."""
    wide, high = size
    light = night(hue, rng)
    lamp = oklch(0.96, 0.06, 95)

    def sky(canvas: Canvas) -> None:
        canvas.fade(light.sky, 0, 70)
        places.stars(canvas, rng, 40, 90)
        canvas.glow(canvas.wide * 0.7, 20, 22, light.lamp, 0.45)
        canvas.oval(canvas.wide * 0.7, 20, 3.6, 3.6, light.lamp)

    def roofs(canvas: Canvas) -> None:
        places.town(canvas, rng, 100, 88, light.far, light.lamp)

    def bank(canvas: Canvas) -> None:
        canvas.box(0, 0, canvas.wide, 100, mix(light.near, light.far, 0.6))
        canvas.box(0, 0, canvas.wide, 2.4, mix(light.far, light.lamp, 0.35))
        for _ in range(90):
            x, y = rng.uniform(0, canvas.wide), rng.uniform(8, 100)
            canvas.oval(x, y, rng.uniform(1, 4), 0.8, mix(light.near, light.far, rng.random()))

    def posts(canvas: Canvas) -> None:
        for n in range(4):
            x = (n + 0.5) * canvas.wide / 4
            canvas.line([(x, 100), (x, 32)], (8, 10, 20), 1.1)
            canvas.glow(x, 30, 28, lamp, 0.75)
            canvas.oval(x, 30, 1.8, 1.8, lamp)

    back = backdrop(size, sky)
    town = _layer((wide * 2, int(high * 0.3)), roofs)
    path = backdrop((wide * 2, int(high * 0.34)), bank)
    lamps = _layer((wide * 2, int(high * 0.58)), posts)
    crew = []
    for n in range(3):
        kit = people.a_kit(rng, hue + 45 * n, dim=0.22)
        crew.append([_lamp_runner(high, 34 - 2 * n, kit, step / 10, lamp) for step in range(10)])

    def frame(t: float) -> Image.Image:
        picture = back.copy()
        _slide(picture, town, t * wide * 0.06, int(high * 0.36))
        _slide(picture, lamps, t * wide * 0.22, int(high * 0.12))
        _slide(picture, path, t * wide * 0.5, int(high * 0.66))
        for n in (2, 1, 0):
            x = wide * (0.2 + 0.26 * n + 0.035 * sin(t * 0.9 + n * 2))
            crew[n][int(t * 14 + n * 3) % 10].put(picture, x, high * (0.9 - 0.05 * n))
        return picture

    return Reel(frame, [(0.1 + n * 0.19, "step") for n in range(int(seconds / 0.19))], "wind")


def stroke(rng: Random, hue: float, size: Size, seconds: float) -> Reel:
    """A four at sunrise, stroke by stroke."""
    wide, high = size
    light = morning(hue, rng)

    def scene(canvas: Canvas) -> None:
        canvas.fade(light.sky, 0, 46)
        canvas.glow(canvas.wide * 0.6, 40, 40, light.lamp, 0.95)
        canvas.oval(canvas.wide * 0.6, 38, 5, 5, (255, 252, 240))
        places.ridge(canvas, rng, 47, 14, mix(light.far, light.sky[-1], 0.5))
        places.trees(canvas, rng, 46, 6, mix(light.far, light.near, 0.3))
        places.water(canvas, rng, 46, light, mix(light.sky[1], oklch(0.5, 0.09, 235), 0.55))

    ground = backdrop(size, scene)
    seed = rng.random()
    room = (int(wide * 0.96), int(high * 0.22))
    boats = [sprite(room, (0.5, 0.6), partial(_crew, hue, seed, n / 16)) for n in range(16)]
    glint = _layer((wide * 2, int(high * 0.5)), lambda canvas: _glints(canvas, rng, light.sky[-1]))
    beat = 1.6

    def frame(t: float) -> Image.Image:
        picture = ground.copy()
        _slide(picture, glint, t * wide * 0.25, int(high * 0.5))
        surge = 0.02 * sin(2 * pi * t / beat)
        drift = 0.5 + 0.05 * sin(t * 0.5) + surge
        boats[int(t / beat * 16) % 16].put(picture, wide * drift, high * (0.72 + 0.004 * sin(t * 3)))
        return picture

    return Reel(frame, [(0.3 + n * beat, "splash") for n in range(int(seconds / beat) + 1)], "water")


def swish(rng: Random, hue: float, size: Size, seconds: float) -> Reel:
    """One from far out, and it goes in."""
    wide, high = size
    light = dusk(hue, rng)

    def scene(canvas: Canvas) -> None:
        canvas.fade(light.sky, 0, 90)
        places.town(canvas, rng, 88, 22, mix(light.far, light.sky[2], 0.2), light.lamp)
        canvas.fade((mix(light.near, oklch(0.5, 0.12, hue), 0.4), light.near), 86, 100)
        canvas.line([(canvas.wide - 7, 90), (canvas.wide - 7, 34)], light.near, 1.8)
        canvas.box(canvas.wide - 21, 17, canvas.wide + 3, 36, (244, 244, 240), corner=1)
        canvas.box(canvas.wide - 19, 24, canvas.wide - 7, 34, oklch(0.58, 0.18, hue))
        canvas.box(canvas.wide - 18, 25, canvas.wide - 8, 33, (244, 244, 240))

    ground = backdrop(size, scene)
    ring_at = (wide - 0.16 * high * 0.86, high * 0.36)
    nets = [sprite((int(high * 0.2), int(high * 0.2)), (0.5, 0.12), partial(_hoop, b)) for b in (0, 3, 6, 2)]
    spins = [_spun(high, n) for n in range(6)]
    kit = people.a_kit(rng, hue, dim=0.1)
    aim = _person(high, 32, kit, people.Pose(arms=((120, 70), (130, 60)), legs=((-10, 26), (14, 32))))
    thrown, joy = _person(high, 32, kit, people.THROW), _person(high, 32, kit, people.CHEER)
    shot, drop = seconds * 0.22, seconds * 0.22 + 1.15

    def frame(t: float) -> Image.Image:
        picture = ground.copy()
        fly, fall = share_of(t, shot, drop), share_of(t, drop, drop + 0.5)
        start = (wide * 0.3, high * 0.57)
        x = start[0] + (ring_at[0] - start[0]) * fly
        y = start[1] + (ring_at[1] - start[1]) * fly - high * 0.26 * sin(pi * fly)
        if fall > 0:
            bounce = abs(cos((t - drop) * 3.4)) * max(0.0, 1 - (t - drop - 0.45) * 0.45)
            y = ring_at[1] + (high * 0.88 - ring_at[1]) * (fall**2 if fall < 1 else 1 - 0.4 * bounce)
            x -= wide * 0.1 * max(0.0, t - drop - 0.4)
        spins[int(t * 12) % 6].put(picture, x, y)
        nets[min(3, int(share_of(t, drop, drop + 0.4) * 3.99))].put(picture, *ring_at)
        who = aim if t < shot else thrown if t < drop else joy
        hop = 0.05 * sin(pi * share_of(t, shot - 0.1, shot + 0.5)) + (0.02 * abs(sin(t * 7)) if t > drop else 0)
        who.put(picture, wide * 0.24, high * (0.92 - hop))
        return picture

    return Reel(frame, [(drop, "swish"), (drop + 0.5, "thud"), (drop + 0.2, "cheer")], "crowd")


def _crew(hue: float, seed: float, phase: float, canvas: Canvas) -> None:
    field.boat(canvas, canvas.wide / 2, 60, canvas.wide * 0.94, hue, Random(seed), phase)


def _person(high: int, units: float, kit: people.Kit, pose: people.Pose, *, facing: int = 1) -> Sprite:
    """A person of `units` percent of the picture's height, anchored at the foot."""
    side = int(high * units / 100 * 1.5)
    return sprite((side, side), (0.5, 0.9), lambda canvas: _standing(canvas, kit, pose, facing))


def _standing(canvas: Canvas, kit: people.Kit, pose: people.Pose, facing: int) -> None:
    canvas.oval(50, 90.5, 17, 2.2, (6, 12, 18), 0.4)
    people.figure(canvas, (50, 90), 66, kit, pose, facing=facing)


def _lamp_runner(high: int, units: float, kit: people.Kit, phase: float, lamp: tuple[int, int, int]) -> Sprite:
    side = int(high * units / 100 * 1.5)

    def draw(canvas: Canvas) -> None:
        canvas.oval(30, 90.5, 15, 2, (0, 0, 0), 0.45)
        head = people.figure(canvas, (30, 90), 66, kit, people.running(phase))
        for step in range(8):
            reach = 64 - step * 7
            tip, half = (head[0] + 4 + reach * 0.97, head[1] - 2 + reach * 0.25), reach * 0.2
            canvas.shape(
                [
                    (head[0] + 4, head[1] - 2),
                    (tip[0] + half * 0.3, tip[1] - half),
                    (tip[0] - half * 0.3, tip[1] + half),
                ],
                lamp,
                0.055,
            )
        canvas.oval(head[0] + 4, head[1] - 2, 2, 2, (255, 255, 245))

    return sprite((side, side), (0.3, 0.9), draw)


def _ball_sprite(high: int, radius: float, turn: int) -> Sprite:
    side = max(8, int(high * radius / 100 * 4))
    return sprite((side, side), (0.5, 0.5), lambda canvas: places.ball(canvas, 50, 50, 22 + turn * 0.01))


def _hoop(bulge: float, canvas: Canvas) -> None:
    for n in range(7):
        at = -32 + n * 64 / 6
        for lean in (7, -7):
            canvas.line(
                [(50 + at, 12), (50 + at * 0.6 + lean, 36), (50 + at * 0.5, 62 + bulge * 2)], (250, 250, 248), 1.2
            )
    canvas.line([(16, 12), (84, 12)], oklch(0.62, 0.2, 40), 4.5)


def _spun(high: int, turn: int) -> Sprite:
    side = int(high * 0.075)
    plain = sprite((side, side), (0.5, 0.5), lambda canvas: house.basketball(canvas, 50, 50, 46))
    return Sprite(plain.image.rotate(-60 * turn, Image.Resampling.BICUBIC), plain.anchor)


def _glints(canvas: Canvas, rng: Random, colour: tuple[int, int, int]) -> None:
    for _ in range(70):
        near = rng.random()
        x, y = rng.uniform(0, canvas.wide), near * 98
        canvas.box(x, y, x + 1 + 8 * near, y + 0.3 + 0.5 * near, colour, 0.5)


def _layer(size: Size, draw: Callable[[Canvas], None]) -> Image.Image:
    canvas = Canvas(size)
    draw(canvas)
    return canvas.finished()


def _slide(picture: Image.Image, layer: Image.Image, by: float, top: int) -> None:
    """Let an endless layer pass to the left."""
    shift = -(round(by) % layer.width)
    for left in (shift, shift + layer.width):
        if left < picture.width:
            picture.paste(layer, (left, top), layer if layer.mode == "RGBA" else None)
