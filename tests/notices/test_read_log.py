"""Reading the audit log: who is told what, once."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Permission, User
from pytest_django import DjangoAssertNumQueries

from calfcms.jobs.models import Job
from calfcms.notices.actions.read_log import read_log
from calfcms.notices.models import Notice, NoticeCursor
from calfcms.publishing import log_following
from calfcms.publishing.models import AuditHead, Document
from tests.notices.conftest import (
    GLASS_ELBOW,
    list_told,
    make_colleague,
    read_and_list,
    record,
)
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


def allow(person: User, right: str) -> None:
    person.user_permissions.add(Permission.objects.get(codename=right))


@pytest.fixture
def submitted(team: Workflow) -> Document:
    document = team.save()
    team.submit(document)
    return document


def test_a_submission_is_told_to_everybody_who_may_sign(submitted: Document, at: datetime) -> None:
    make_colleague("second", "sign_off")
    make_colleague("onlooker", "view_document")

    assert read_and_list(at) == {"submitted": ["reviewer", "second"]}


def test_a_submission_is_not_told_to_whoever_may_not_sign_it(
    team: Workflow, submitted: Document, at: datetime
) -> None:
    allow(team.editor, "sign_off")
    helper = make_colleague("helper", "sign_off", "edit_draft")
    record("draft.saved", document=submitted, by=helper, at=at)
    team.submit(submitted, note="Again")
    NoticeCursor.objects.update(seq=AuditHead.objects.get().seq - 1)

    assert read_and_list(at) == {"submitted": ["reviewer"]}


def test_who_edited_only_an_earlier_edition_may_sign_and_is_told(
    team: Workflow, at: datetime
) -> None:
    helper = make_colleague("helper", "sign_off")
    document = team.save()
    record("draft.saved", document=document, by=helper, at=at)
    team.submit(document)
    team.sign(document)
    team.publish(document)
    team.save(summary="Other words.")
    team.submit(document)
    NoticeCursor.objects.update(seq=AuditHead.objects.get().seq - 1)

    assert read_and_list(at) == {"submitted": ["helper", "reviewer"]}


def test_who_cannot_open_the_page_is_not_told(
    team: Workflow, submitted: Document, at: datetime
) -> None:
    outsider = make_colleague("outsider", "sign_off")
    outsider.is_staff = False
    outsider.save()
    team.reviewer.is_active = False
    team.reviewer.save()

    assert read_and_list(at) == {}


@pytest.mark.parametrize("decision", ["approved", "changes_requested"])
def test_a_decision_is_told_to_the_submitter_and_to_who_edited(
    team: Workflow, submitted: Document, at: datetime, decision: str
) -> None:
    record("draft.saved", document=submitted, by=make_colleague("helper"), at=at)
    make_colleague("onlooker", "edit_draft")
    team.sign(submitted, decision=decision)

    assert read_and_list(at)[decision] == ["editor", "helper"]


def test_a_publication_is_told_to_the_submitter(team: Workflow, at: datetime) -> None:
    document = team.save()
    record("draft.saved", document=document, by=make_colleague("helper"), at=at)
    team.submit(document)
    team.sign(document)
    team.publish(document)

    assert read_and_list(at)["published"] == ["editor"]
    assert Notice.objects.get(kind="published").facts == {"edition": 1}


def test_a_publication_that_nobody_submitted_is_told_to_nobody(
    team: Workflow, at: datetime
) -> None:
    document = team.save()
    record("edition.published", document=document, by=team.publisher, at=at, edition=1)

    assert read_and_list(at) == {}


def test_a_failed_schedule_is_told_to_who_asked_for_it(team: Workflow, at: datetime) -> None:
    worker = make_colleague("worker")
    record(
        "schedule.failed",
        document=team.save(),
        by=worker,
        at=at,
        details={
            "verb": "publish",
            "due_at": "2026-11-21T12:00:00Z",
            "note": "Somebody's words",
            "requested_by": str(team.publisher.pk),
        },
    )

    assert read_and_list(at) == {"schedule_failed": ["publisher"]}
    assert Notice.objects.get().facts == {"verb": "publish", "due_at": "2026-11-21T12:00:00Z"}


def test_break_glass_is_told_to_publishers_reviewers_and_administrators(
    team: Workflow, at: datetime
) -> None:
    administrator = make_colleague("administrator")
    allow(administrator, "change_user")
    make_colleague("both", "publish", "sign_off")
    record("edition.break_glass", document=team.save(), by=team.publisher, at=at, edition=2)

    told = read_and_list(at)

    assert told == {"break_glass": ["administrator", "both", "publisher", "reviewer"]}


@pytest.mark.parametrize(("severity", "told"), [("high", ["editor"]), ("low", []), (None, [])])
def test_only_feedback_of_high_severity_is_told(
    team: Workflow, at: datetime, severity: str | None, told: list[str]
) -> None:
    allow(team.editor, "answer_feedback")
    details = {"feedback": "5", "severity": severity, "owner": "publisher"}
    record(
        "feedback.reported",
        document=team.save(),
        by=team.publisher,
        at=at,
        edition=1,
        details=details,
    )

    assert read_and_list(at).get("feedback", []) == told
    assert all(notice.facts == {"feedback": "5", "edition": 1} for notice in Notice.objects.all())


def test_a_notice_holds_the_title_and_no_words_of_people(
    team: Workflow, submitted: Document, at: datetime
) -> None:
    team.sign(submitted, decision="changes_requested")

    read_log(at=at)

    notice = Notice.objects.get(kind="changes_requested")
    assert (notice.title, notice.facts) == (GLASS_ELBOW, {})


def test_each_event_is_told_once(submitted: Document, at: datetime) -> None:
    first = read_log(at=at)

    second = read_log(at=at)

    assert (first, second) == (1, 0)
    assert list_told() == {"submitted": ["reviewer"]}


def test_each_notice_has_one_job_that_mails_it(submitted: Document, at: datetime) -> None:
    read_log(at=at)

    notice = Notice.objects.get()
    job = Job.objects.get()
    assert (job.name, job.key) == ("notices.mail", f"notices.mail:{notice.key}")
    assert job.arguments == {"notice": notice.pk}


def test_a_cursor_that_was_set_back_tells_nothing_twice(submitted: Document, at: datetime) -> None:
    read_log(at=at)
    NoticeCursor.objects.update(seq=0)

    told_again = read_log(at=at)

    assert told_again == 0
    assert Notice.objects.count() == Job.objects.count() == 1


def test_it_reads_on_to_the_end_of_a_long_log(
    team: Workflow, submitted: Document, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_following, "BATCH", 2)
    for number in range(5):
        team.submit(submitted, note=f"Again {number}")

    read_log(at=at)

    assert list_told() == {"submitted": ["reviewer"] * 6}
    assert NoticeCursor.objects.get().seq == AuditHead.objects.get().seq


def test_with_nothing_new_it_asks_one_question_and_writes_nothing(
    submitted: Document, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    read_log(at=at)

    with django_assert_num_queries(1):
        read_log(at=at)
