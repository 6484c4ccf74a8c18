"""Pictures for the demo world, drawn on the spot: the same scene, seed and hue is always the same picture."""

from collections.abc import Callable
from random import Random

from PIL import Image

from gateway.demo import art_covers, art_field, art_house, art_table
from gateway.demo.art_canvas import Canvas, Size

Painter = Callable[[Canvas, Random, float], None]

SCENES: dict[str, Painter] = {
    "pitch_at_dusk": art_field.pitch_at_dusk,
    "rainy_pitch": art_field.rainy_pitch,
    "line_up": art_field.line_up,
    "night_run": art_field.night_run,
    "trail": art_field.trail,
    "rowing": art_field.rowing,
    "swimmers": art_field.swimmers,
    "riders": art_field.riders,
    "climbing_wall": art_house.climbing_wall,
    "trophy_shelf": art_house.trophy_shelf,
    "cake": art_house.cake,
    "changing_room": art_house.changing_room,
    "hoop": art_house.hoop,
    "route_map": art_table.route_map,
    "clubhouse_table": art_table.clubhouse_table,
    "board_game": art_table.board_game,
    "chess": art_table.chess,
}

COVERS: dict[str, Painter] = {
    "floodlights": art_covers.floodlights,
    "contours": art_covers.contours,
    "waves": art_covers.waves,
    "sash": art_covers.sash,
    "rings": art_covers.rings,
}


def paint(scene: str, seed: int, hue: float, size: Size = (1280, 800)) -> Image.Image:
    """One of SCENES in the club's hue (degrees, OKLCH), size in pixels. Raises KeyError for another name."""
    return _painted(SCENES[scene], f"{scene}:{seed}:{hue}", hue, size)


def paint_cover(motif: str, seed: int, hue: float, size: Size = (1600, 520)) -> Image.Image:
    """A club's cover, one of COVERS."""
    return _painted(COVERS[motif], f"{motif}:{seed}:{hue}", hue, size)


def _painted(painter: Painter, seed: str, hue: float, size: Size) -> Image.Image:
    canvas = Canvas(size, (0, 0, 0))
    painter(canvas, Random(seed), hue)
    return canvas.finished()
