"""Refresh tokens as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth_service.sessions.refresh_tokens import RefreshTokens
from clubkit.ids import new_id

TOKENS = RefreshTokens(b"a secret of this hub")


def test_what_was_written_is_read() -> None:
    session_id, token = new_id(), TOKENS.fresh()
    assert TOKENS.read(TOKENS.write(session_id, token)) == (session_id, token)


@given(st.integers(0, 85), st.sampled_from("ABCDEFGHabcdefgh0123-_"))
def test_a_changed_letter_is_noticed(place: int, letter: str) -> None:
    text = TOKENS.write("01890000-0000-7000-8000-000000000001", b"t" * 32)
    changed = text[:place] + letter + text[place + 1 :]
    read = TOKENS.read(changed)
    assert read is None or TOKENS.write(*read) == text


@pytest.mark.parametrize("text", ["", "x", "not a token", "ä" * 86, "A" * 86, "A" * 5_000, "A" * 85])
def test_what_is_no_token_is_none(text: str) -> None:
    assert TOKENS.read(text) is None


def test_another_hubs_token_is_none() -> None:
    assert TOKENS.read(RefreshTokens(b"another secret").write(new_id(), TOKENS.fresh())) is None


def test_the_csrf_value_belongs_to_one_session_of_one_hub() -> None:
    one, other = new_id(), new_id()
    assert TOKENS.csrf(one) == TOKENS.csrf(one)
    assert len({TOKENS.csrf(one), TOKENS.csrf(other), RefreshTokens(b"another secret").csrf(one)}) == 3


def test_a_successor_needs_token_salt_and_secret() -> None:
    token = TOKENS.fresh()
    made = {
        TOKENS.successor(token, "salt"),
        TOKENS.successor(token, "pepper"),
        TOKENS.successor(TOKENS.fresh(), "salt"),
        RefreshTokens(b"another secret").successor(token, "salt"),
    }
    assert len(made) == 4
    assert {len(each) for each in made} == {32}
