"""Which links of a message are worth a look, and what a page says of itself."""

import time

import pytest

from chat_service.previews.links import links_in
from chat_service.previews.reading import read_page


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("see https://a.example/x, and http://b.example.", ["https://a.example/x", "http://b.example"]),
        ("(https://a.example/wiki/Goal_(sport))", ["https://a.example/wiki/Goal_(sport)"]),
        ("**https://a.example/x**", ["https://a.example/x"]),
        ("HTTPS://A.example/X?q=1&r=2#part", ["HTTPS://A.example/X?q=1&r=2#part"]),
        ("https://a.example https://a.example", ["https://a.example"]),
        ("http://a.example http://b.example http://c.example http://d.example",
         ["http://a.example", "http://b.example", "http://c.example"]),
        ("`https://a.example` and ```\nhttps://b.example\n```", []),
        ("<https://quiet.example>", []),
        ("ftp://a.example javascript:alert(1) //a.example xhttps://a.example", []),
        ("https:// http://", []),
        ("https://hub.example/chat/1 is ours", []),
        ("https://münchen.example/ß", ["https://münchen.example/ß"]),
        ("https://[::1", []),
        ("https://a.example/" + "x" * 3_000, []),
    ],
)  # fmt: skip
def test_links_are_found_as_a_reader_sees_them(body: str, links: list[str]) -> None:
    assert list(links_in(body, own="https://hub.example")) == links


def test_a_page_is_told_by_its_own_words() -> None:
    page = """<!doctype html><html><head><title>Plain</title>
      <meta property="og:title" content="Riverside &amp; friends"> <meta name="description" content="  Football
      by the river "><meta property="og:site_name" content="RFC"><meta property="og:image" content="/crest.png">
      </head><body><meta property="og:title" content="too late"></body>"""
    words = read_page(page.encode(), "utf-8", "https://club.example/a/b")
    assert words is not None
    assert (words.title, words.description, words.site) == ("Riverside & friends", "Football by the river", "RFC")
    assert words.image == "https://club.example/crest.png"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (b"<title>Just this</title>", "Just this"),
        (b"<meta name='twitter:title' content='Said here'>", "Said here"),
        ("<meta charset=latin-1><title>Fußball</title>".encode("latin-1"), "Fußball"),
        (b"<title>" + b"x" * 500, "x" * 199 + "…"),
        ("<title>a\u202eb\n\tc</title>".encode(), "ab c"),
        (b"<script>var t = '<title>no</title>'</script><title>yes</title>", "yes"),
    ],
)
def test_titles_of_all_kinds_are_read(page: bytes, title: str) -> None:
    words = read_page(page, None, "https://a.example/")
    assert words is not None
    assert words.title == title


@pytest.mark.parametrize("page", [b"", b"<p>words</p>", b"<title> </title>", b"\xff\xfe\x00", b"{}"])
def test_a_page_that_says_nothing_of_itself_has_no_preview(page: bytes) -> None:
    assert read_page(page, "no-such-charset", "https://a.example/") is None


@pytest.mark.parametrize("piece", [b"<!--", b"<![CDATA[", b"<a ", b"<meta x='", b"&", b"<title", b"</", b"<!", b"<?"])
def test_a_page_made_to_be_slow_is_read_in_a_moment(piece: bytes) -> None:
    started = time.process_time()
    read_page(piece * (256 * 1024 // len(piece)), None, "https://a.example/")
    assert time.process_time() - started < 5
