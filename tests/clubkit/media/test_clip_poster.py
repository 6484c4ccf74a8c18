import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from clubkit.media import posters
from clubkit.media.clips import poster
from tests.clubkit.media.clips import a_clip, black, black_then_picture, is_bluish, is_reddish


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"))


def test_a_clip_that_fades_in_from_black_gets_a_picture(tmp_path):
    still = poster(a_clip(tmp_path / "a.mp4", seconds=4, paint=black_then_picture))
    assert pixels(still.data).mean() > 50
    assert still.at >= 1.0


def test_an_all_black_clip_still_has_a_poster(tmp_path):
    still = poster(a_clip(tmp_path / "a.mp4", paint=black))
    assert pixels(still.data).mean() < 10
    assert still.colour == "#000000"


def test_the_chosen_second_is_taken(tmp_path):
    path = a_clip(tmp_path / "a.mp4", seconds=3, paint=black_then_picture)
    assert pixels(poster(path, at=0.2).data).mean() < 10
    assert pixels(poster(path, at=2.0).data).mean() > 50


@pytest.mark.parametrize("at", [-5.0, 500.0])
def test_a_second_outside_the_clip_gives_its_nearest_end(tmp_path, at):
    assert poster(a_clip(tmp_path / "a.mp4"), at=at).width == 320


def test_a_turned_clip_has_an_upright_poster(tmp_path):
    still = poster(a_clip(tmp_path / "a.mp4", turned=90))
    assert (still.width, still.height) == (240, 320)
    picture = pixels(still.data)
    assert is_reddish(picture[160, 220])
    assert is_bluish(picture[160, 20])


def test_colour_and_tiny_stand_in_while_it_loads(tmp_path):
    still = poster(a_clip(tmp_path / "a.mp4"))
    red, green, blue = (int(still.colour[n : n + 2], 16) for n in (1, 3, 5))
    assert green < red
    assert green < blue
    kind, data = still.tiny.split(",")
    assert kind == "data:image/webp;base64"
    assert max(Image.open(BytesIO(base64.b64decode(data))).size) == 16


def test_a_fade_is_less_clear_than_any_picture():
    pale = Image.new("L", (64, 64), 250)
    specks = np.zeros((64, 64), np.uint8)
    specks[:4] = 255
    dim = Image.fromarray(specks)
    picture = Image.fromarray(np.tile(np.arange(100, 160, dtype=np.uint8), (64, 1)))
    assert posters.clarity(picture) > max(posters.clarity(pale), posters.clarity(dim))
