"""What the index holds about one document."""

import pytest

from calfcms.publishing.search_texts import SearchText, Weight
from calfcms.search.entries import PASSAGE_LENGTH, IndexedDocument, index_document


def index(*texts: tuple[Weight, str, str]) -> IndexedDocument:
    return index_document([SearchText(*text) for text in texts], language="en", prefix="7")


def test_a_term_is_indexed_once_more_for_each_level_that_it_reaches() -> None:
    indexed = index(
        (Weight.NAME, "name", "Gout"), (Weight.HEADING, "a", "Joints"), (Weight.TEXT, "a", "hot")
    )

    assert indexed.lexemes == (
        "7:gout",
        "7:gout/3",
        "7:gout/4",
        "7:hot",
        "7:joint",
        "7:joint/3",
    )
    assert indexed.levels == " gout=50 joint=30 "


def test_what_is_said_often_is_marked() -> None:
    indexed = index(
        (Weight.TEXT, "a", "gout gout gout gout pain pain joint joint"),
        (Weight.HEADING, "b", "Pain, pain"),
    )

    assert indexed.levels == " gout=11 pain=31 "


def test_names_are_kept_with_their_stop_words() -> None:
    indexed = index((Weight.NAME, "name", "Hepatitis A"), (Weight.NAME, "alternate_names", "B"))

    assert indexed.names == "|hepat a|b|"
    assert "7:a" not in indexed.lexemes


def test_the_texts_of_a_part_are_one_passage_and_names_come_last() -> None:
    indexed = index(
        (Weight.NAME, "name", "Gout"),
        (Weight.TITLE, "title", "All of gout"),
        (Weight.HEADING, "faqs/x", "Is it catching?"),
        (Weight.TEXT, "faqs/x", "No. Gout is\nnot."),
        (Weight.HEADING, "sections/y", "Signs"),
        (Weight.TEXT, "sections/y", "A hot joint."),
    )

    assert [(passage.part, passage.text) for passage in indexed.passages] == [
        ("faqs/x", "Is it catching? No. Gout is not."),
        ("sections/y", "Signs: A hot joint."),
        ("name", "Gout"),
        ("title", "All of gout"),
    ]
    assert indexed.passages[0].terms == " catch@6-14 gout@20-24 "


def test_a_long_text_is_cut_between_sentences() -> None:
    indexed = index((Weight.TEXT, "a", "Gout hurts a joint. " * 100))

    assert all(len(passage.text) <= PASSAGE_LENGTH for passage in indexed.passages)
    assert all(passage.text.endswith("joint.") for passage in indexed.passages)


@pytest.mark.parametrize("text", ["", " ", "the of", "\n\n"])
def test_a_text_that_says_nothing_leaves_nothing(text: str) -> None:
    indexed = index((Weight.TEXT, "a", text))

    assert (indexed.lexemes, indexed.passages, indexed.levels) == ((), (), " ")
