"""Protocols into rows and back: nothing lost, rows keep their identity, and little is written."""

from typing import Any

import pytest
import reversion
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reversion.models import Revision

from calfcms.publishing.models import Document
from calfcms.publishing.problem import Refused
from tests.triage.conftest import Press
from tests.triage.examples import (
    CASES,
    DRAFT,
    change_part,
    drop_part,
    make_case_set,
    make_draft,
)
from tests.triage.strategies import drafts
from triage.definition import ProtocolDraft
from triage.models import CaseSet, Cause, Finding, Protocol, Rule, Score, ScoreItem
from triage.row_sync import write_rows
from triage.stored import read_draft, read_draft_of_revision


@pytest.fixture
def document(press: Press) -> Document:
    """The example protocol, saved."""
    return press.save_protocol()


def rewrite(document: Document, **changes: Any) -> ProtocolDraft:
    """Make the example's rows say something else."""
    draft = make_draft(**changes)
    write_rows(document, draft)
    return draft


def list_writes(queries: CaptureQueriesContext) -> list[str]:
    words = [query["sql"].split() for query in queries]
    return [
        f"{verb[0]} {next(word for word in verb if 'triage' in word)}".replace('"', "")
        for verb in words
        if verb[0] in ("INSERT", "UPDATE", "DELETE")
    ]


def test_what_is_written_reads_back_the_same(document: Document) -> None:
    assert read_draft(document) == make_draft()


@given(written=st.lists(drafts, min_size=2, max_size=2))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_draft_after_any_other_reads_back_the_same_also_from_its_revision(
    document: Document, written: list[ProtocolDraft]
) -> None:
    for draft in written:
        with reversion.create_revision():
            write_rows(document, draft)

        assert read_draft(document) == draft
        assert read_draft_of_revision(document, Revision.objects.latest("pk")) == draft


def test_an_almost_empty_draft_reads_back_the_same(document: Document) -> None:
    names = ("slug", "locale", "title", "publisher")
    draft = ProtocolDraft.model_validate({name: DRAFT[name] for name in names})

    write_rows(document, draft)

    assert read_draft(document) == draft
    assert not ScoreItem.objects.exists()


def test_the_draft_of_another_protocol_is_an_error(document: Document) -> None:
    with pytest.raises(ValueError, match="cannot have the draft of gum-fire"):
        write_rows(document, make_draft(slug="gum-fire"))


def test_an_unknown_publisher_is_refused(document: Document) -> None:
    with pytest.raises(Refused) as refused:
        rewrite(document, publisher="nobody")

    [problem] = refused.value.problems
    assert (problem.code, problem.pointer) == ("unknown_publisher", "/publisher")


def test_a_document_without_rows_has_no_draft(document: Document) -> None:
    other = Document(kind="protocol", slug="new", locale="en")

    assert read_draft(other) is None


def test_reading_takes_seven_queries_however_much_there_is(document: Document) -> None:
    findings = [DRAFT["findings"][0] | {"id": f"f{n}"} for n in range(30)]
    scores = [DRAFT["scores"][0] | {"id": f"s{n}"} for n in range(10)]
    rewrite(document, findings=findings, scores=scores)

    with CaptureQueriesContext(connection) as queries:
        read_draft(document)

    assert len(queries) == 7


def test_saving_the_same_again_writes_the_root_only(document: Document) -> None:
    with CaptureQueriesContext(connection) as queries:
        write_rows(document, make_draft())

    assert list_writes(queries) == ["UPDATE triage_protocol"] * 2


def test_a_small_change_writes_one_row_and_the_root(document: Document) -> None:
    with CaptureQueriesContext(connection) as queries:
        rewrite(document, **change_part("rules", "smoke_seen", reason="Fire."))

    assert list_writes(queries) == [
        "UPDATE triage_protocol",
        "UPDATE triage_rule",
        "UPDATE triage_protocol",
    ]


def test_a_case_that_changes_writes_its_set_and_the_root(document: Document) -> None:
    rewrite(document, **make_case_set(*CASES.values()))

    with CaptureQueriesContext(connection) as queries:
        rewrite(document, **make_case_set(CASES["fire"], CASES["sweets"]))

    assert list_writes(queries) == [
        "UPDATE triage_protocol",
        "UPDATE triage_caseset",
        "UPDATE triage_protocol",
    ]


def test_a_set_of_cases_keeps_only_what_they_say(document: Document) -> None:
    rewrite(document, **make_case_set(CASES["sweets"] | {"sex": "unknown", "because": ""}))

    [kept] = CaseSet.objects.get().cases

    assert set(kept) == {"id", "story", "findings", "expected", "acceptable"}


def test_the_database_refuses_a_risk_class_that_there_is_not(document: Document) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Protocol.objects.filter(document=document).update(risk_class="low")


def test_parts_that_move_stay_the_same_rows(document: Document) -> None:
    models: list[type[Any]] = [Finding, Rule, Cause]
    before = [dict(model.objects.values_list("part_id", "pk")) for model in models]

    draft = rewrite(
        document, **{name: DRAFT[name][::-1] for name in ("findings", "rules", "causes")}
    )

    assert [dict(model.objects.values_list("part_id", "pk")) for model in models] == before
    assert read_draft(document) == draft


def test_the_items_of_a_score_move_and_change_and_go(document: Document) -> None:
    items = DRAFT["scores"][0]["items"]
    ages = ScoreItem.objects.get(part_id="age").pk

    draft = rewrite(
        document,
        **change_part("scores", "hum_score", items=[items[2] | {"points": 5}, items[0]]),
    )

    assert read_draft(document) == draft
    assert ScoreItem.objects.values_list("pk", "points")[0] == (ages, 5)


def test_two_scores_may_have_items_of_the_same_id(document: Document) -> None:
    draft = rewrite(document, scores=[*DRAFT["scores"], DRAFT["scores"][0] | {"id": "other_score"}])

    assert read_draft(document) == draft
    assert ScoreItem.objects.filter(part_id="jaw").count() == 2


def test_what_the_draft_drops_is_deleted(document: Document) -> None:
    rewrite(
        document,
        scores=[],
        **drop_part("findings", "sweets"),
        **drop_part("rules", "sweet_hum"),
        **drop_part("causes", "gum-fire"),
    )

    assert not Score.objects.exists()
    assert not ScoreItem.objects.exists()
    assert not Finding.objects.filter(part_id="sweets").exists()
    assert set(Cause.objects.values_list("part_id", flat=True)) == {"sweet-hum"}


def test_one_protocol_leaves_the_rows_of_another_alone(document: Document, press: Press) -> None:
    other = press.save_protocol(slug="gum-fire")

    rewrite(document, findings=[], rules=[], scores=[], causes=[])

    assert read_draft(other) == make_draft(slug="gum-fire")
