"""The links in a message that are worth a look."""

import re
from urllib.parse import urlsplit

MOST_LINKS = 3
LONGEST_LINK = 2_000

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_LINK = re.compile(r"(?<![\w<])https?://[^\s<>\"`{}|\\^]+", re.IGNORECASE)
_TRAILING = ".,;:!?'\"*_~…"


def links_in(body: str, *, own: str = "") -> tuple[str, ...]:
    """At most three, each once, in order. Not those in code or in <angle brackets>, and none of the hub's own pages."""
    found: dict[str, None] = {}
    for match in _LINK.finditer(_CODE.sub(" ", body)):
        link = _without_tail(match.group())
        if len(link) <= LONGEST_LINK and _is_elsewhere(link, own):
            found[link] = None
    return tuple(found)[:MOST_LINKS]


def _without_tail(link: str) -> str:
    """Without the sentence's own punctuation; a closing bracket stays when the link opened it."""
    while link:
        if (
            link[-1] in _TRAILING
            or (link[-1] == ")" and link.count("(") < link.count(")"))
            or (link[-1] == "]" and link.count("[") < link.count("]"))
        ):
            link = link[:-1]
        else:
            break
    return link


def _is_elsewhere(link: str, own: str) -> bool:
    try:
        host = urlsplit(link).netloc
    except ValueError:
        return False
    return bool(host) and host.casefold() != urlsplit(own).netloc.casefold()
