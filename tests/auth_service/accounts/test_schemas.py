"""What the border lets in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from auth_service.accounts.schemas import Email, Name, NewPassword, Register, Verify

EMAIL, NAME, PASSWORD = TypeAdapter(Email), TypeAdapter(Name), TypeAdapter(NewPassword)
FORM = {"name": "Anna Berg", "email": "anna@example.org", "password": "correct horse battery"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Anna@Example.ORG", "anna@example.org"), ("  a.b+c@x-y.example.co.uk ", "a.b+c@x-y.example.co.uk"),
     ("o'neill@example.org", "o'neill@example.org"), ("1@2.example", "1@2.example")],
)  # fmt: skip
def test_an_address_is_kept_in_one_spelling(written: str, kept: str) -> None:
    assert EMAIL.validate_python(written) == kept


@given(st.text(max_size=300))
def test_whatever_passes_as_an_address_is_safe_in_a_mail_header(text: str) -> None:
    try:
        address = EMAIL.validate_python(text)
    except ValidationError:
        return
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(' ,;:<>()"\\')
    assert address.count("@") == 1


@given(st.text(max_size=100))
def test_whatever_passes_as_a_name_is_one_printable_line(text: str) -> None:
    try:
        name = NAME.validate_python(text)
    except ValidationError:
        return
    assert 1 <= len(name.splitlines()) <= 1
    assert name == name.strip() != ""
    assert unicodedata.is_normalized("NFC", name)


def test_a_password_typed_on_two_keyboards_is_one_password() -> None:
    composed, apart = "zwölf Boxkämpfer", unicodedata.normalize("NFD", "zwölf Boxkämpfer")
    assert composed != apart
    assert PASSWORD.validate_python(apart) == composed


def test_spaces_of_a_password_are_kept() -> None:
    assert PASSWORD.validate_python("  spaces at both ends  ") == "  spaces at both ends  "


@pytest.mark.parametrize(
    "change", [{"is_admin": True}, {"handle": "A B"}, {"handle": "ab"}, {"handle": "a" * 31}, {"name": None}]
)
def test_a_form_has_its_fields_and_no_others(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Register.model_validate(FORM | change)


@pytest.mark.parametrize("token", ["", "a" * 19, "a" * 101, "a" * 30 + "!", "a" * 30 + "\n", "../" * 10])
def test_a_links_token_has_its_shape(token: str) -> None:
    with pytest.raises(ValidationError):
        Verify.model_validate({"token": token})
