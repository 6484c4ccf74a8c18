"""What a password must not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth_service.accounts.errors import PasswordRefused
from auth_service.accounts.password_rules import check_new_password, is_common


def check(password: str) -> None:
    check_new_password(password, name="Anna Katharina Berg", email="bergziege99@example.org")


@pytest.mark.parametrize(
    "password",
    ["password123", "Password2026", "P@ssw0rd1234", "letmein123", "iloveyou2024", "footballfootball", "qwertyuiop",
     "1234567890", "0987654321", "abcdefghij", "1q2w3e4r5t", "aaaaaaaaaaaa", "abcabcabcabc", "123412341234",
     "Basketball!", "liverpool1!", "12345678901234567890", "mypasswordmypassword"],
)  # fmt: skip
def test_what_everybody_uses_is_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        check(password)


@pytest.mark.parametrize(
    "password", ["Anna Katharina Berg", "annakatharinaberg", "bergziege99@example.org", "Bergziege_99"]
)
def test_ones_own_name_and_address_are_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        check(password)


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "tr0ubador & three", "zwölf Boxkämpfer", "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵", "k7#Lw9$Qz2!x",
     "my password is long and odd"],
)  # fmt: skip
def test_what_nobody_else_uses_is_taken(password: str) -> None:
    check(password)


@given(st.text(st.characters(categories=["Ll", "Lu", "Nd", "Po"]), min_size=14, max_size=40))
def test_long_random_text_is_hardly_ever_common(password: str) -> None:
    if len(set(password)) > 9:
        assert not is_common(password)
