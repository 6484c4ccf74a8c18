"""The demo's pictures: reproducible, never twice the same, in the club's hue, and quick."""

import numpy as np
import pytest
from PIL import Image

from gateway.demo.art import COVERS, SCENES, paint, paint_cover
from gateway.demo.art_colour import mix, oklch

SMALL = (320, 200)


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image, dtype=float)


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(abs(pixels(one) - pixels(other)).mean())


@pytest.mark.parametrize("scene", SCENES)
def test_the_same_seed_paints_the_same_picture(scene):
    assert difference(paint(scene, 7, 152, SMALL), paint(scene, 7, 152, SMALL)) == 0


@pytest.mark.parametrize("scene", SCENES)
def test_no_two_seeds_look_alike(scene):
    pictures = [paint(scene, seed, 152, SMALL) for seed in range(4)]
    assert min(difference(a, b) for n, a in enumerate(pictures) for b in pictures[:n]) > 1.5


@pytest.mark.parametrize("scene", SCENES)
def test_every_club_gets_its_own_colours(scene):
    assert difference(paint(scene, 3, 30, SMALL), paint(scene, 3, 250, SMALL)) > 1


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("size", [(640, 400), (300, 300), (270, 480)])
def test_a_picture_fills_any_shape(scene, size):
    image = paint(scene, 1, 95, size)
    assert (image.size, image.mode) == (size, "RGB")
    edge = pixels(image)
    assert edge.std() > 10
    assert not (edge[-4:] == 0).all()


def test_there_is_a_scene_for_every_kind_of_club():
    assert len(SCENES) >= 12


@pytest.mark.parametrize("motif", COVERS)
def test_a_cover_is_wide_and_carries_the_hue(motif):
    image = paint_cover(motif, 1, 262, (800, 260))
    assert image.size == (800, 260)
    assert difference(image, paint_cover(motif, 1, 40, (800, 260))) > 8
    assert difference(image, paint_cover(motif, 2, 262, (800, 260))) > 1


def test_an_unknown_scene_is_an_error():
    with pytest.raises(KeyError):
        paint("quidditch", 1, 152, SMALL)


@pytest.mark.parametrize("hue", range(0, 360, 30))
def test_a_hue_keeps_its_lightness_on_the_screen(hue):
    def luma(c: tuple[int, int, int]) -> float:
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]

    assert luma(oklch(0.3, 0.1, hue)) < luma(oklch(0.6, 0.1, hue)) < luma(oklch(0.9, 0.1, hue))
    assert all(0 <= part <= 255 for part in oklch(0.7, 0.4, hue))


def test_known_colours_come_out_right():
    assert oklch(1, 0, 0) == (255, 255, 255)
    assert oklch(0, 0, 0) == (0, 0, 0)
    red, green, blue = oklch(0.628, 0.2577, 29.23)
    assert red >= 250
    assert max(green, blue) <= 12


def test_mixing_goes_from_one_to_the_other():
    assert [mix((0, 0, 0), (100, 200, 50), share) for share in (0, 0.5, 1)] == [
        (0, 0, 0),
        (50, 100, 25),
        (100, 200, 50),
    ]
