import pytest
from hypothesis import given
from hypothesis import strategies as st

from clubkit.search.marking import excerpt, marks
from clubkit.search.words import fold, resembles, title_words, words, words_with_spans


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Ångström", "angstrom"), ("Łódź", "lodz"), ("İstanbul", "istanbul"), ("Straße", "strasse")],
)
def test_folding_takes_case_accents_and_strokes_away(written, folded):
    assert fold(written) == folded


def test_composed_and_decomposed_letters_are_the_same_word():
    assert words("Jos\u00e9") == words("Jose\u0301") == ["jose"]


def test_a_joined_name_is_also_one_word():
    assert title_words("O'Brien, Under-14s") == ["o", "brien", "under", "14s", "obrien", "under14s"]


@given(st.text(max_size=300))
def test_words_stand_where_their_spans_say(text):
    for word, start, end in words_with_spans(text):
        assert words(text[start:end]) == [word]


@pytest.mark.parametrize(
    ("typed", "word", "verdict"),
    [
        ("anna", "annabel", True),
        ("anan", "anna", True),
        ("ana", "ina", False),
        ("martha", "marta", True),
        ("marthx", "marta", False),
        ("intrevasl", "intervals", True),
        ("collectve", "collective", True),
    ],
)
def test_how_far_a_typing_error_may_go(typed, word, verdict):
    assert resembles(typed, word) is verdict


@given(st.text(max_size=2_000), st.sampled_from(["run", "a", "tuesday"]))
def test_marks_of_an_excerpt_lie_inside_it(text, typed):
    piece, spans = excerpt(f"{text} tuesday run {text}", [typed], loosely=False)
    assert all(0 <= a < b <= len(piece) and words(piece[a:b])[0].startswith(typed) for a, b in spans)


def test_loose_marks_find_the_word_that_was_meant():
    assert marks("Tuesday Intervals", ["tuseday"], loosely=True) == ((0, 7),)
    assert marks("Tuesday Intervals", ["tuseday"], loosely=False) == ()


@given(st.text(st.characters(codec="ascii"), max_size=300))
def test_plain_text_is_split_as_any_other(text):
    assert words(text) == [word for word, _, _ in words_with_spans(text)]
