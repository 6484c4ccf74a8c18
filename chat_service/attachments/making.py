"""From an uploaded file to what is kept of it."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from chat_service.attachments.recognising import nature_of, plain_name, sound_type
from clubkit.blobs.port import Blobs
from clubkit.ids import new_id
from clubkit.media import clips, images
from clubkit.media.clips import Poster, Probe
from clubkit.media.keeping import drop, keep_bytes, keep_renditions
from clubkit.media.video_errors import BrokenVideo, NotAVideo, TooLong, VideoTooLarge

Kind = Literal["image", "file", "video", "audio"]
KIND = "attachment"
WIDTHS = (640, 1600)
"""Of a picture in the talk, and of it alone on the screen."""
CLIP, POSTER, FILE = "clip", "poster", "file"


@dataclass
class Made:
    """files: variant → {key, type}, as `AttachmentRow` keeps them. source: a clip still to be prepared, in scratch."""

    kind: Kind
    name: str
    size: int
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    width: int | None = None
    height: int | None = None
    source: str | None = None


async def make(blobs: Blobs, upload: Path, name: str) -> Made:
    """Keeps the files; the upload is moved or left for the caller to remove.

    Raises NotAnImage, ImageTooLarge, BrokenImage, Truncated, StorageFull; then nothing is kept.
    """
    name = plain_name(name)
    nature = await asyncio.to_thread(nature_of, upload)
    if nature == "picture":
        return await _picture(blobs, upload, name)
    if nature == "clip":
        return await _clip(blobs, upload, name)
    media_type = await asyncio.to_thread(sound_type, upload) if nature == "sound" else "application/octet-stream"
    return await _as_it_is(blobs, upload, name, "audio" if nature == "sound" else "file", media_type)


async def _picture(blobs: Blobs, upload: Path, name: str) -> Made:
    prepared = await asyncio.to_thread(lambda: images.prepare(upload.read_bytes(), WIDTHS))
    sizes = await keep_renditions(blobs, prepared.renditions, kind=KIND)
    files = {str(size.width): {"key": size.key, "type": "image/webp"} for size in sizes}
    largest = prepared.renditions[-1]
    stem = name.rpartition(".")[0] or name
    return Made("image", f"{stem}.webp", len(largest.data), files, largest.width, largest.height)


async def _clip(blobs: Blobs, upload: Path, name: str) -> Made:
    try:
        clip = await asyncio.to_thread(clips.probe, upload)
        poster = await asyncio.to_thread(clips.poster, upload)
    except NotAVideo:
        # Sound in a container of films, as phones and browsers record it; or something else in one.
        heard = await asyncio.to_thread(clips.has_sound, upload)
        media_type = await asyncio.to_thread(sound_type, upload) if heard else "application/octet-stream"
        return await _as_it_is(blobs, upload, name, "audio" if heard else "file", media_type)
    except (TooLong, VideoTooLarge, BrokenVideo):
        return await _as_it_is(blobs, upload, name, "file", "application/octet-stream")
    return await _film(blobs, upload, name, clip, poster)


async def _film(blobs: Blobs, upload: Path, name: str, clip: Probe, poster: Poster) -> Made:
    size = (await asyncio.to_thread(upload.stat)).st_size
    made = Made("video", name, size, width=clip.width, height=clip.height)
    try:
        still = await keep_bytes(blobs, poster.data, kind=KIND, suffix=".webp")
        made.files[POSTER] = {"key": still, "type": "image/webp"}
        suffix = await asyncio.to_thread(clips.container_for, upload, clip)
        if suffix is None:
            made.source = await asyncio.to_thread(_aside, upload, blobs.scratch())
        else:
            made.files[CLIP] = await _rewrapped(blobs, upload, suffix)
    except BaseException:
        await drop(blobs, (file["key"] for file in made.files.values()))
        raise
    return made


async def _rewrapped(blobs: Blobs, upload: Path, suffix: str) -> dict[str, Any]:
    out = blobs.scratch() / f"{new_id()}{suffix}"
    try:
        await asyncio.to_thread(clips.rewrap, upload, out)
        return {"key": await blobs.put(out, kind=KIND, suffix=suffix), "type": f"video/{suffix[1:]}"}
    finally:
        await asyncio.to_thread(out.unlink, missing_ok=True)


async def _as_it_is(blobs: Blobs, upload: Path, name: str, kind: Kind, media_type: str) -> Made:
    size = (await asyncio.to_thread(upload.stat)).st_size
    key = await blobs.put(upload, kind=KIND, suffix=".bin")
    return Made(kind, name, size, {FILE: {"key": key, "type": media_type}})


def _aside(upload: Path, scratch: Path) -> str:
    """The upload under a name of its own, so that it outlives the request that brought it."""
    aside = scratch / f"{new_id()}.clip"
    upload.rename(aside)
    return aside.name
