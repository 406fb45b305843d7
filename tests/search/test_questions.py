"""What a text asks: synonyms, misspelt words, and words that nobody has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calfcms.search.languages import list_terms
from calfcms.search.questions import MAX_GROUPS, Lexicon, Question, read_question
from calfcms.search.synonyms import join_synonyms

GROUPS = [
    ("en", ["cramp", "charley horse", "muscle spasm"]),
    ("en", ["deep vein thrombosis", "DVT"]),
    ("es", ["calambre", "tirón"]),
]


def make_lexicon(*words: str, locale: str = "en", key: int = 1, documents: int = 10) -> Lexicon:
    """A collection in which each of these words is in one document."""
    language = locale.partition("-")[0]
    counts = {term: 1 for word in words for term in list_terms(word, language)}
    known = dict.fromkeys(words, 1)
    return Lexicon(key, locale, documents, counts, known, join_synonyms(GROUPS, locale=locale))


def list_terms_asked(question: Question) -> list[set[str]]:
    [part] = question.parts
    return [set(group.terms) for group in part.groups]


def test_stop_words_are_not_looked_for() -> None:
    question = read_question("pain in the joint", [make_lexicon("pain", "joint")])

    assert list_terms_asked(question) == [{"pain"}, {"joint"}]
    assert question.corrected is None


def test_a_phrase_with_synonyms_is_one_group() -> None:
    question = read_question("my charley horse", [make_lexicon("cramp", "muscle")])

    assert list_terms_asked(question) == [{"cramp"}]


def test_a_synonym_that_is_a_phrase_needs_all_its_words() -> None:
    [part] = read_question("DVT", [make_lexicon("deep", "vein", "thrombosis")]).parts

    [group] = part.groups
    [alternative] = group.alternatives
    assert alternative.words == (("deep",), ("vein",), ("thrombosi",))
    assert alternative.factor < 1


def test_synonyms_of_a_language_hold_in_its_regions_and_in_no_other_language() -> None:
    assert read_question("charley horse", [make_lexicon("cramp", locale="en-GB")]).parts
    assert not read_question("calambre", [make_lexicon("tirón", locale="en")]).parts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("guot", "gout"),
        ("siatica", "sciatica"),
        ("Diabetis", "diabetes"),
        ("rhumatod artritis", "rheumatoid arthritis"),
        ("numonia?", "pneumonia?"),
        ("corazom", "corazón"),
    ],
)
def test_misspelt_words_are_corrected(typed: str, meant: str) -> None:
    words = ("gout", "sciatica", "diabetes", "rheumatoid", "arthritis", "pneumonia", "corazón")

    question = read_question(typed, [make_lexicon(*words)])

    assert question.corrected == meant
    assert question.parts


@pytest.mark.parametrize("typed", ["gout", "cat", "1234567", "charley", "pains"])
def test_words_that_may_be_right_are_not_corrected(typed: str) -> None:
    lexicon = make_lexicon("gout", "cut", "1234568", "charter", "pain", "paint")

    assert read_question(typed, [lexicon]).corrected is None


def test_of_words_spelt_as_nearly_the_one_that_more_documents_have_is_meant() -> None:
    lexicon = make_lexicon("gout", "goat")
    more = Lexicon(1, "en", 10, lexicon.counts, {"goat": 1, "gout": 9}, lexicon.synonyms)

    assert read_question("goit", [more]).corrected == "gout"


def test_a_word_of_another_collection_is_missing_in_this_one() -> None:
    english, spanish = make_lexicon("virus", "fever"), make_lexicon("virus", locale="es", key=2)

    question = read_question("virus fever", [english, spanish])

    assert [(part.lexicon.key, len(part.groups), part.missing) for part in question.parts] == [
        (1, 2, 0),
        (2, 1, 1),
    ]


def test_a_word_that_nobody_has_is_left_out() -> None:
    [part] = read_question("gout qqqqqqqqqqqq", [make_lexicon("gout")]).parts

    assert (len(part.groups), part.missing) == (1, 0)


def test_of_many_words_the_rarest_count() -> None:
    words = [f"word{letter}x" for letter in "abcdefghijklmnop"]

    [part] = read_question(" ".join(words), [make_lexicon(*words)]).parts

    assert len(part.groups) == MAX_GROUPS


@given(st.text(max_size=200))
def test_any_text_is_a_question(text: str) -> None:
    question = read_question(text, [make_lexicon("gout", "pain"), make_lexicon("a", locale="zh")])

    assert all(part.groups for part in question.parts)
