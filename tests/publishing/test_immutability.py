"""The past does not change: raw SQL is refused by the database itself, on both databases."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from calfcms.publishing.models import Edition, Event, LivePeriod
from tests.publishing.conftest import Clock, Workflow

pytestmark = pytest.mark.django_db

STATEMENTS = [
    "UPDATE publishing_edition SET change_note = 'other'",
    "UPDATE publishing_edition SET content = '{}'",
    "DELETE FROM publishing_edition",
    "UPDATE publishing_rendition SET body = NULL",
    "DELETE FROM publishing_rendition",
    "UPDATE publishing_submission SET note = 'other'",
    "DELETE FROM publishing_submission",
    "UPDATE publishing_signoff SET decision = 'changes_requested'",
    "DELETE FROM publishing_signoff",
    "UPDATE publishing_event SET actor = 'other'",
    "DELETE FROM publishing_event WHERE seq = 1",
    "DELETE FROM publishing_event WHERE seq = (SELECT MAX(seq) FROM publishing_event)",
    "DELETE FROM publishing_liveperiod",
    "UPDATE publishing_liveperiod SET started_at = ended_at WHERE ended_at IS NOT NULL",
    "UPDATE publishing_liveperiod SET ended_at = NULL, ended_by_id = NULL, ending = ''",
    "UPDATE publishing_document SET slug = 'other'",
    "DELETE FROM publishing_audithead",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_sql_cannot_change_the_past(workflow: Workflow, statement: str) -> None:
    workflow.publish_whole()
    workflow.publish_whole(summary="It tingles.")

    with (
        pytest.raises(DatabaseError, match=r"never|only be ended|keeps its"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_truncate_is_refused_where_it_exists(workflow: Workflow) -> None:
    workflow.publish_whole()
    if connection.vendor != "postgresql":
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("TRUNCATE publishing_event")
        return

    with (
        pytest.raises(DatabaseError, match="never truncated"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE publishing_event CASCADE")


def test_editions_are_numbered_without_gaps(workflow: Workflow) -> None:
    edition = workflow.publish_whole()
    edition.pk, edition.number = None, 3

    with pytest.raises(DatabaseError, match="without gaps"), transaction.atomic():
        edition.save(force_insert=True)


def test_events_are_numbered_without_gaps(workflow: Workflow) -> None:
    workflow.publish_whole()
    event = Event.objects.order_by("-seq")[0]
    event.seq += 2

    with pytest.raises(DatabaseError, match="without gaps"), transaction.atomic():
        event.save(force_insert=True)


def test_a_document_has_one_live_edition(workflow: Workflow, clock: Clock) -> None:
    edition = workflow.publish_whole()
    second = LivePeriod(
        document=edition.document,
        edition=edition,
        started_at=clock(),
        started_by=edition.published_by,
    )

    with pytest.raises(DatabaseError), transaction.atomic():
        second.save()


def test_live_periods_do_not_overlap(workflow: Workflow, publisher: object, at: object) -> None:
    first = workflow.publish_whole()
    workflow.publish_whole(summary="It tingles.")
    ended = LivePeriod.objects.get(edition=first)
    second = LivePeriod(
        document=first.document,
        edition=first,
        started_at=ended.started_at,
        started_by=first.published_by,
    )

    with pytest.raises(DatabaseError), transaction.atomic():
        second.save()


def test_a_document_is_live_in_an_edition_of_its_own(workflow: Workflow, clock: Clock) -> None:
    edition = workflow.publish_whole()
    other = workflow.save(slug="stone-knee", name="Stone knee")
    period = LivePeriod(
        document=other, edition=edition, started_at=clock(), started_by=edition.published_by
    )

    with pytest.raises(DatabaseError, match="edition of its own"), transaction.atomic():
        period.save()


def test_every_trigger_is_there_after_all_migrations(db: None) -> None:
    # SQLite drops the triggers of a table that a later migration rebuilds.
    from importlib import import_module

    migrations = (
        "0002_the_past_is_immutable",
        "0004_plans_are_kept",
        "0012_what_is_frozen_is_kept",
        "0014_translations",
        "0017_acceptances",
    )
    wanted = {
        f"{table}_{name}"
        for migration in migrations
        for table, name, *_ in import_module(f"calfcms.publishing.migrations.{migration}").RULES
    }
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }

    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}

    assert wanted <= found


TO_COME = {"due_at", "expires_at", "deadline_at"}
"""Moments that somebody set beforehand: nobody acts in them."""
ACTED_OTHERWISE = {
    ("Cause", "described_at"): "a place on a page and no moment",
    ("Invitation", "used_at"): "the sign-off that it led to has the signer",
    ("Schedule", "ended_at"): "the event of its end has the actor",
    ("LivePeriod", "source_moved_at"): "who published the source has its event",
    ("LivePeriod", "source_withdrawn_at"): "who withdrew the source has its event",
    ("LiveFacet", "started_at"): "a copy of its live period's, which has the publisher",
}


def test_every_at_is_paired_with_a_by() -> None:
    fields = {
        (model.__name__, field.name): field
        for app in ("publishing", "conditions", "triage")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
    }
    moments = [
        key
        for key in fields
        if key[1].endswith("_at") and key[1] not in TO_COME and key not in ACTED_OTHERWISE
    ]

    unpaired = [
        (model, name)
        for model, name in moments
        if (model, f"{name.removesuffix('_at')}_by") not in fields
        or fields[model, name].null != fields[model, f"{name.removesuffix('_at')}_by"].null
    ]

    assert moments
    assert unpaired == []


def test_an_edition_survives_an_attempt_to_save_it_again(workflow: Workflow) -> None:
    edition = workflow.publish_whole()
    edition.change_note = "other"

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        edition.save()

    assert Edition.objects.get().change_note == "First version"
