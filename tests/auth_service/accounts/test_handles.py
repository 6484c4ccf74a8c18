"""Handles made from names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth_service.accounts.handles import RESERVED, first_free, handle_of


@pytest.mark.parametrize(
    ("name", "handle"),
    [("Anna Berg", "anna_berg"), ("Anna Bjørk-Müller", "anna_bjork_mueller"), ("José  Ñandú", "jose_nandu"),
     ("O'Neill", "o_neill"), ("Li", "member_li"), ("王小明", "member"), ("", "member"), ("___", "member"),
     ("Łukasz Groß", "lukasz_gross")],
)  # fmt: skip
def test_a_name_gives_a_readable_handle(name: str, handle: str) -> None:
    assert handle_of(name) == handle


@given(st.text(max_size=80))
def test_any_name_gives_a_valid_handle(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9_]{3,30}", handle_of(name))


@given(st.lists(st.text(max_size=40), max_size=40))
def test_handles_given_one_after_another_are_all_different_and_valid(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        handle = first_free(handle_of(name), taken)
        assert handle not in taken
        assert handle not in RESERVED
        assert re.fullmatch(r"[a-z0-9_]{3,30}", handle)
        taken.add(handle)
