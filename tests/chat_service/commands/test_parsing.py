"""What a member types behind a slash."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat_service.commands import parsing


@pytest.mark.parametrize(
    ("body", "name", "rest"),
    [
        ("/poll a | b", "poll", "a | b"),
        ("/Help", "help", ""),
        ("/me   waves  ", "me", "waves"),
        ("/poll\nQuestion\nYes", "poll", "Question\nYes"),
    ],
)
def test_a_command_has_a_name_and_the_rest(body: str, name: str, rest: str) -> None:
    assert parsing.command(body) == parsing.Typed(name, rest)


@pytest.mark.parametrize("body", ["/", "/ me", "/etc/hosts", "hello /me", "", "/7up"])
def test_what_only_looks_like_one_is_none(body: str) -> None:
    assert parsing.command(body) is None


@pytest.mark.parametrize(
    "text",
    ['"Who drives?" "I do" "Not me"', "“Who drives?” “I do” “Not me”", "Who drives? | I do | Not me",
     "Who drives?\nI do\n\nNot me"],
)  # fmt: skip
def test_a_poll_is_written_in_three_ways(text: str) -> None:
    assert parsing.poll(text) == parsing.PollText(("Who drives?", "I do", "Not me"), multiple=False, lasts=None)


@pytest.mark.parametrize("text", ['--multiple "When?" "Mo" "Tu" --for 2d', "When? | Mo | Tu --for=2d --multi"])
def test_a_poll_says_how_long_and_how_many(text: str) -> None:
    assert parsing.poll(text) == parsing.PollText(("When?", "Mo", "Tu"), multiple=True, lasts=timedelta(days=2))


def test_words_that_look_like_options_inside_a_text_stay() -> None:
    assert parsing.poll("Is --for ever too long? | Yes | No").parts[0] == "Is --for ever too long?"


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    parsing.command("/" + text)
    parsing.poll(text)
