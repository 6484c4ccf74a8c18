import base64
import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, Base

from clubkit.media import images
from clubkit.media.image_errors import BrokenImage, ImageTooLarge, NotAnImage
from clubkit.media.images import prepare


def a_picture(size=(1600, 900), kind="JPEG", mode="RGB", **options) -> bytes:
    """Left half red, right half blue."""
    image = Image.new(mode, size, (30, 30, 200) if mode == "RGB" else (30, 30, 200, 255))
    image.paste((200, 30, 30) if mode == "RGB" else (200, 30, 30, 0), (0, 0, size[0] // 2, size[1]))
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_known_kind_becomes_webp_in_three_widths(kind):
    picture = prepare(a_picture(kind=kind))
    assert (picture.width, picture.height) == (1600, 900)
    assert [(r.width, r.height) for r in picture.renditions] == [(320, 180), (640, 360), (1280, 720)]
    for rendition in picture.renditions:
        image = opened(rendition.data)
        assert (image.format, image.size) == ("WEBP", (rendition.width, rendition.height))


def test_a_small_picture_is_never_enlarged():
    assert [r.width for r in prepare(a_picture((500, 400))).renditions] == [320, 500]
    assert [r.width for r in prepare(a_picture((90, 80))).renditions] == [90]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_whatever_the_camera_noted(orientation):
    upright = Image.new("RGB", (400, 200), (30, 30, 200))
    upright.paste((200, 30, 30), (0, 0, 200, 100))
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[orientation]) if orientation > 1 else upright
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    file = BytesIO()
    stored.save(file, "JPEG", exif=exif)
    picture = prepare(file.getvalue())
    assert (picture.width, picture.height) == (400, 200)
    pixels = np.asarray(opened(picture.renditions[-1].data).convert("RGB"))
    assert pixels[40, 60, 0] > 150
    assert pixels[160, 300, 2] > 150
    assert pixels[160, 60, 2] > 150


def test_nothing_tells_where_it_was_taken():
    exif = Image.Exif()
    exif[Base.Make] = "PhoneMaker"
    exif.get_ifd(Base.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    source = a_picture(exif=exif, comment=b"my garden")
    assert b"PhoneMaker" in source
    for rendition in prepare(source).renditions:
        assert not opened(rendition.data).getexif()
        assert b"PhoneMaker" not in rendition.data
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(opened(rendition.data).info)


def test_see_through_parts_stay_see_through():
    picture = prepare(a_picture(kind="PNG", mode="RGBA"))
    alpha = np.asarray(opened(picture.renditions[0].data))[..., 3]
    assert alpha[90, 40] < 10
    assert alpha[90, 300] > 245


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "LA", "I;16"])
def test_unusual_kinds_of_pixels_are_read(mode):
    file = BytesIO()
    Image.new(mode, (64, 48)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    assert prepare(file.getvalue()).width == 64


def test_a_wide_colour_profile_is_turned_into_screen_colours():
    lab_to_wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = prepare(a_picture(icc_profile=lab_to_wide))
    assert prepare(a_picture()).colour == picture.colour
    assert "icc_profile" not in opened(picture.renditions[0].data).info
    odd = prepare(a_picture(icc_profile=b"nonsense"))
    assert odd.colour == picture.colour
    assert "icc_profile" not in opened(odd.renditions[0].data).info


def test_colour_and_tiny_stand_in_while_it_loads():
    picture = prepare(a_picture())
    red, green, blue = (int(picture.colour[n : n + 2], 16) for n in (1, 3, 5))
    assert 100 < red < 130
    assert green < 50
    assert 100 < blue < 130
    small = opened(base64.b64decode(picture.tiny.split(",")[1]))
    assert small.size == (16, 9)
    assert len(picture.tiny) < 700


# Refusals


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg xmlns='x'/>", b"%PDF-1.7", b"\x00" * 999, b"BM" + b"\x00" * 99])
def test_other_bytes_are_no_picture(data):
    with pytest.raises(NotAnImage):
        prepare(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_cut_picture_is_refused(kind, share):
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 200, 3), dtype=np.uint8))
    file = BytesIO()
    noise.save(file, kind)
    with pytest.raises((BrokenImage, NotAnImage)):
        prepare(file.getvalue()[: int(len(file.getvalue()) * share)])


def a_bomb(side: int) -> bytes:
    """A PNG of a few bytes that claims side×side pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7_100, 10_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_unfolds(side):
    with pytest.raises(ImageTooLarge, match="50 megapixels"):
        prepare(a_bomb(side))


def test_too_many_bytes_are_refused():
    with pytest.raises(ImageTooLarge, match="15 MB"):
        prepare(b"\xff\xd8" + b"\0" * images.MAX_BYTES)


def test_of_an_animation_the_first_picture_is_kept():
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    assert prepare(file.getvalue()).colour == "#ff0000"
