"""Blocked terms are found however they are written, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_service.moderation.terms import folded, found, kept

BLOCKED = kept(["Idiot", "straße 5", "dumm*", "*trottel", "खराब"])


@pytest.mark.parametrize(
    "body",
    [
        "you IDIOT", "íd\u00efôt!", "ｉｄｉｏｔ", "𝐢𝐝𝐢𝐨𝐭", "i\u200bdi\u00adot", "idiot.", "(idiot)",
        "STRASSE  5", "dummkopf", "so ein Obertrottel", "यह खराब है",
    ],
)  # fmt: skip
def test_written_in_any_way(body: str) -> None:
    assert found(BLOCKED, body) is not None


@pytest.mark.parametrize("body", ["idiotic", "an idiom", "strasse 55", "klug", "trottelig", "", "खर"])
def test_other_words_pass(body: str) -> None:
    assert found(BLOCKED, body) is None


def test_the_whole_term_is_named() -> None:
    assert found(kept(["bad", "bad word"]), "what a BAD   word") == "bad word"


def test_terms_are_kept_once_and_empty_ones_not_at_all() -> None:
    assert kept(["Idiot", "ídiot", "*", "  "]) == "idiot"


def test_no_terms_find_nothing() -> None:
    assert found("", "anything") is None


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=40), st.lists(st.text(min_size=2, max_size=12), max_size=5))
def test_no_text_and_no_terms_break_it(body: str, terms: list[str]) -> None:
    found(kept(terms), body)
