"""What a page says of itself: Open Graph first, then Twitter's words for the same, then its title."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin

LONGEST = {"title": 200, "description": 400, "site": 80}
_TITLE = ("og:title", "twitter:title", "title")
_DESCRIPTION = ("og:description", "twitter:description", "description")
_SITE = ("og:site_name", "application-name")
_IMAGE = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MOST_TAGS = 3_000


@dataclass(frozen=True)
class PageWords:
    """title is never empty. image: its address, or none."""

    title: str
    site: str
    description: str
    image: str | None


def read_page(body: bytes, charset: str | None, url: str) -> PageWords | None:
    """None when the page says nothing of itself."""
    head = _Head()
    head.feed(_decoded(body, charset))
    title = head.first(_TITLE, "title")
    if not title:
        return None
    image = head.first(_IMAGE, None)
    return PageWords(title, head.first(_SITE, "site"), head.first(_DESCRIPTION, "description"), _absolute(url, image))


class _Head(HTMLParser):
    """Gathers what a page's head says; takes any HTML, and stops caring where the body begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._said: dict[str, str] = {}
        self._in_title = False
        self._title: list[str] = []
        self._tags = 0
        self._over = False

    def first(self, names: tuple[str, ...], what: str | None) -> str:
        said = {"title": "".join(self._title)} | self._said
        text = next((each for name in names if (each := _one_line(said.get(name, "")))), "")
        return _shortened(text, LONGEST[what]) if what else text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags += 1
        self._over = self._over or tag == "body" or self._tags > _MOST_TAGS
        if self._over:
            return
        self._in_title = tag == "title" and not self._title
        if tag == "meta":
            values = {name: value or "" for name, value in attrs}
            name = (values.get("property") or values.get("name") or "").strip().casefold()
            if name and values.get("content"):
                self._said.setdefault(name, values["content"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title and not self._over:
            self._title.append(data[:1_000])


def _decoded(body: bytes, charset: str | None) -> str:
    named = _CHARSET.search(body[:4_096])
    for name in (charset, named.group(1).decode("ascii") if named else None, "utf-8"):
        if name:
            try:
                return body.decode(name, "replace")
            except (LookupError, UnicodeError, ValueError):
                continue
    return body.decode("utf-8", "replace")


def _one_line(text: str) -> str:
    """Without line breaks and without the marks that turn the direction of writing."""
    visible = "".join(" " if c.isspace() else c for c in text if c.isprintable() or c.isspace())
    return " ".join(visible.split())


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _absolute(url: str, image: str) -> str | None:
    if not image:
        return None
    try:
        return urljoin(url, image)
    except ValueError:
        return None
