"""The rules of looking at linked pages: once for many messages, and no page can hold up another."""

import asyncio
from collections.abc import Sequence
from typing import Any

from chat_service.messages.schemas import PreviewOut
from chat_service.previews.models import PreviewRow
from chat_service.previews.reading import read_page
from chat_service.previews.store import PreviewStore, digest_of
from clubkit.blobs.port import Blobs
from clubkit.db.work import Works
from clubkit.media import images
from clubkit.media.image_errors import BrokenImage, ImageTooLarge, NotAnImage
from clubkit.media.keeping import keep_renditions
from clubkit.outside.errors import NotFetched
from clubkit.outside.fetching import Outside

MOST_OF_A_PAGE = 256 * 1024
"""What a page says of itself stands at its beginning."""
LARGEST_IMAGE = 5 * 1024 * 1024
IMAGE_WIDTH = 640
_PAGES = {"text/html", "application/xhtml+xml"}


async def find(works: Works, blobs: Blobs, outside: Outside, links: Sequence[str]) -> tuple[PreviewOut, ...]:
    """What the pages say of themselves, in the order of the links; those that say nothing are left out.

    No transaction is open while a page is looked at.
    """
    async with works.reading() as work:
        known = await PreviewStore(work).fresh(links)
    new = [link for link in links if link not in known]
    looked = await asyncio.gather(*(_look(outside, blobs, link) for link in new))
    if looked:
        async with works.open() as work:
            await PreviewStore(work).put([row | {"looked_at": work.now} for row in looked])
    rows = [_values(known[link]) if link in known else looked[new.index(link)] for link in links]
    return tuple(_shown(blobs, row) for row in rows if row["title"])


async def _look(outside: Outside, blobs: Blobs, link: str) -> dict[str, Any]:
    nothing = {"digest": digest_of(link), "url": link, "title": "", "site": "", "description": "", "image_key": None}
    try:
        page = await outside.get(link, limit=MOST_OF_A_PAGE, accept="text/html,application/xhtml+xml;q=0.9")
    except NotFetched:
        return nothing
    if page.media_type not in _PAGES:
        return nothing
    words = await asyncio.to_thread(read_page, page.body, page.charset, page.url)
    if words is None:
        return nothing
    key = await _image(outside, blobs, words.image) if words.image else None
    said = {"title": words.title, "site": words.site, "description": words.description, "image_key": key}
    return nothing | said


async def _image(outside: Outside, blobs: Blobs, url: str) -> str | None:
    """A copy of our own: who looks at a message is not announced to the page it links to."""
    try:
        found = await outside.get(url, limit=LARGEST_IMAGE, accept="image/webp,image/jpeg,image/png,image/gif")
        if found.cut:
            return None
        prepared = await asyncio.to_thread(images.prepare, found.body, (IMAGE_WIDTH,))
    except (NotFetched, NotAnImage, ImageTooLarge, BrokenImage):
        return None
    return (await keep_renditions(blobs, prepared.renditions, kind="preview"))[0].key


def _values(row: PreviewRow) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in PreviewRow.__table__.columns}


def _shown(blobs: Blobs, row: dict[str, Any]) -> PreviewOut:
    image = blobs.url(row["image_key"]) if row["image_key"] else None
    return PreviewOut(
        url=row["url"], title=row["title"], site=row["site"], description=row["description"], image_url=image
    )
