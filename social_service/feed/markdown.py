"""A post's text as HTML: a small part of CommonMark, then a sanitiser that trusts nothing before it."""

import re

import nh3
from markdown_it import MarkdownIt

RULES = (
    "emphasis",
    "strikethrough",
    "backticks",
    "link",
    "autolink",
    "newline",
    "escape",
    "list",
    "blockquote",
    "fence",
)
TAGS = {"p", "br", "em", "strong", "s", "code", "pre", "a", "ul", "ol", "li", "blockquote"}
_BARE = re.compile(r"(?<![\w<(\[/=\"'`])https?://[^\s<>()\[\]\"'`]+[^\s<>()\[\]\"'`.,;:!?]")


def to_html(text: str) -> str:
    """Sanitised HTML. Links open elsewhere, pass on neither referrer nor rank, and lead to http, https or mail only."""
    parser = MarkdownIt("zero", {"html": False, "breaks": True}).enable(list(RULES))
    return nh3.clean(
        parser.render(_BARE.sub(lambda found: f"<{found.group()}>", text)),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow ugc",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    ).strip()
