import pytest
from PIL import Image

from clubkit.media import clips
from clubkit.media.clips import probe
from clubkit.media.video_errors import BrokenVideo, NotAVideo, TooLong, Truncated, VideoTooLarge
from tests.clubkit.media.clips import a_clip


def test_a_clip_tells_its_length_size_and_codecs(tmp_path):
    found = probe(a_clip(tmp_path / "a.mp4", seconds=2, size=(320, 240)))
    assert (found.width, found.height, found.rotation, found.has_audio) == (320, 240, 0, True)
    assert (found.video_codec, found.audio_codec) == ("h264", "aac")
    assert found.duration == pytest.approx(2.0, abs=0.1)


def test_a_clip_without_sound_is_fine(tmp_path):
    found = probe(a_clip(tmp_path / "a.mp4", sound=False))
    assert not found.has_audio
    assert found.audio_codec is None


@pytest.mark.parametrize(("turned", "seen"), [(90, (240, 320)), (180, (320, 240)), (270, (240, 320))])
def test_a_turned_phone_gives_the_size_as_seen(tmp_path, turned, seen):
    found = probe(a_clip(tmp_path / "a.mp4", turned=turned))
    assert ((found.width, found.height), found.rotation) == (seen, turned)


@pytest.mark.parametrize(
    ("name", "codec", "kind"),
    [("a.webm", "libvpx", "webm"), ("a.mov", "libx264", "mov"), ("a.mkv", "libx264", "matroska")],
)
def test_the_containers_of_phones_and_browsers_are_read(tmp_path, name, codec, kind):
    path = a_clip(tmp_path / name, codec=codec, container=kind)
    assert probe(path).duration == pytest.approx(2.0, abs=0.1)


def test_the_name_of_the_file_does_not_matter(tmp_path):
    path = a_clip(tmp_path / "a.mp4")
    assert probe(path.rename(tmp_path / "holiday.jpg")).video_codec == "h264"


def test_an_empty_file_is_no_video(tmp_path):
    path = tmp_path / "a.mp4"
    path.touch()
    with pytest.raises(NotAVideo, match="empty"):
        probe(path)


@pytest.mark.parametrize("data", [b"hello", b"\x00" * 5000, b"<html>" * 900, b"\x00\x00\x00\x18ftypmp42"])
def test_other_bytes_are_no_video(tmp_path, data):
    path = tmp_path / "a.mp4"
    path.write_bytes(data)
    with pytest.raises((NotAVideo, Truncated)):
        probe(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_called_mp4_is_no_video(tmp_path, kind):
    path = tmp_path / "a.mp4"
    Image.new("RGB", (64, 64), "teal").save(path, kind)
    with pytest.raises(NotAVideo):
        probe(path)


def test_a_playlist_cannot_make_the_server_read_other_files(tmp_path):
    inner = a_clip(tmp_path / "inner.mp4")
    playlist = tmp_path / "a.mp4"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://{inner}\n#EXT-X-ENDLIST\n")
    with pytest.raises(NotAVideo):
        probe(playlist)
    playlist.write_text(f"ffconcat version 1.0\nfile '{inner}'\n")
    with pytest.raises(NotAVideo):
        probe(playlist)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_an_upload_that_stopped_is_told_as_such(tmp_path, share):
    path = a_clip(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(Truncated):
        probe(path)


def test_a_cut_fast_start_clip_is_noticed_though_its_index_is_there(tmp_path):
    whole = tmp_path / "whole.mp4"
    clips.transcode(a_clip(tmp_path / "a.mp4", seconds=4), whole)
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 3 // 4])
    with pytest.raises(Truncated):
        probe(cut)


def test_a_cut_matroska_clip_is_noticed(tmp_path):
    path = a_clip(tmp_path / "a.mkv", seconds=6, container="matroska", size=(640, 480))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Truncated):
        probe(path)


def test_ninety_seconds_fit_and_more_do_not(tmp_path):
    slow = {"rate": 2, "size": (64, 64), "sound": False}
    assert probe(a_clip(tmp_path / "fits.mp4", seconds=90, **slow)).duration == pytest.approx(90, abs=0.5)
    with pytest.raises(TooLong, match=r"95 seconds.*room for 90"):
        probe(a_clip(tmp_path / "long.mp4", seconds=95, **slow))


def test_too_many_bytes_are_refused_before_they_are_read(tmp_path):
    path = tmp_path / "a.mp4"
    with path.open("wb") as file:
        file.truncate(clips.MAX_BYTES + 1)
    with pytest.raises(VideoTooLarge, match="200 MB"):
        probe(path)


def test_a_picture_too_wide_is_refused(tmp_path):
    path = a_clip(tmp_path / "a.mp4", size=(clips.MAX_SIDE + 64, 64), seconds=0.2, sound=False)
    with pytest.raises(VideoTooLarge, match="4096"):
        probe(path)


def test_scrambled_pictures_are_broken(tmp_path):
    path = a_clip(tmp_path / "a.mp4", sound=False)
    data = bytearray(path.read_bytes())
    start = data.index(b"mdat") + 4
    end = data.index(b"moov") - 4
    data[start:end] = b"\xff" * (end - start)
    path.write_bytes(data)
    with pytest.raises(BrokenVideo):
        probe(path)


def test_sound_alone_is_no_video(tmp_path):
    import av

    from tests.clubkit.media.clips import _tone

    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as clip:
        tone = clip.add_stream("aac", rate=48_000, layout="mono")
        clip.mux(tone.encode(_tone(1.0)))
        clip.mux(tone.encode(None))
    with pytest.raises(NotAVideo, match="no moving picture"):
        probe(path)


def test_every_refusal_is_a_sentence_without_jargon():
    for refusal in (NotAVideo(), TooLong(95, 90), VideoTooLarge("200 MB"), Truncated(), BrokenVideo()):
        assert str(refusal).endswith((".", "?"))
        assert not any(word in str(refusal).lower() for word in ("moov", "codec", "stream", "ffmpeg", "errno"))
