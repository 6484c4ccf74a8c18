"""What is wrong with a value, said so that a member can read it."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from clubkit.http.sentences import sentence_of


class Wish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=5)] = "ok"
    words: Annotated[str, Field(min_length=10)] = "long enough"
    seats: Annotated[int, Field(ge=1, le=500)] = 1
    answer: Literal["yes", "no"] = "yes"
    at: AwareDatetime | None = None
    tags: Annotated[list[str], Field(max_length=1)] = []


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"name": ""}, "This cannot be empty."),
        ({"name": "far too long"}, "This can have 5 characters at most."),
        ({"words": "short"}, "This needs at least 10 characters."),
        ({"seats": 0}, "This should be 1 or more."),
        ({"seats": 501}, "This should be 500 or less."),
        ({"seats": "many"}, "This should be a whole number."),
        ({"answer": "perhaps"}, "This should be 'yes' or 'no'."),
        ({"at": "tomorrow"}, "This should be a date and a time, as in 2026-05-05T18:30:00."),
        ({"at": "2026-05-05T18:30:00"}, "This time should say its zone, as in 2026-05-05T18:30:00Z."),
        ({"tags": ["a", "b"]}, "This can have 1 entry at most."),
        ({"colour": "red"}, "There is no place for this here."),
        ({"name": 5}, "This should be text."),
    ],
)
def test_a_flaw_is_a_sentence(value: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Wish.model_validate(value)
    assert sentence_of(refused.value.errors()[0]) == sentence  # type: ignore[arg-type]


def test_what_we_have_no_words_for_is_said_as_the_parser_says_it() -> None:
    assert sentence_of({"type": "surprise", "msg": "Value error, that is odd"}) == "That is odd."
