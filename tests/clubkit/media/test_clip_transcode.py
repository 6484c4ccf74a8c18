import os
import signal
import subprocess
import sys

import av
import pytest

from clubkit.media import transcoding
from clubkit.media.atoms import top_level
from clubkit.media.clips import probe, transcode
from clubkit.media.video_errors import CannotEncode, NotAVideo
from tests.clubkit.media.clips import a_clip, first_picture, is_bluish, is_reddish

HOME = "+52.5200+013.4050/"


def test_the_index_stands_before_the_pictures(tmp_path):
    out = tmp_path / "out.mp4"
    transcode(a_clip(tmp_path / "a.mp4"), out)
    kinds = [kind for kind, _, _ in top_level(out)]
    assert kinds[0] == "ftyp"
    assert kinds.index("moov") < kinds.index("mdat")


def test_every_browser_can_play_it(tmp_path):
    out = tmp_path / "out.mp4"
    transcode(a_clip(tmp_path / "a.webm", codec="libvpx", container="webm"), out)
    with av.open(str(out)) as clip:
        picture, sound = clip.streams.video[0], clip.streams.audio[0]
        assert (picture.codec_context.name, picture.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (sound.codec_context.name, sound.rate, sound.layout.name) == ("aac", 48_000, "stereo")
    assert probe(out).duration == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1920, 1080), (1280, 720)),
        ((1080, 1920), (720, 1280)),
        ((1000, 1000), (720, 720)),
        ((320, 240), (320, 240)),
        ((642, 360), (642, 360)),
    ],
)
def test_the_shorter_side_comes_down_to_720_and_nothing_is_enlarged(size, expected):
    assert transcoding.target_size(*size, 720) == expected


def test_the_result_says_what_was_written(tmp_path):
    out = tmp_path / "out.mp4"
    rendered = transcode(a_clip(tmp_path / "a.mp4", size=(640, 480)), out, short_side=120)
    assert (rendered.width, rendered.height, rendered.size) == (160, 120, out.stat().st_size)
    assert (probe(out).width, probe(out).height) == (160, 120)
    assert rendered.duration == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_clip_comes_out_upright_and_needs_no_turning(tmp_path, turned):
    out = tmp_path / "out.mp4"
    transcode(a_clip(tmp_path / "a.mp4", turned=turned), out)
    assert probe(out).rotation == 0
    picture = first_picture(out)
    height, width, _ = picture.shape
    assert (width, height) == ((320, 240) if turned in {0, 180} else (240, 320))
    # Stored red above, blue below; turned clockwise, red goes to the right, then below, then left.
    red, blue = {
        0: ((20, 160), (220, 160)),
        90: ((160, 220), (160, 20)),
        180: ((220, 160), (20, 160)),
        270: ((160, 20), (160, 220)),
    }[turned]
    assert is_reddish(picture[red])
    assert is_bluish(picture[blue])


def test_nothing_tells_where_or_with_what_it_was_filmed(tmp_path):
    facts = {"location": HOME, "title": "My garden", "make": "PhoneMaker"}
    source = a_clip(tmp_path / "a.mov", container="mov", metadata=facts)
    assert HOME.encode() in source.read_bytes()
    out = tmp_path / "out.mp4"
    transcode(source, out)
    data = out.read_bytes()
    assert not [fact for fact in facts.values() if fact.encode() in data]


def test_a_silent_clip_stays_silent(tmp_path):
    out = tmp_path / "out.mp4"
    transcode(a_clip(tmp_path / "a.mp4", sound=False), out)
    assert not probe(out).has_audio


def test_sound_and_picture_stay_together_when_the_clock_starts_late(tmp_path):
    out = tmp_path / "out.mp4"
    transcode(a_clip(tmp_path / "a.ts", container="mpegts", late=5), out)
    with av.open(str(out)) as clip:
        lengths = [float(s.duration * s.time_base) for s in clip.streams]
        assert max(float((s.start_time or 0) * s.time_base) for s in clip.streams) < 0.1
        loudness = [abs(frame.to_ndarray()).max() for frame in clip.decode(audio=0)]
    assert lengths == pytest.approx([2.0, 2.0], abs=0.15)
    assert min(loudness[5:80]) > 0.1


def test_sixty_pictures_a_second_become_thirty(tmp_path):
    out = tmp_path / "out.mp4"
    transcode(a_clip(tmp_path / "a.mp4", rate=60), out)
    with av.open(str(out)) as clip:
        assert sum(1 for _ in clip.decode(video=0)) == pytest.approx(60, abs=2)


def test_progress_rises_to_one(tmp_path):
    told: list[float] = []
    transcode(a_clip(tmp_path / "a.mp4", seconds=3), tmp_path / "out.mp4", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 5


def test_a_refused_clip_leaves_nothing(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_bytes(b"no video")
    with pytest.raises(NotAVideo):
        transcode(path, tmp_path / "out.mp4")
    assert [f.name for f in tmp_path.iterdir()] == ["a.mp4"]


def test_stopping_half_way_leaves_nothing_and_the_old_result_stands(tmp_path):
    class Stop(Exception):  # noqa: N818
        pass

    def stop(done: float) -> None:
        raise Stop

    out = tmp_path / "out.mp4"
    out.write_bytes(b"the one before")
    source = a_clip(tmp_path / "a.mp4")
    with pytest.raises(Stop):
        transcode(source, out, progress=stop)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["a.mp4", "out.mp4"]
    assert out.read_bytes() == b"the one before"


def test_a_killed_worker_leaves_no_half_result_and_the_next_one_succeeds(tmp_path):
    source, out = a_clip(tmp_path / "a.mp4", seconds=8, size=(960, 540), sound=False), tmp_path / "out.mp4"
    code = (
        "import sys; from pathlib import Path; from clubkit.media.clips import transcode;"
        "transcode(Path(sys.argv[1]), Path(sys.argv[2]), progress=lambda p: print(p, flush=True))"
    )
    with subprocess.Popen([sys.executable, "-c", code, source, out], stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        os.kill(worker.pid, signal.SIGKILL)
    assert not out.exists()
    transcode(source, out)
    assert probe(out).duration == pytest.approx(8, abs=0.1)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["a.mp4", "out.mp4"]


def test_memory_does_not_grow_with_the_clip(tmp_path):
    code = (
        "import sys, resource; from pathlib import Path; from clubkit.media.clips import transcode;"
        "transcode(Path(sys.argv[1]), Path(sys.argv[2]));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )

    def peak_megabytes(seconds: int) -> float:
        source = a_clip(tmp_path / f"{seconds}.mp4", seconds=seconds)
        command = [sys.executable, "-c", code, source, tmp_path / "out.mp4"]
        return int(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout) / 1024

    assert peak_megabytes(40) < peak_megabytes(3) + 25


def test_a_few_damaged_moments_do_not_cost_the_clip(tmp_path):
    path = a_clip(tmp_path / "a.mp4", seconds=4, sound=False)
    data = bytearray(path.read_bytes())
    middle = (data.index(b"mdat") + data.index(b"moov")) // 2
    data[middle : middle + 40] = b"\x00" * 40
    path.write_bytes(data)
    assert transcode(path, tmp_path / "out.mp4").duration == pytest.approx(4.0, abs=0.3)


def test_a_build_without_an_encoder_says_so(monkeypatch):
    monkeypatch.setattr(transcoding, "ENCODERS", ("h264_of_nowhere",))
    with pytest.raises(CannotEncode):
        transcoding.encoder()


def test_loading_the_door_does_not_load_the_media_library():
    code = "import sys, clubkit.media.clips; sys.exit('av' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
