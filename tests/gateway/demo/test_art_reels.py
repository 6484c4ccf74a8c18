"""The demo's reels are real clips: portrait, moving, with sound, accepted by the hub's own probe."""

from pathlib import Path

import av
import numpy as np
import pytest

from clubkit.media.clips import probe
from gateway.demo.art_reels import REELS, render_reel
from gateway.demo.art_sound import BEDS, RATE, SOUNDS, mixed

SMALL = (180, 320)


def stills(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as clip:
        return [frame.to_ndarray(format="gray").astype(float) for frame in clip.decode(video=0)]


@pytest.mark.parametrize("scene", REELS)
def test_a_reel_is_a_clip_that_a_member_could_upload(scene, tmp_path):
    path = tmp_path / "reel.mp4"
    render_reel(scene, 1, 152, path, 4, size=SMALL)
    found = probe(path)
    assert (found.width, found.height, found.video_codec, found.has_audio) == (*SMALL, "h264", True)
    assert found.duration == pytest.approx(4, abs=0.1)
    assert [f.name for f in tmp_path.iterdir()] == ["reel.mp4"]


@pytest.mark.parametrize("scene", REELS)
def test_something_moves_in_every_second(scene, tmp_path):
    path = tmp_path / "reel.mp4"
    render_reel(scene, 2, 30, path, 5, size=SMALL)
    pictures = stills(path)
    assert len(pictures) == 150
    for second in range(5):
        chunk = pictures[second * 30 : second * 30 + 30]
        assert max(abs(a - chunk[0]).max() for a in chunk[1:]) > 12


def test_two_seeds_make_two_reels_and_one_seed_always_the_same(tmp_path):
    first, again, other = (tmp_path / name for name in ("a.mp4", "b.mp4", "c.mp4"))
    render_reel("darts", 1, 152, first, 4, size=SMALL)
    render_reel("darts", 1, 152, again, 4, size=SMALL)
    render_reel("darts", 4, 210, other, 4, size=SMALL)
    pictures = stills(first)
    assert max(abs(a - b).max() for a, b in zip(pictures, stills(again), strict=True)) == 0
    assert max(abs(a - b).max() for a, b in zip(pictures, stills(other), strict=True)) > 12


@pytest.mark.parametrize(("asked", "given"), [(1, 4), (60, 12)])
def test_a_reel_is_four_to_twelve_seconds(tmp_path, asked, given):
    path = tmp_path / "reel.mp4"
    render_reel("darts", 2, 152, path, asked, size=(90, 160))
    assert probe(path).duration == pytest.approx(given, abs=0.1)


def test_every_third_seed_is_silent(tmp_path):
    path = tmp_path / "reel.mp4"
    render_reel("goal", 2, 152, path, 4, size=SMALL)
    assert not probe(path).has_audio


@pytest.mark.parametrize("bed", BEDS)
def test_sound_stays_in_bounds_and_begins_and_ends_softly(bed):
    wave = mixed(3, [(0.5, name) for name in SOUNDS], bed, 1)
    assert wave.shape == (3 * RATE,)
    assert abs(wave).max() <= 0.95
    assert abs(wave[:50]).max() < 0.02
    assert abs(wave[-50:]).max() < 0.02


@pytest.mark.parametrize("name", SOUNDS)
def test_each_sound_is_heard_where_it_was_cued(name):
    quiet, loud = mixed(3, [], "hall", 1), mixed(3, [(1.0, name)], "hall", 1)
    added = abs(loud - quiet)
    assert added[: RATE - 10].max() < 1e-6
    assert added[RATE : 2 * RATE].max() > 0.03
