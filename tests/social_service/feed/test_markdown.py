"""Markdown: what a post may look like, and nothing that could do harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_service.feed.markdown import TAGS, to_html

REL = 'target="_blank" rel="noopener noreferrer nofollow ugc"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "<p>plain</p>"),
        ("two\nlines", "<p>two<br>\nlines</p>"),
        ("**bold** *soft* ~~gone~~ `code`", "<p><strong>bold</strong> <em>soft</em> <s>gone</s> <code>code</code></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("# not a heading", "<p># not a heading</p>"),
        ("![no](picture.png)", "<p>![no](picture.png)</p>"),
        ("[site](https://a.example)", f'<p><a href="https://a.example" {REL}>site</a></p>'),
        (
            "see https://a.example/x?y=1.",
            f'<p>see <a href="https://a.example/x?y=1" {REL}>https://a.example/x?y=1</a>.</p>',
        ),
        ("`https://a.example`", "<p><code>https://a.example</code></p>"),
        ("", ""),
    ],
)
def test_a_small_part_of_markdown_is_rendered(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        '[x](https://a.example" onclick="alert(1))',
        "<a href='https://a.example' style='x'>",
        "[x]( \tjava\nscript:alert(1))",
    ],
)
def test_nothing_that_could_run_comes_through(text: str) -> None:
    html = to_html(text)
    hrefs = re.findall(r'href="([^"]*)"', html)
    assert all(href.startswith(("http://", "https://", "mailto:")) for href in hrefs)
    assert not re.search(r"<(?!/?(?:p|br|em|strong|s|code|pre|a|ul|ol|li|blockquote)\b)", html)
    assert not re.search(r"<[^>]*\s(?:on\w+|style|src)=", html)


@given(st.text(alphabet=st.sampled_from("<>[]()*_`~!#-\n\"'&: ahref=javscipt/"), max_size=200))
def test_whatever_is_written_only_our_tags_come_out(text: str) -> None:
    html = to_html(text)
    assert {tag.lower() for tag in re.findall(r"<\s*/?\s*([a-zA-Z]+)", html)} <= TAGS
    assert all(href.startswith(("http://", "https://", "mailto:")) for href in re.findall(r'href="([^"]*)"', html))
