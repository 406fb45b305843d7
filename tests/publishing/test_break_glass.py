"""Break-glass: unsigned content goes out, says so, and goes away again unless it is signed."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.actions.cancel_schedule import cancel_schedule
from calfcms.publishing.actions.carry_out import carry_out_due
from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.digest import digest_of
from calfcms.publishing.emergency import get_latest_deadline
from calfcms.publishing.models import BreakGlass, Document, Edition, Event, LivePeriod, Schedule
from calfcms.publishing.policy import Decision, Role
from calfcms.publishing.selectors import (
    find_audit_break,
    get_edition_as_of,
    get_live_edition,
    list_changes,
)
from calfcms.publishing.standings import get_standing
from tests.conftest import NOON, make_person
from tests.publishing.conftest import Workflow, read_digest
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db

ONE = timedelta(seconds=1)
BROKEN = NOON + timedelta(hours=1)
DEADLINE = BROKEN + timedelta(hours=24)
REASON = "A batch was recalled this morning."


@pytest.fixture
def commander() -> User:
    """May break the glass."""
    return make_person("commander", "break_glass", first_name="Cora", last_name="Commander")


@pytest.fixture
def document(workflow: Workflow) -> Document:
    """A live page whose draft says something that nobody has seen."""
    workflow.publish_whole()
    return workflow.save(summary="Do not lean on it.", red_flags=())


def break_now(document: Document, by: User, **changes: Any) -> Edition:
    asked: dict[str, Any] = {"at": BROKEN, "reason": REASON, "deadline_at": DEADLINE} | changes
    return break_glass(document=document, by=by, **asked)


def sign(document: Document, by: User, at: datetime, digest: str | None = None) -> None:
    sign_off(
        document=document,
        content_digest=digest or read_digest(document),
        role=Role.CLINICAL,
        decision=Decision.APPROVED,
        by=by,
        at=at,
        conflicts_of_interest="none declared",
    )


def submit_and_sign(workflow: Workflow, document: Document) -> None:
    workflow.submit(document, "clinical", "Recalled")
    workflow.sign(document)


def read_json(edition: Edition) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(bytes(edition.renditions.get(format="json").body))
    return body


def get_live(document: Document) -> Edition:
    live = get_live_edition(document)
    assert live is not None
    return live


def test_the_draft_is_live_without_a_signature(document: Document, commander: User) -> None:
    edition = break_now(document, commander)

    assert get_live(document) == edition
    assert edition.number == 2
    assert edition.published_by == commander


def test_the_edition_says_that_nobody_signed_it_and_why_and_until_when(
    document: Document, commander: User
) -> None:
    first = get_live(document)

    edition = read_json(break_now(document, commander))

    assert edition["review"] == {
        "last_reviewed": first.last_reviewed_on.isoformat(),
        "next_review_due": first.next_review_due_on.isoformat(),
        "unsigned": {"reason": REASON, "until": "2026-11-22T13:00:00Z"},
        "sign_offs": [],
    }
    digest = edition.pop("digest")
    assert digest == digest_of(edition)


@pytest.mark.parametrize("name", ["html", "md"])
def test_readers_of_pages_are_told_plainly(document: Document, commander: User, name: str) -> None:
    edition = break_now(document, commander, reason="Recalled <today>.")

    body = bytes(edition.renditions.get(format=name).body).decode()

    assert "No clinician has signed this edition yet" in body
    assert "22 November 2026" in body
    assert "<today>" not in body


def test_the_data_for_search_engines_claims_no_review(document: Document, commander: User) -> None:
    edition = break_now(document, commander)

    page = json.loads(bytes(edition.renditions.get(format="jsonld").body))

    assert "lastReviewed" not in json.dumps(page)
    assert "reviewedBy" not in json.dumps(page)


def test_it_is_shouted_in_the_log(document: Document, commander: User) -> None:
    edition = break_now(document, commander)

    published, broken = Event.objects.order_by("seq").filter(seq__gt=1)[Event.objects.count() - 3 :]
    assert (published.action, broken.action) == ("edition.published", "edition.break_glass")
    assert broken.actor == "Cora Commander"
    assert broken.edition == edition.number
    assert broken.details == {
        "reason": REASON,
        "deadline_at": "2026-11-22T13:00:00Z",
        "lapses_to": 1,
    }
    assert list_changes()[-1].action == "edition.published"


def test_it_does_not_count_as_published_in_lists_of_work(
    document: Document, commander: User
) -> None:
    break_now(document, commander)

    standing = get_standing(document)

    assert standing is not None
    assert (standing.state, standing.is_live_unsigned) == ("draft", True)
    assert standing.is_safety_change


def test_unsigned_it_lapses_at_its_deadline(document: Document, commander: User) -> None:
    unsigned = break_now(document, commander)

    assert carry_out_due(at=DEADLINE - ONE) == 0
    done = carry_out_due(at=DEADLINE)

    assert done == 1
    assert get_live(document).number == 1
    lapsed = LivePeriod.objects.get(edition=unsigned)
    assert (lapsed.ended_at, lapsed.ending) == (DEADLINE, "superseded")
    assert "nobody signed it by 2026-11-22T13:00:00Z" in lapsed.reason
    assert get_edition_as_of(document=document, at=DEADLINE - ONE) == unsigned
    assert find_audit_break() is None


def test_the_lapse_is_in_the_feed(document: Document, commander: User) -> None:
    break_now(document, commander)
    carry_out_due(at=DEADLINE)

    change = list_changes()[-1]

    assert (change.action, change.edition) == ("edition.lapsed", 2)
    assert change.details["live_again"] == 1


def test_it_lapses_once(document: Document, commander: User) -> None:
    break_now(document, commander)
    carry_out_due(at=DEADLINE)

    assert carry_out_due(at=DEADLINE + ONE) == 0
    assert Event.objects.filter(action="edition.lapsed").count() == 1
    assert LivePeriod.objects.filter(document=document, ended_at=None).count() == 1


def test_it_lapses_also_when_who_broke_the_glass_has_left(
    document: Document, commander: User
) -> None:
    break_now(document, commander)
    commander.is_active = False
    commander.save()

    carry_out_due(at=DEADLINE)

    assert get_live(document).number == 1


def test_signed_in_time_it_stays(document: Document, workflow: Workflow, commander: User) -> None:
    break_now(document, commander)
    submit_and_sign(workflow, document)

    carry_out_due(at=DEADLINE)

    assert get_live(document).number == 2
    schedule = Schedule.objects.get(verb="lapse")
    assert schedule.outcome == "done"
    assert "was signed before its deadline" in schedule.outcome_note
    assert Event.objects.filter(action="break_glass.signed").count() == 1


def test_signed_in_time_it_stays_whatever_the_draft_says_by_then(
    document: Document, workflow: Workflow, commander: User
) -> None:
    break_now(document, commander)
    submit_and_sign(workflow, document)
    workflow.save(summary="The next version.")

    carry_out_due(at=DEADLINE)

    assert get_live(document).number == 2


def test_a_request_for_changes_is_no_signature(
    document: Document, workflow: Workflow, commander: User
) -> None:
    break_now(document, commander)
    workflow.submit(document)
    workflow.sign(document, decision="changes_requested")

    carry_out_due(at=DEADLINE)

    assert get_live(document).number == 1


def test_an_editors_signature_does_not_carry_a_safety_change(
    document: Document, workflow: Workflow, commander: User
) -> None:
    break_now(document, commander)
    workflow.submit(document, "editorial")
    workflow.sign(document, "editorial")

    carry_out_due(at=DEADLINE)

    assert get_live(document).number == 1


def test_its_author_cannot_sign_it_afterwards(
    document: Document, workflow: Workflow, commander: User, reviewer: User
) -> None:
    workflow.editor = reviewer
    reviewer.is_superuser = True
    reviewer.save()
    workflow.save(summary="My own words.")
    break_now(document, commander)
    workflow.submit(document)

    codes = list_refusals(lambda: sign(document, reviewer, BROKEN + ONE))

    assert codes == ["own_work"]


def test_signed_it_can_be_published_as_the_next_edition(
    document: Document, workflow: Workflow, commander: User, publisher: User
) -> None:
    unsigned = break_now(document, commander)
    submit_and_sign(workflow, document)

    edition = publish(document=document, by=publisher, at=BROKEN + ONE)

    review = read_json(edition)["review"]
    assert (edition.number, edition.content_digest) == (3, unsigned.content_digest)
    assert "unsigned" not in review
    assert len(review["sign_offs"]) == 1
    assert edition.last_reviewed_on == date(2026, 11, 21)
    schedule = Schedule.objects.get(verb="lapse")
    assert (schedule.outcome, schedule.outcome_note) == ("cancelled", "Edition 3 was published.")
    assert carry_out_due(at=DEADLINE) == 0
    assert get_live(document) == edition


def test_an_editorial_change_after_it_keeps_the_clinical_signature_of_before(
    workflow: Workflow, commander: User, publisher: User
) -> None:
    first = workflow.publish_whole()
    document = workflow.save(summary="It tingles, mostly.")
    break_now(document, commander)
    workflow.submit(document, "editorial", "Clearer")
    workflow.sign(document, "editorial")

    edition = publish(document=document, by=publisher, at=BROKEN + ONE)

    sign_offs = read_json(edition)["review"]["sign_offs"]
    assert [each["role"] for each in sign_offs] == ["editorial", "clinical"]
    assert sign_offs[1]["content_digest"] == first.content_digest


def test_a_second_emergency_gains_no_time_and_lapses_to_the_signed_edition(
    document: Document, workflow: Workflow, commander: User
) -> None:
    break_now(document, commander)
    workflow.save(summary="Do not lean on it, nor hang from it.")
    at = BROKEN + timedelta(hours=2)

    too_late = list_refusals(
        lambda: break_now(document, commander, at=at, deadline_at=DEADLINE + ONE)
    )
    second = break_now(document, commander, at=at, deadline_at=DEADLINE)
    carry_out_due(at=DEADLINE)

    assert too_late == ["deadline_out_of_range"]
    assert BreakGlass.objects.get(edition=second).previous.number == 1
    assert get_live(document).number == 1


def test_what_lapsed_once_gets_no_second_deadline(document: Document, commander: User) -> None:
    break_now(document, commander)
    carry_out_due(at=DEADLINE)
    at = DEADLINE + ONE

    codes = list_refusals(
        lambda: break_now(document, commander, at=at, deadline_at=at + timedelta(hours=1))
    )

    assert codes == ["lapsed_already"]


def test_withdrawing_it_ends_the_deadline(
    document: Document, commander: User, publisher: User
) -> None:
    break_now(document, commander)

    withdraw(document=document, by=publisher, at=BROKEN + ONE, reason="Wrong.")

    assert carry_out_due(at=DEADLINE) == 0
    assert get_live_edition(document) is None


def test_the_deadline_cannot_be_called_off(document: Document, commander: User) -> None:
    break_now(document, commander)
    commander.is_superuser = True

    codes = list_refusals(
        lambda: cancel_schedule(schedule=Schedule.objects.get(), by=commander, at=BROKEN + ONE)
    )

    assert codes == ["deadline_stands"]


def test_the_same_note_and_class_as_submitted(
    document: Document, workflow: Workflow, commander: User
) -> None:
    workflow.submit(document, "correction", "Recalled")

    edition = break_now(document, commander)

    assert (edition.change_class, edition.change_note) == ("correction", "Recalled")


def test_a_class_that_hides_a_safety_change_is_not_believed(
    document: Document, workflow: Workflow, commander: User
) -> None:
    workflow.submit(document, "presentation", "Just looks")

    assert break_now(document, commander).change_class == "clinical"


def test_the_latest_deadline_is_the_deployments(
    document: Document, commander: User, settings: Any
) -> None:
    settings.BREAK_GLASS_MAX_HOURS = 2
    latest = get_latest_deadline(document, at=BROKEN)

    codes = list_refusals(lambda: break_now(document, commander, deadline_at=latest + ONE))
    edition = break_now(document, commander, deadline_at=latest)

    assert latest == BROKEN + timedelta(hours=2)
    assert codes == ["deadline_out_of_range"]
    assert edition.number == 2


def test_it_refuses_a_deadline_that_is_over_and_an_empty_reason_at_once(
    document: Document, commander: User
) -> None:
    codes = list_refusals(lambda: break_now(document, commander, deadline_at=BROKEN, reason="  "))

    assert codes == ["reason_missing", "deadline_out_of_range"]


def test_it_refuses_a_first_edition(workflow: Workflow, commander: User) -> None:
    document = workflow.save()

    assert list_refusals(lambda: break_now(document, commander)) == ["no_earlier_edition"]


def test_it_refuses_what_was_withdrawn(
    document: Document, commander: User, publisher: User
) -> None:
    withdraw(document=document, by=publisher, at=BROKEN - ONE, reason="Wrong.")

    assert list_refusals(lambda: break_now(document, commander)) == ["no_earlier_edition"]


def test_it_refuses_what_is_live_already(workflow: Workflow, commander: User) -> None:
    document = workflow.publish_whole().document

    assert list_refusals(lambda: break_now(document, commander)) == ["nothing_changed"]


def test_it_refuses_what_has_its_signature(
    document: Document, workflow: Workflow, commander: User
) -> None:
    submit_and_sign(workflow, document)

    assert list_refusals(lambda: break_now(document, commander)) == ["signed_already"]


def test_it_does_not_outvote_a_reviewer(
    document: Document, workflow: Workflow, commander: User
) -> None:
    workflow.submit(document)
    workflow.sign(document, decision="changes_requested")

    assert list_refusals(lambda: break_now(document, commander)) == ["changes_requested"]


def test_the_contents_own_problems_still_count(workflow: Workflow, commander: User) -> None:
    workflow.publish_whole()
    document = workflow.save(disclaimer="", related=("lost",))

    codes = list_refusals(lambda: break_now(document, commander))

    assert "link_to_unpublished_condition" in codes
    assert Edition.objects.filter(document=document).count() == 1
    assert not BreakGlass.objects.exists()


def test_it_needs_a_right_of_its_own(document: Document, publisher: User) -> None:
    assert list_refusals(lambda: break_now(document, publisher)) == ["not_allowed"]
