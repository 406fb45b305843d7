"""Reading time for every language, and a grade for English."""

import pytest

from conditions.readability import count_syllables, measure

HARD = "Four score and seven years ago our fathers brought forth on this continent a new nation, "
EASY = "Rest your leg. Put it up on a chair. Drink some water. Call us if it gets worse. "


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("leg", 1),
        ("the", 1),
        ("walked", 1),
        ("wanted", 2),
        ("whole", 1),
        ("muscle", 2),
        ("people", 2),
        ("boxes", 2),
        ("comes", 1),
        ("create", 2),
        ("being", 2),
        ("painkiller", 3),
        ("medicine", 3),
        ("emergency", 4),
        ("breathlessness", 3),
        ("paracetamol", 5),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    text = "The cat sat on the mat. " * 4 + "The emergency ambulance comes. "  # 28 words, 5 ends

    measured = measure(text, "en-GB")

    expected = 0.39 * 28 / 5 + 11.8 * (24 + 1 + 4 + 3 + 1) / 28 - 15.59
    assert (measured.words, measured.sentences) == (28, 5)
    assert measured.grade == round(expected, 1)


def test_long_sentences_of_long_words_have_the_higher_grade() -> None:
    easy, hard = measure(EASY * 3, "en").grade, measure(HARD * 3, "en").grade

    assert easy is not None
    assert hard is not None
    assert easy < 2 < 12 < hard


def test_the_reading_age_is_five_years_above_the_grade() -> None:
    measured = measure(EASY * 3, "en")

    assert measured.grade is not None
    assert measured.reading_age == round(measured.grade) + 5


def test_other_languages_get_no_grade() -> None:
    measured = measure("टख़ना सूज गया है। डॉक्टर को दिखाएँ।" * 10, "hi")

    assert (measured.words, measured.sentences) == (61, 20)
    assert (measured.grade, measured.reading_age) == (None, None)


def test_too_few_words_get_no_grade() -> None:
    assert measure("Call an ambulance.", "en").grade is None


def test_characters_count_where_no_spaces_are_written() -> None:
    measured = measure("足が痛いです。医者に行く。", "ja")

    assert (measured.words, measured.sentences) == (11, 2)


def test_each_item_of_a_list_is_a_sentence_and_its_mark_is_no_word() -> None:
    measured = measure("Go now if you have:\n\n- chest pain\n- a cold foot\n1. a fever", "en")

    assert (measured.words, measured.sentences) == (12, 4)


def test_abbreviations_and_decimals_end_no_sentence() -> None:
    assert measure("Walk 1.5 miles, e.g. to Dr. Ito. Then rest.", "en").sentences == 2


def test_a_no_ends_a_sentence() -> None:
    assert measure("Is it catching? No. It is not.", "en").sentences == 3


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (1, 1), (200, 1), (201, 2)])
def test_reading_time_is_rounded_up(words: int, minutes: int) -> None:
    assert measure("word " * words, "en").minutes == minutes


@pytest.mark.parametrize("text", ["", "\n\n", "— … !", "- \n- "])
def test_text_without_words_has_nothing_to_measure(text: str) -> None:
    measured = measure(text, "en")

    assert (measured.words, measured.sentences, measured.grade) == (0, 0, None)
