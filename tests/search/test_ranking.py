"""The order of an answer: decided in Python, from what the index holds."""

import pytest

from calfcms.publishing.search_texts import SearchText, Weight
from calfcms.search.entries import index_document
from calfcms.search.languages import list_terms
from calfcms.search.questions import Lexicon, read_question
from calfcms.search.ranking import Candidate, Ranked, get_rarity, rank, read_profile
from calfcms.search.synonyms import join_synonyms
from calfcms.search.words import list_forms

FILLER = " ".join(f"word{number}x" for number in range(900))


def make_candidate(slug: str, texts: list[tuple[Weight, str]], found: int = -1) -> Candidate:
    listed = [SearchText(weight, f"part-{n}", text) for n, (weight, text) in enumerate(texts)]
    indexed = index_document(listed, language="en", prefix="1")
    profile = read_profile(1, 1, slug, "en", indexed.length, indexed.levels, indexed.names)
    return Candidate(profile, found)


def order(text: str, *candidates: Candidate, **counts: int) -> list[str]:
    """The slugs in the order of the answer. A word is in two of twenty documents, or so many."""
    words = {word: counts.get(word, 2) for word in list_forms(text)} | counts
    terms = {term: count for word, count in words.items() for term in list_terms(word, "en")}
    synonyms = join_synonyms([("en", ["cramp", "charley horse"])], locale="en")
    lexicon = Lexicon(1, "en", 20, terms, words, synonyms)
    return [one.slug for one in rank(read_question(text, [lexicon]), candidates)]


def test_the_better_the_place_of_a_word_the_earlier() -> None:
    places = [
        make_candidate(f"{weight:d}", [(weight, "gout"), (Weight.TEXT, "gout and more")])
        for weight in Weight
    ]

    assert order("gout", *places) == ["5", "4", "3", "2", "1"]


def test_a_page_that_is_called_so_comes_before_one_whose_name_says_more() -> None:
    exact = make_candidate("b-exact", [(Weight.NAME, "Hepatitis A")])
    longer = make_candidate("a-longer", [(Weight.NAME, "Chronic hepatitis A of mice")])

    assert order("hepatitis a", longer, exact) == ["b-exact", "a-longer"]


def test_stop_words_tell_names_apart() -> None:
    a = make_candidate("z-a", [(Weight.NAME, "Hepatitis A")])
    b = make_candidate("b", [(Weight.NAME, "Hepatitis B")])

    assert order("hepatitis a", a, b) == ["z-a", "b"]


def test_rare_words_count_more_than_common_ones() -> None:
    rare = make_candidate("rare", [(Weight.TEXT, "gout")], found=0b01)
    common = make_candidate("common", [(Weight.TEXT, "pain")], found=0b10)

    assert order("gout pain", common, rare, gout=1, pain=15) == ["rare", "common"]


def test_all_of_the_words_are_better_than_one_in_a_good_place() -> None:
    both = make_candidate("both", [(Weight.TEXT, "gout with fever")])
    one = make_candidate("one", [(Weight.HEADING, "gout")], found=0b01)

    assert order("gout fever", one, both) == ["both", "one"]


def test_a_long_text_has_a_word_of_anything() -> None:
    short = make_candidate("short", [(Weight.TEXT, "gout hurts")])
    long = make_candidate("long", [(Weight.TEXT, f"gout {FILLER}")])

    assert order("gout", long, short) == ["short", "long"]


def test_what_is_said_often_is_what_it_is_about() -> None:
    often = make_candidate("often", [(Weight.TEXT, "Gout. Gout! Gout? Gout; other words")])
    once = make_candidate("once", [(Weight.TEXT, "Gout and other words")])

    assert order("gout", once, often) == ["often", "once"]


def test_a_synonym_counts_a_little_less_than_the_word_itself() -> None:
    itself = make_candidate("z-itself", [(Weight.HEADING, "cramp")])
    synonym = make_candidate("a-synonym", [(Weight.HEADING, "charley horse")])

    found = order("cramp", synonym, itself, charley=1, horse=1)

    assert found == ["z-itself", "a-synonym"]


def test_an_entry_of_an_older_analysis_is_ranked_until_it_is_indexed_anew() -> None:
    new = make_candidate("new", [(Weight.HEADING, "gout")])
    old = Candidate(read_profile(2, 1, "old", "en", 1, " gout=3 ", "|"), found=-1)

    assert order("gout", old, new) == ["new", "old"]


def test_equals_go_by_their_address() -> None:
    texts = [(Weight.TEXT, "gout")]
    candidates = [make_candidate(slug, texts) for slug in ("c", "a", "b")]

    assert order("gout", *candidates) == ["a", "b", "c"]


@pytest.mark.parametrize("documents", [0, 1, 19, 20])
def test_no_word_counts_for_less_than_nothing(documents: int) -> None:
    assert get_rarity(documents, 20) > 0


def test_places_are_compared_by_score_then_by_address() -> None:
    places = [Ranked(-5, "b", "en", 1), Ranked(-5, "a", "hi", 2), Ranked(-9, "z", "en", 3)]

    assert sorted(places) == [places[2], places[1], places[0]]
