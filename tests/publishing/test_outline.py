"""Content without a page of its own, as headed and indented text."""

from calfcms.publishing.outline import Entry, outline


def test_members_keep_their_order_and_machinery_is_left_out() -> None:
    edition = {"kind": "protocol", "digest": "sha256:0", "title": "T", "review_note": "N"}

    assert outline(edition) == (Entry("Title", "T"), Entry("Review note", "N"))


def test_what_holds_nothing_is_left_out_but_no_and_nought_stay() -> None:
    edition: dict[str, object] = {
        "a": "",
        "b": [],
        "c": None,
        "d": {},
        "is_gate": False,
        "points": 0,
    }

    assert outline(edition) == (Entry("Is gate", "no"), Entry("Points", "0"))


def test_parts_are_headed_by_what_names_them() -> None:
    edition = {"rules": [{"id": "cold-foot", "title": "Cold foot", "urgency": "emergency"}]}

    [rules] = outline(edition)

    assert rules == Entry(
        "Rules",
        entries=(
            Entry("Cold foot", entries=(Entry("Id", "cold-foot"), Entry("Urgency", "emergency"))),
        ),
    )


def test_lists_of_words_are_one_line_and_lists_of_lists_are_numbered() -> None:
    edition = {"words": ["a", "b"], "rows": [["a", 1], ["b", 2]]}

    words, rows = outline(edition)

    assert words == Entry("Words", "a, b")
    assert rows == Entry("Rows", entries=(Entry("1", "a, 1"), Entry("2", "b, 2")))


def test_text_that_is_there_as_html_too_is_shown_once() -> None:
    edition = {"summary": {"html": "<p>Words.</p>", "text": "Words."}}

    assert outline(edition) == (Entry("Summary", "Words."),)
