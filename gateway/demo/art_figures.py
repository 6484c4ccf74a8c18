"""People, drawn flat: two-bone limbs on a leaning body, in the colours of their club."""

from dataclasses import dataclass
from math import cos, pi, radians, sin
from random import Random

from gateway.demo.art_canvas import Canvas, Point
from gateway.demo.art_colour import HAIRS, SKINS, Colour, mix, oklch

Limb = tuple[float, float]
"""Degrees: the upper bone from straight down (forward is positive), then the bend of the joint."""


@dataclass(frozen=True)
class Kit:
    shirt: Colour
    shorts: Colour
    socks: Colour
    skin: Colour
    hair: Colour


@dataclass(frozen=True)
class Pose:
    """Limbs come as far, near; knees bend backward, elbows forward."""

    legs: tuple[Limb, Limb] = ((-7, 2), (7, 2))
    arms: tuple[Limb, Limb] = ((-12, 14), (12, 14))
    lean: float = 0


STAND = Pose()
KICK = Pose(legs=((-18, 12), (52, 12)), arms=((48, 20), (-62, 25)), lean=-6)
CHEER = Pose(legs=((-10, 4), (12, 6)), arms=((148, 22), (168, 10)), lean=2)
DIVE = Pose(legs=((-20, 30), (-6, 50)), arms=((165, 0), (178, 0)), lean=62)
RELAX = Pose(legs=((-4, 0), (8, 2)), arms=((-30, 100), (18, 20)), lean=-1)
THROW = Pose(legs=((-14, 8), (16, 12)), arms=((-20, 20), (150, 40)), lean=-4)
EMBRACE = Pose(legs=((-7, 1), (7, 1)), arms=((-78, 6), (78, 6)))


def a_kit(rng: Random, hue: float, *, away: bool = False, dim: float = 0.0) -> Kit:
    """The club's colours, or the visitors'; dim mixes all toward night."""
    shirt = oklch(0.9, 0.02, hue + 60) if away else oklch(0.6, 0.17, hue)
    shorts = oklch(0.3, 0.04, hue + 60) if away else oklch(0.95, 0.01, hue)
    socks = mix(shirt, (20, 20, 30), 0.15)
    parts = [shirt, shorts, socks, rng.choice(SKINS), rng.choice(HAIRS)]
    return Kit(*(mix(part, (14, 18, 34), dim) for part in parts))


def in_shadow(colour: Colour) -> Kit:
    """A silhouette against the light."""
    return Kit(colour, mix(colour, (0, 0, 0), 0.15), colour, colour, colour)


def running(phase: float, effort: float = 1.0) -> Pose:
    """One moment of a stride; phase 0…1 is a whole one."""
    turn = 2 * pi * phase
    swing, other = sin(turn), sin(turn + pi)
    knees = [14 + 62 * max(0.0, cos(turn + shift)) for shift in (pi * 0.85, pi * 1.85)]
    return Pose(
        legs=((40 * effort * swing + 8, knees[0]), (40 * effort * other + 8, knees[1])),
        arms=((38 * effort * other - 4, 78), (38 * effort * swing - 4, 78)),
        lean=9 * effort,
    )


def figure(canvas: Canvas, foot: Point, height: float, kit: Kit, pose: Pose = STAND, *, facing: int = 1) -> Point:
    """Draw a person standing at `foot`; facing 1 is right, -1 left. Returns where the head is."""
    drawn = _Drawn(canvas, foot, height, facing)
    hip = drawn.hip(pose)
    neck = drawn.out(hip, 180 - pose.lean, 0.31)
    shoulder = drawn.out(hip, 180 - pose.lean, 0.29)
    far = mix(kit.shirt, (10, 12, 24), 0.22)
    drawn.arm(shoulder, pose.arms[0], far, mix(kit.skin, (10, 12, 24), 0.18), pose.lean)
    drawn.leg(hip, pose.legs[0], kit, 0.2)
    drawn.leg(hip, pose.legs[1], kit, 0)
    drawn.body(hip, shoulder, kit)
    head = drawn.out(neck, 180 - pose.lean * 0.6, 0.105)
    drawn.bone(neck, head, 0.055, kit.skin)
    canvas.oval(*head, 0.068 * height, 0.076 * height, kit.skin)
    drawn.hair(head, kit)
    drawn.arm(shoulder, pose.arms[1], kit.shirt, kit.skin, pose.lean)
    return head


@dataclass(frozen=True)
class _Drawn:
    canvas: Canvas
    foot: Point
    height: float
    facing: int

    def out(self, start: Point, angle: float, length: float) -> Point:
        """The end of a bone; angle from straight down, forward positive."""
        reach = length * self.height
        return start[0] + self.facing * reach * sin(radians(angle)), start[1] + reach * cos(radians(angle))

    def hip(self, pose: Pose) -> Point:
        """High enough that the lower foot touches the ground."""
        lowest = max(0.245 * cos(radians(upper)) + 0.25 * cos(radians(upper - bend)) for upper, bend in pose.legs)
        return self.foot[0], self.foot[1] - (max(0.12, lowest) + 0.02) * self.height

    def bone(self, start: Point, end: Point, width: float, colour: Colour) -> None:
        self.canvas.line([start, end], colour, width * self.height)

    def leg(self, hip: Point, limb: Limb, kit: Kit, shade: float) -> None:
        dark = (10, 12, 24)
        knee = self.out(hip, limb[0], 0.245)
        ankle = self.out(knee, limb[0] - limb[1], 0.235)
        toe = self.out(ankle, limb[0] - limb[1] + 78, 0.07)
        calf = self.out(knee, limb[0] - limb[1], 0.07)
        self.bone(knee, ankle, 0.062, mix(kit.skin, dark, shade))
        self.bone(calf, ankle, 0.066, mix(kit.socks, dark, shade))
        self.bone(ankle, toe, 0.056, mix((24, 26, 36), dark, shade))
        self.bone(hip, knee, 0.085, mix(kit.skin, dark, shade))
        self.bone(hip, self.out(hip, limb[0], 0.15), 0.115, mix(kit.shorts, dark, shade))

    def arm(self, shoulder: Point, limb: Limb, sleeve: Colour, skin: Colour, lean: float) -> None:
        elbow = self.out(shoulder, limb[0] + lean * 0.3, 0.16)
        hand = self.out(elbow, limb[0] + lean * 0.3 + limb[1], 0.16)
        self.bone(elbow, hand, 0.05, skin)
        self.bone(shoulder, elbow, 0.056, skin)
        self.bone(shoulder, self.out(shoulder, limb[0] + lean * 0.3, 0.1), 0.072, sleeve)

    def body(self, hip: Point, shoulder: Point, kit: Kit) -> None:
        self.bone(hip, shoulder, 0.15, kit.shirt)
        chest = (shoulder[0] * 0.8 + hip[0] * 0.2, shoulder[1] * 0.8 + hip[1] * 0.2)
        self.canvas.oval(*chest, 0.094 * self.height, 0.088 * self.height, kit.shirt)
        self.canvas.oval(*hip, 0.078 * self.height, 0.06 * self.height, kit.shorts)

    def hair(self, head: Point, kit: Kit) -> None:
        x, y = head[0] - self.facing * 0.014 * self.height, head[1] - 0.026 * self.height
        self.canvas.oval(x, y, 0.069 * self.height, 0.056 * self.height, kit.hair)
