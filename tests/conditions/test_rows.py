"""Drafts into rows and back: nothing lost, rows keep their identity, and little is written."""

from datetime import datetime
from typing import Any

import pytest
import reversion
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reversion.models import Revision

from calfcms.publishing.models import Document
from calfcms.publishing.problem import Refused
from conditions.actions.save_reference import save_reference
from conditions.draft import ConditionDraft
from conditions.models import Cause, RedFlag, RedFlagReference, Section
from conditions.row_sync import write_rows
from conditions.rows import place_sections
from conditions.stored import read_draft, read_draft_of_revision
from tests.conditions.examples import DRAFT, REFERENCES, make_draft
from tests.conditions.shared_rows import save_page, save_shared_rows
from tests.conditions.strategies import drafts


def section(part_id: str, *inner: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A section with others in it."""
    own = {"id": part_id, "aspect": "overview", "headline": part_id, "body": "Text."}
    return {**own, "sections": list(inner), **changes}


@pytest.fixture
def document(editor: User, at: datetime) -> Document:
    """The example page, saved."""
    save_shared_rows(by=editor, at=at)
    lost = REFERENCES["ito-2019"].model_copy(update={"key": "lost"})  # `strategies` cites it too
    save_reference(reference=lost, by=editor, at=at)
    return save_page(make_draft(), by=editor, at=at)


def rewrite(document: Document, **changes: Any) -> ConditionDraft:
    """Make the example's rows say something else."""
    draft = make_draft(**changes)
    write_rows(document, draft)
    return draft


def test_what_is_written_reads_back_the_same(document: Document) -> None:
    assert read_draft(document) == make_draft()


@given(written=st.lists(drafts, min_size=2, max_size=2))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_draft_after_any_other_reads_back_the_same_also_from_its_revision(
    document: Document, written: list[ConditionDraft]
) -> None:
    for any_draft in written:
        draft = any_draft.model_copy(update={"locale": document.locale})
        with reversion.create_revision():
            write_rows(document, draft)

        assert read_draft(document) == draft
        assert read_draft_of_revision(document, Revision.objects.latest("pk")) == draft


def test_the_draft_of_another_page_is_an_error(document: Document) -> None:
    with pytest.raises(ValueError, match="cannot have the draft of ear-hum"):
        write_rows(document, make_draft(slug="ear-hum"))


def test_an_almost_empty_draft_reads_back_the_same(document: Document) -> None:
    names = ("slug", "locale", "title", "name", "publisher")
    draft = ConditionDraft.model_validate({name: DRAFT[name] for name in names})

    write_rows(document, draft)

    assert read_draft(document) == draft


def test_odd_text_reads_back_the_same(document: Document) -> None:
    text = " 'quotes' \"and\" \\ %s {} \N{LEG}\N{ZERO WIDTH JOINER} e\u0301 é \ufeff\tx"

    draft = rewrite(document, summary=text, alternate_names=["%(a)s", "nul\\u0000"])

    assert read_draft(document) == draft


def test_a_document_without_rows_has_no_draft(editor: User, at: datetime) -> None:
    document = Document.objects.create(
        kind="condition",
        slug="new",
        locale="en",
        content_id="6f1f9d1c-4d53-4c43-9a3e-0d3c1f4f2b11",
        created_at=at,
        created_by=editor,
    )

    assert read_draft(document) is None


def test_reading_takes_ten_queries_however_much_there_is(document: Document) -> None:
    rewrite(document, sections=[section(f"s{n}", section(f"t{n}")) for n in range(20)])

    with CaptureQueriesContext(
        connection,
    ) as queries:
        read_draft(document)

    assert len(queries) == 10


def test_saving_the_same_again_writes_the_root_only(document: Document) -> None:
    with CaptureQueriesContext(connection) as queries:
        write_rows(document, make_draft())

    writes = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert writes
    assert all('"conditions_condition"' in sql for sql in writes)


def test_only_rows_that_change_are_saved(document: Document) -> None:
    faqs = [DRAFT["faqs"][0] | {"answer": "Yes."}]

    with CaptureQueriesContext(connection) as queries:
        rewrite(document, faqs=faqs)

    updates = [q["sql"] for q in queries if q["sql"].startswith("UPDATE")]
    assert sum('"conditions_faq"' in sql for sql in updates) == 1
    assert not any('"conditions_section"' in sql for sql in updates)


def test_parts_keep_their_rows_when_they_are_reordered(document: Document) -> None:
    before = dict(RedFlag.objects.values_list("part_id", "pk"))

    draft = rewrite(document, red_flags=DRAFT["red_flags"][::-1])

    assert read_draft(document) == draft
    assert dict(RedFlag.objects.values_list("part_id", "pk")) == before


def test_a_section_keeps_its_row_when_it_moves_into_another(document: Document) -> None:
    rewrite(document, sections=[section("a"), section("b", section("c"))])
    before = dict(Section.objects.values_list("part_id", "pk"))

    draft = rewrite(document, sections=[section("c", section("a", section("b")))])

    assert read_draft(document) == draft
    assert dict(Section.objects.values_list("part_id", "pk")) == before


def test_a_section_survives_the_section_that_it_was_in(document: Document) -> None:
    rewrite(document, sections=[section("a", section("b", section("c")))])
    before = Section.objects.get(part_id="c").pk

    draft = rewrite(document, sections=[section("c")])

    assert read_draft(document) == draft
    assert Section.objects.get().pk == before


def test_parents_change_places_with_their_children(document: Document) -> None:
    rewrite(document, sections=[section("a", section("b"))])

    draft = rewrite(document, sections=[section("b", section("a"))])

    assert read_draft(document) == draft


def test_what_is_gone_from_the_draft_is_gone_from_the_rows(document: Document) -> None:
    rewrite(document, causes=[], red_flags=[], topics=[], codes=[], contributors=[], figures=[])

    assert not Cause.objects.exists()
    assert not RedFlagReference.objects.exists()
    assert read_draft(document) == make_draft(
        causes=[], red_flags=[], topics=[], codes=[], contributors=[], figures=[]
    )


def test_references_of_a_red_flag_keep_their_order(document: Document) -> None:
    flag = DRAFT["red_flags"][0]
    rewrite(document, red_flags=[flag | {"references": ["ear-board", "ito-2019"]}])

    draft = rewrite(document, red_flags=[flag | {"references": ["ito-2019", "ear-board"]}])

    assert read_draft(document) == draft


def test_codes_may_be_listed_twice(document: Document) -> None:
    draft = rewrite(document, codes=DRAFT["codes"] * 2)

    assert read_draft(document) == draft


def test_unknown_shared_rows_are_refused_all_at_once_with_pointers(document: Document) -> None:
    flag = DRAFT["red_flags"][0] | {"references": ["ito-2019", "no-such-paper"]}

    with pytest.raises(Refused) as refused:
        rewrite(document, publisher="nobody", topics=["ears", "noses"], red_flags=[flag])

    assert [(p.code, p.pointer) for p in refused.value.problems] == [
        ("unknown_publisher", "/publisher"),
        ("unknown_topic", "/topics/1"),
        ("unknown_reference", "/red_flags/0/references/1"),
    ]
    assert read_draft(document) == make_draft()


def test_sections_are_placed_with_parents_before_children() -> None:
    draft = make_draft(sections=[section("a", section("b"), section("c")), section("d")])

    placed = [(s.id, parent, position) for parent, position, s in place_sections(draft.sections)]

    assert placed == [("a", None, 0), ("b", "a", 0), ("c", "a", 1), ("d", None, 1)]
