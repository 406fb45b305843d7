"""Translations and their sources: pinned, marked when the source moves on, and never unmarked."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.carry_out import carry_out_due
from calfcms.publishing.actions.locks import lock_document
from calfcms.publishing.actions.publish import publish_together
from calfcms.publishing.actions.recall import recall
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.demonstration import publish_as_demonstration
from calfcms.publishing.models import Document, Edition, Event, LivePeriod, Standing
from calfcms.publishing.policy import ChangeClass
from calfcms.publishing.selectors import find_audit_break, get_decision, list_sign_offs
from calfcms.publishing.staleness import describe_stale, list_stale_periods
from conditions.draft import TranslationOf
from tests.conftest import make_person
from tests.publishing.conftest import Clock, Workflow, read_digest
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db


def pin(edition: int, locale: str = "en", *, reviewed: bool = False) -> TranslationOf:
    return TranslationOf(locale=locale, edition=edition, reviewed=reviewed)


def translate(workflow: Workflow, edition: int, locale: str = "hi", **changes: Any) -> Edition:
    """Publish a translation of that edition."""
    return workflow.publish_whole(locale=locale, translation_of=pin(edition), **changes)


def get_period(locale: str = "hi") -> LivePeriod:
    return LivePeriod.objects.get(document__locale=locale, ended_at=None)


def list_marks(locale: str = "hi") -> list[tuple[datetime | None, datetime | None]]:
    """The marks of every time in which something in this locale was live, oldest first."""
    periods = LivePeriod.objects.filter(document__locale=locale).order_by("started_at")
    return list(periods.values_list("source_moved_at", "source_withdrawn_at"))


def list_told() -> list[tuple[str, dict[str, Any]]]:
    events = Event.objects.filter(action__startswith="translation.").order_by("seq")
    return [(event.action, event.details) for event in events]


def withdraw_source(workflow: Workflow, at: datetime, locale: str = "en") -> None:
    document = Document.objects.get(locale=locale)
    withdraw(document=document, by=workflow.publisher, at=at, reason="Wrong.")


def test_an_edition_names_the_one_that_it_translates(workflow: Workflow) -> None:
    source = workflow.publish_whole()
    translation = translate(workflow, 1)

    assert source.translates is None
    assert translation.translates == "en/1"
    assert translation.document.content_id == source.document.content_id
    assert translation.read_content()["translation_of"] == {
        "locale": "en",
        "edition": 1,
        "reviewed": False,
        "digest": source.digest,
    }


def test_each_locale_needs_a_sign_off_of_its_own(workflow: Workflow) -> None:
    workflow.publish_whole()
    document = workflow.save(locale="hi", translation_of=pin(1))
    workflow.submit(document)

    assert list_refusals(lambda: workflow.publish(document)) == ["sign_off_missing"]


def test_a_signature_from_before_the_source_was_there_does_not_count(workflow: Workflow) -> None:
    document = workflow.save(locale="hi", translation_of=pin(1))
    workflow.submit(document)
    workflow.sign(document)
    before = read_digest(document)

    workflow.publish_whole()

    assert read_digest(document) != before
    assert Standing.objects.get(document=document).content_digest == read_digest(document)
    assert "not_submitted" in list_refusals(lambda: workflow.publish(document))


def test_another_pin_needs_another_signature(workflow: Workflow) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    workflow.publish_whole(summary="New.")

    document = workflow.save(locale="hi", translation_of=pin(2))

    assert get_decision(list_sign_offs(document, read_digest(document), "clinical")) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "refusals"),
    [
        ({"translation_of": pin(2)}, ["source_not_published"]),
        ({"translation_of": pin(1, "fr")}, ["source_not_published"]),
        ({"red_flags": ()}, ["red_flag_missing_in_translation"]),
        (
            {"translation_of": None, "red_flags": ()},
            ["red_flag_missing_in_translation"],
        ),
    ],
)
def test_it_is_refused_with_the_reason(
    workflow: Workflow, changes: dict[str, Any], refusals: list[str]
) -> None:
    workflow.publish_whole()
    document = workflow.save(**{"locale": "hi", "translation_of": pin(1)} | changes)
    workflow.submit(document)
    workflow.sign(document)

    assert list_refusals(lambda: workflow.publish(document)) == refusals


def test_it_is_refused_once_the_source_is_withdrawn(workflow: Workflow, clock: Clock) -> None:
    workflow.publish_whole()
    document = workflow.save(locale="hi", translation_of=pin(1))
    workflow.submit(document)
    workflow.sign(document)

    withdraw_source(workflow, clock())

    assert list_refusals(lambda: workflow.publish(document)) == ["source_withdrawn"]


def test_a_red_flag_is_compared_with_the_edition_that_was_translated(workflow: Workflow) -> None:
    workflow.publish_whole()
    workflow.publish_whole(red_flags=())

    assert translate(workflow, 1).number == 1


def test_a_page_and_its_translation_are_published_together_from_bundles(
    workflow: Workflow, clock: Clock
) -> None:
    documents = [workflow.save(locale="hi", translation_of=pin(1)), workflow.save()]

    editions = publish_as_demonstration(documents=documents, at=clock())

    assert [edition.translates for edition in editions] == [None, "en/1"]
    assert list_marks() == [(None, None)]


def test_a_translation_of_what_is_live_is_not_marked(workflow: Workflow) -> None:
    workflow.publish_whole()
    translate(workflow, 1)

    assert list_marks() == [(None, None)]
    assert list_told() == []


def test_a_newer_edition_of_the_source_leaves_it_behind(workflow: Workflow) -> None:
    workflow.publish_whole()
    translate(workflow, 1)

    newer = workflow.publish_whole(summary="New.")

    assert list_marks() == [(newer.published_at, None)]
    assert list_told() == [("translation.stale", {"source": "en/1", "live": 2})]


def test_the_next_one_changes_nothing_more(workflow: Workflow) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    second = workflow.publish_whole(summary="Second.")

    workflow.publish_whole(summary="Third.")

    assert list_marks() == [(second.published_at, None)]
    assert len(list_told()) == 1


def test_every_translation_is_marked_and_nothing_else(workflow: Workflow) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    translate(workflow, 1, "es")
    workflow.publish_whole(slug="stone-knee")
    translate(workflow, 1, "es", slug="stone-knee")

    newer = workflow.publish_whole(summary="New.")

    marked = LivePeriod.objects.filter(source_moved_at=newer.published_at)
    addresses = marked.values_list("document__slug", "document__locale")
    assert set(addresses) == {("glass-elbow", "hi"), ("glass-elbow", "es")}
    assert LivePeriod.objects.exclude(source_moved_at=None).count() == 2


def test_one_that_is_behind_already_is_marked_from_its_start(workflow: Workflow) -> None:
    workflow.publish_whole()
    workflow.publish_whole(summary="New.")

    translation = translate(workflow, 1)

    assert list_marks() == [(translation.published_at, None)]


def test_a_new_edition_of_the_translation_is_current_again(workflow: Workflow) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    newer = workflow.publish_whole(summary="New.")

    translate(workflow, 2, summary="नया")

    assert list_marks() == [(newer.published_at, None), (None, None)]


def test_withdrawing_the_source_marks_it_as_gone(workflow: Workflow, clock: Clock) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    at = clock()

    withdraw_source(workflow, at)

    assert list_marks() == [(at, at)]
    assert list_told() == [("translation.stale", {"source": "en/1", "live": None})]


def test_what_was_stale_before_keeps_its_moment(workflow: Workflow, clock: Clock) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    newer = workflow.publish_whole(summary="New.")
    at = clock()

    withdraw_source(workflow, at)

    assert list_marks() == [(newer.published_at, at)]
    assert [details["live"] for _, details in list_told()] == [2, None]


def test_once_the_source_is_published_again_nobody_is_told_that_it_is_gone(
    workflow: Workflow, clock: Clock
) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    at = clock()
    withdraw_source(workflow, at)

    workflow.publish_whole(summary="Right.")

    assert list_marks() == [(at, at), (at, None)]
    assert find_audit_break() is None


def test_a_recall_of_what_it_translates_marks_it_as_gone(workflow: Workflow, clock: Clock) -> None:
    source = workflow.publish_whole()
    translate(workflow, 1)
    newer = workflow.publish_whole(summary="New.")
    at = clock()

    recall(
        document=source.document,
        number=1,
        severity="critical",
        reason="It may do harm.",
        by=make_person("caller", "recall"),
        at=at,
    )

    assert list_marks() == [(newer.published_at, at)]


def test_a_recalled_live_source_too(workflow: Workflow, clock: Clock) -> None:
    source = workflow.publish_whole()
    translate(workflow, 1)
    at = clock()

    recall(
        document=source.document,
        number=1,
        severity="minor",
        reason="A typing error.",
        by=make_person("caller", "recall"),
        at=at,
    )

    assert list_marks() == [(at, at)]
    workflow.publish_whole(summary="Right.")
    assert list_marks() == [(at, at)]  # a newer source does not make what was recalled any better


def test_withdrawing_the_translation_marks_nothing(workflow: Workflow, clock: Clock) -> None:
    workflow.publish_whole()
    translate(workflow, 1)

    withdraw_source(workflow, clock(), locale="hi")
    workflow.publish_whole(summary="New.")

    assert list_marks() == [(None, None)]
    assert list_marks("en") == [(None, None)] * 2


def test_an_unsigned_source_that_lapses_makes_it_current_again(
    workflow: Workflow, clock: Clock
) -> None:
    document = workflow.publish_whole().document
    translate(workflow, 1)
    workflow.save(summary="Do not lean on it.")
    at = clock()
    deadline = at + timedelta(hours=1)
    glass = make_person("commander", "break_glass")
    break_glass(document=document, by=glass, at=at, reason="Now.", deadline_at=deadline)

    carry_out_due(at=deadline)

    assert list_marks() == [(at, None), (None, None)]
    assert [period.started_at for period in [get_period()]] == [deadline]
    assert [action for action, _ in list_told()] == ["translation.stale", "translation.current"]


@pytest.mark.parametrize("column", ["source_moved_at", "source_withdrawn_at"])
def test_what_readers_were_told_cannot_be_changed(
    workflow: Workflow, clock: Clock, column: str
) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    withdraw_source(workflow, clock())

    for value in (None, clock()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            LivePeriod.objects.filter(document__locale="hi").update(**{column: value})


def test_a_source_and_a_translation_of_its_last_edition_go_out_in_one_step(
    workflow: Workflow, clock: Clock
) -> None:
    workflow.publish_whole()
    documents = [
        workflow.save(summary="New."),
        workflow.save(locale="hi", translation_of=pin(1)),
    ]
    for document in documents:
        workflow.submit(document)
        workflow.sign(document)
    at = clock()

    publish_together(documents=documents, by=workflow.publisher, at=at)

    assert list_marks() == [(at, None)]


def test_in_the_other_order_too(workflow: Workflow, clock: Clock) -> None:
    workflow.publish_whole()
    documents = [
        workflow.save(locale="hi", translation_of=pin(1)),
        workflow.save(summary="New."),
    ]
    for document in documents:
        workflow.submit(document)
        workflow.sign(document)
    at = clock()

    publish_together(documents=documents, by=workflow.publisher, at=at)

    assert list_marks() == [(at, None)]


def test_they_learn_what_moved_on_and_where_to_see_it(workflow: Workflow) -> None:
    source = workflow.publish_whole()
    translation = translate(workflow, 1)
    newer = workflow.publish_whole(summary="New.")

    [stale] = describe_stale(list_stale_periods())

    assert (stale.document, stale.edition) == (translation.document, 1)
    assert (stale.source, str(stale.pin), stale.live) == (source.document, "en/1", 2)
    assert stale.since == newer.published_at
    assert stale.comparison == ("edition:1", "edition:2")


def test_of_a_withdrawn_source_there_is_nothing_to_compare(
    workflow: Workflow, clock: Clock
) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    withdraw_source(workflow, clock())

    [stale] = describe_stale(list_stale_periods())

    assert stale.comparison is None
    assert stale.is_gone


def test_what_was_stale_once_is_not_listed_any_more(workflow: Workflow) -> None:
    workflow.publish_whole()
    translate(workflow, 1)
    workflow.publish_whole(summary="New.")
    translate(workflow, 2, summary="नया")

    assert describe_stale(list_stale_periods()) == []


def test_all_locales_are_locked_together_so_that_none_goes_live_unseen(workflow: Workflow) -> None:
    source = workflow.publish_whole().document
    translation = translate(workflow, 1).document

    with CaptureQueriesContext(connection) as queries:
        lock_document(source)

    [query] = queries.captured_queries
    assert "content_id" in query["sql"]
    assert ("FOR UPDATE" in query["sql"]) is (connection.vendor == "postgresql")
    with connection.cursor() as cursor:
        cursor.execute(query["sql"])
        assert len(cursor.fetchall()) == 2
    assert source.content_id == translation.content_id


def test_submitting_waits_for_nobody(workflow: Workflow, clock: Clock) -> None:
    document = workflow.save(locale="hi", translation_of=pin(7))

    submitted = submit(
        document=document,
        by=workflow.editor,
        at=clock(),
        change_class=ChangeClass.CLINICAL,
        note="Before its source is there",
    )

    assert submitted.content_digest == read_digest(document)
