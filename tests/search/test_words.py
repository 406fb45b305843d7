"""Words of a text, and how they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfcms.search.languages import get_language, is_stop_word, list_terms
from calfcms.search.words import MAX_LENGTH, fold_accents, list_forms, list_words, normalise


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Painful joints, again.", ["painful", "joints", "again"]),
        ("Crohn's and Crohn’s", ["crohn", "and", "crohn"]),
        ("X-ray of COVID-19", ["x", "ray", "of", "covid", "19"]),
        ("l'œil, ça", ["l", "œil", "ça"]),
        ("पिंडलियों में दर्द", ["पिंडलियों", "में", "दर्द"]),
        ("血栓", ["血", "栓"]),
        ("ﬁbre ①", ["fibre", "1"]),
        ("so\u00adft, two\u200bwords", ["soft", "two", "words"]),
        ("\x00 <b> \"'() * & | ! : \U0001f600", ["b"]),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_words_are_letters_digits_and_marks(text: str, forms: list[str]) -> None:
    assert list_forms(text) == forms


def test_accents_written_in_two_characters_are_the_same() -> None:
    assert normalise("corazo\u0301n") == normalise("CORAZÓN") == "corazón"


def test_hindi_is_the_same_with_and_without_the_dot_below() -> None:
    assert normalise("ज़ख़्म") == normalise("जख्म")


def test_the_marks_of_hindi_are_kept_when_accents_go() -> None:
    assert fold_accents("पिंडली") == "पिंडली"
    assert fold_accents("corazón") == "corazon"


def test_a_word_of_any_length_is_cut() -> None:
    assert list_forms("a" * 1_000) == ["a" * MAX_LENGTH]


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    words = list(list_words(text))

    assert [word.form for word in words] == list_forms(text)
    assert all(normalise(text[word.start : word.end]) == word.form for word in words)


@given(st.text())
def test_a_form_never_holds_what_means_something_to_a_database(text: str) -> None:
    for form in list_forms(text):
        assert not set(form) & set(" :/'\"|&!()*\\\x00")
        assert 0 < len(form) <= MAX_LENGTH


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("painful", "pain", "en"),
        ("joints", "joint", "en"),
        ("infecciones", "infección", "es"),
        ("infeccion", "infección", "es"),
        ("articulacion", "articulaciones", "es"),
        ("पिंडलियों", "पिंडली", "hi"),
        ("Schmerzen", "Schmerz", "de"),
    ],
)
def test_forms_of_a_word_share_a_term(one: str, other: str, language: str) -> None:
    terms = [set(list_terms(normalise(word), language)) for word in (one, other)]

    assert terms[0] & terms[1]


def test_a_language_without_a_stemmer_has_words_as_they_are() -> None:
    assert list_terms("paining", "xx") == ("paining",)


def test_the_language_of_a_region_is_that_of_the_locale() -> None:
    assert get_language("en-GB") == get_language("en") == "en"
    assert is_stop_word("the", get_language("en-GB"))
    assert not is_stop_word("the", "es")
