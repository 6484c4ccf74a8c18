"""Pictures from outside: verified, turned upright, stripped of what they tell, and re-encoded as WebP."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from clubkit.media.image_errors import BrokenImage, ImageTooLarge, NotAnImage

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 50_000_000
WIDTHS = (320, 640, 1280)
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_QUALITY = 80


@dataclass(frozen=True)
class Rendition:
    """One size of a picture, WebP."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Picture:
    """width and height are of the upright original; renditions rise in width.

    colour is the average as "#rrggbb"; tiny is a data URI of a few pixels to show while loading.
    """

    width: int
    height: int
    colour: str
    tiny: str
    renditions: tuple[Rendition, ...]


def prepare(data: bytes, widths: Sequence[int] = WIDTHS) -> Picture:
    """Decode and re-encode an uploaded picture; of an animation the first frame. Never enlarges.

    Raises NotAnImage, ImageTooLarge (bytes or pixels, before any pixel is decoded), BrokenImage.
    """
    if len(data) > MAX_BYTES:
        raise ImageTooLarge(f"{MAX_BYTES // 1024 // 1024} MB")
    upright = _upright(_opened(data), max(widths))
    width, height, image = upright
    wanted = sorted({min(w, width, image.width) for w in widths})
    return Picture(
        width=width,
        height=height,
        colour=average_colour(image),
        tiny=tiny(image),
        renditions=tuple(rendition(image, w) for w in wanted),
    )


def rendition(image: Image.Image, width: int) -> Rendition:
    """The picture at this width as WebP, without any metadata."""
    height = max(1, round(image.height * width / image.width))
    small = image if image.width == width else image.resize((width, height), Image.Resampling.LANCZOS)
    return Rendition(small.width, small.height, as_webp(small))


def as_webp(image: Image.Image, quality: int = _QUALITY) -> bytes:
    file = BytesIO()
    # A fresh copy of the pixels alone: `info` would carry EXIF and profiles along.
    Image.frombytes(image.mode, image.size, image.tobytes()).save(file, "WEBP", quality=quality, method=4)
    return file.getvalue()


def average_colour(image: Image.Image) -> str:
    """The mean colour as "#rrggbb"; transparent parts count as white."""
    red, green, blue = _flat(image).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


def tiny(image: Image.Image) -> str:
    """A data URI of at most 16×16 pixels, a few hundred bytes, to blur behind a loading picture."""
    small = _flat(image)
    small.thumbnail((16, 16), Image.Resampling.BOX)
    return "data:image/webp;base64," + base64.b64encode(as_webp(small, quality=40)).decode()


def _opened(data: bytes) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=_FORMATS)
    except UnidentifiedImageError as error:
        raise NotAnImage from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooLarge(f"{MAX_PIXELS // 1_000_000} megapixels") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise BrokenImage from error
    if image.width * image.height > MAX_PIXELS:
        raise ImageTooLarge(f"{MAX_PIXELS // 1_000_000} megapixels")
    return image


def _upright(image: Image.Image, widest: int) -> tuple[int, int, Image.Image]:
    """(width, height of the upright original, decoded picture, perhaps already smaller)."""
    try:
        sideways = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
        width, height = (image.height, image.width) if sideways else image.size
        # JPEG can decode at a fraction: a 50-megapixel photo then never exists in memory.
        image.draft("RGB", (widest * 2, widest * 2))
        image.load()
        upright = ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, IndexError) as error:
        raise BrokenImage from error
    return width, height, _in_srgb(upright)


def _in_srgb(image: Image.Image) -> Image.Image:
    """Screen colours: phones save wider ones, whose numbers look dull when taken as sRGB."""
    profile = image.info.get("icc_profile")
    see_through = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    plain = image.convert("RGBA" if see_through else "RGB")
    if not profile or image.mode != "RGB":
        return plain
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        screen = ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return plain
    return screen or plain


def _flat(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image).convert("RGB")
