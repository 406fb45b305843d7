"""Scheduling: what is planned is done at its time, exactly, once, or it says why not."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.cancel_schedule import cancel_schedule
from calfcms.publishing.actions.carry_out import carry_out_due
from calfcms.publishing.actions.schedule import schedule
from calfcms.publishing.actions.withdraw import withdraw
from calfcms.publishing.models import Document, Edition, Event, LivePeriod, Schedule, Verb
from calfcms.publishing.selectors import find_audit_break, get_live_edition
from conditions.models import Condition
from tests.conftest import NOON, make_person
from tests.publishing.conftest import Clock, Workflow, read_digest
from tests.publishing.refusals import list_refusals

pytestmark = pytest.mark.django_db

ONE = timedelta(seconds=1)
DUE = NOON + timedelta(hours=6)
LATER = DUE + timedelta(minutes=5)
BEFORE = NOON + timedelta(hours=1)


@pytest.fixture
def signed(workflow: Workflow) -> Document:
    """A live page whose draft says something newer that is signed."""
    workflow.publish_whole()
    document = workflow.save(summary="It tingles.")
    workflow.submit(document)
    workflow.sign(document)
    return document


def plan(document: Document, by: User, verb: Verb = Verb.PUBLISH, **changes: Any) -> Schedule:
    """Plan it for `DUE`, an hour after noon."""
    asked: dict[str, Any] = {"due_at": DUE, "at": BEFORE, "by": by, "verb": verb} | changes
    return schedule(document=document, **asked)


def read_end(planned: Schedule) -> tuple[str, str]:
    planned.refresh_from_db()
    return planned.outcome, planned.outcome_note


def list_actions(document: Document) -> list[str]:
    events = Event.objects.filter(document_id=document.pk).order_by("seq")
    return list(events.values_list("action", flat=True))


def test_nothing_happens_before_its_time(signed: Document, publisher: User) -> None:
    planned = plan(signed, publisher)

    done = carry_out_due(at=DUE - ONE)

    assert done == 0
    assert read_end(planned) == ("", "")
    assert list_actions(signed)[-1] == "schedule.requested"


def test_what_was_signed_goes_live_when_it_is_due(signed: Document, publisher: User) -> None:
    planned = plan(signed, publisher)

    done = carry_out_due(at=DUE)

    live = get_live_edition(signed)
    assert done == 1
    assert live is not None
    assert (live.number, live.published_at, live.published_by) == (2, DUE, publisher)
    assert read_end(planned) == ("done", "Edition 2 was published.")
    assert list_actions(signed)[-2:] == ["edition.published", "schedule.done"]
    assert find_audit_break() is None


def test_a_late_worker_writes_down_when_it_was_really_done(
    signed: Document, publisher: User
) -> None:
    plan(signed, publisher)

    carry_out_due(at=LATER)

    period = LivePeriod.objects.get(document=signed, ended_at=None)
    event = Event.objects.get(action="schedule.done")
    assert period.started_at == event.at == LATER
    assert event.details["due_at"] == "2026-11-21T18:00:00Z"


def test_a_second_round_does_nothing(signed: Document, publisher: User) -> None:
    plan(signed, publisher)
    carry_out_due(at=DUE)
    events = Event.objects.count()

    done = carry_out_due(at=LATER)

    assert done == 0
    assert Event.objects.count() == events
    assert Edition.objects.filter(document=signed).count() == 2


def test_a_first_edition_can_be_planned(workflow: Workflow, publisher: User) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    plan(document, publisher)

    carry_out_due(at=DUE)

    assert get_live_edition(document) is not None


def test_a_withdrawal_can_be_planned(signed: Document, publisher: User) -> None:
    planned = plan(signed, publisher, Verb.WITHDRAW, reason="The guideline ends today.")

    carry_out_due(at=DUE)

    period = LivePeriod.objects.get(document=signed)
    assert (period.ending, period.reason) == ("withdrawn", "The guideline ends today.")
    assert period.ended_at == DUE
    assert read_end(planned) == ("done", "Edition 1 was withdrawn.")


def test_several_due_schedules_are_all_done_the_oldest_first(
    signed: Document, workflow: Workflow, publisher: User
) -> None:
    other = workflow.publish_whole(slug="stone-knee", name="Stone knee").document
    plan(signed, publisher, Verb.WITHDRAW, due_at=DUE + ONE, reason="Gone.")
    plan(other, publisher, Verb.WITHDRAW, reason="Gone.")
    plan(signed, publisher, Verb.PUBLISH, due_at=DUE + 2 * ONE)

    done = carry_out_due(at=LATER)

    ended = Event.objects.filter(action="schedule.done").order_by("seq")
    assert done == 3
    assert [(event.document_id, event.details["verb"]) for event in ended] == [
        (other.pk, "withdraw"),
        (signed.pk, "withdraw"),
        (signed.pk, "publish"),
    ]


def test_a_draft_that_changed_since_is_not_published(
    signed: Document, workflow: Workflow, publisher: User
) -> None:
    planned = plan(signed, publisher)
    workflow.save(summary="Something else.")

    done = carry_out_due(at=DUE)

    outcome, note = read_end(planned)
    assert (done, outcome) == (1, "failed")
    assert "no longer says what was planned" in note
    assert list_actions(signed)[-1] == "schedule.failed"
    live = get_live_edition(signed)
    assert live is not None
    assert live.number == 1


def test_a_reviewer_who_changed_their_mind_stops_it(
    signed: Document, workflow: Workflow, publisher: User
) -> None:
    planned = plan(signed, publisher)
    workflow.sign(signed, decision="changes_requested")

    carry_out_due(at=DUE)

    outcome, note = read_end(planned)
    assert outcome == "failed"
    assert "asked for changes" in note
    assert Edition.objects.filter(document=signed).count() == 1


def test_it_fails_when_the_requester_has_lost_the_right(signed: Document, publisher: User) -> None:
    planned = plan(signed, publisher)
    publisher.user_permissions.clear()

    carry_out_due(at=DUE)

    outcome, note = read_end(planned)
    assert outcome == "failed"
    assert "the right “publish” is missing" in note


def test_one_that_fails_does_not_keep_the_others(
    signed: Document, workflow: Workflow, publisher: User
) -> None:
    other = workflow.publish_whole(slug="stone-knee", name="Stone knee").document
    failing = plan(signed, publisher)
    passing = plan(other, publisher, Verb.WITHDRAW, due_at=DUE + ONE, reason="Gone.")
    workflow.save(summary="Something else.")

    done = carry_out_due(at=LATER)

    assert done == 2
    assert (read_end(failing)[0], read_end(passing)[0]) == ("failed", "done")


def test_an_unforeseen_error_leaves_only_that_one_pending(
    signed: Document, workflow: Workflow, publisher: User
) -> None:
    other = workflow.publish_whole(slug="stone-knee", name="Stone knee").document
    broken = plan(signed, publisher)
    passing = plan(other, publisher, Verb.WITHDRAW, due_at=DUE + ONE, reason="Gone.")
    Condition.objects.filter(document=signed).delete()  # what no action does

    with pytest.raises(ExceptionGroup) as raised:
        carry_out_due(at=LATER)

    assert raised.group_contains(LookupError)
    assert (read_end(broken)[0], read_end(passing)[0]) == ("", "done")


def test_a_planned_withdrawal_does_not_touch_a_newer_edition(
    signed: Document, workflow: Workflow, publisher: User
) -> None:
    planned = plan(signed, publisher, Verb.WITHDRAW, reason="The guideline ends.")
    workflow.publish(signed)

    carry_out_due(at=DUE)

    outcome, note = read_end(planned)
    assert outcome == "failed"
    assert "Another edition" in note
    assert get_live_edition(signed) is not None


def test_publishing_by_hand_cancels_the_plan_for_the_same_content(
    signed: Document, workflow: Workflow, publisher: User
) -> None:
    planned = plan(signed, publisher)

    workflow.publish(signed)

    assert read_end(planned) == ("cancelled", "Edition 2 was published.")
    assert carry_out_due(at=DUE) == 0


def test_withdrawing_by_hand_cancels_the_planned_withdrawal(
    signed: Document, publisher: User
) -> None:
    planned = plan(signed, publisher, Verb.WITHDRAW, reason="Later.")

    withdraw(document=signed, by=publisher, at=BEFORE + ONE, reason="Now.")

    assert read_end(planned) == ("cancelled", "Edition 1 was withdrawn.")
    assert carry_out_due(at=DUE) == 0


def test_the_plan_is_for_the_digest_of_that_moment(signed: Document, publisher: User) -> None:
    planned = plan(signed, publisher)

    assert planned.content_digest == read_digest(signed)
    requested = Event.objects.get(action="schedule.requested")
    assert requested.content_digest == planned.content_digest
    assert requested.details["verb"] == "publish"


@pytest.mark.parametrize("due_at", [BEFORE, BEFORE - ONE])
def test_it_refuses_a_time_that_is_over(
    signed: Document, publisher: User, due_at: datetime
) -> None:
    codes = list_refusals(lambda: plan(signed, publisher, due_at=due_at))

    assert codes == ["due_in_the_past"]


def test_it_refuses_a_second_plan_of_the_same_kind(signed: Document, publisher: User) -> None:
    plan(signed, publisher)

    codes = list_refusals(lambda: plan(signed, publisher, due_at=LATER))

    assert codes == ["already_scheduled"]


def test_publishing_and_withdrawing_can_both_be_planned(signed: Document, publisher: User) -> None:
    plan(signed, publisher)
    plan(signed, publisher, Verb.WITHDRAW, reason="Gone.", due_at=DUE - ONE)

    assert Schedule.objects.filter(document=signed, ended_at=None).count() == 2


def test_it_refuses_what_nobody_signed_with_every_reason(
    workflow: Workflow, publisher: User
) -> None:
    document = workflow.save(disclaimer="")

    codes = list_refusals(lambda: plan(document, publisher))

    assert {"not_submitted", "sign_off_missing"} < set(codes)


def test_it_refuses_credentials_that_will_have_run_out_by_then(
    workflow: Workflow, reviewer: User, publisher: User
) -> None:
    reviewer.reviewer_profile.valid_until = date(2026, 12, 1)
    reviewer.reviewer_profile.save()
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    in_time = plan(document, publisher, due_at=NOON + timedelta(days=9))
    cancel_schedule(schedule=in_time, by=publisher, at=BEFORE)

    codes = list_refusals(lambda: plan(document, publisher, due_at=NOON + timedelta(days=30)))

    assert codes == ["credentials_expired"]


def test_it_refuses_what_is_live_already(workflow: Workflow, publisher: User) -> None:
    document = workflow.publish_whole().document

    assert list_refusals(lambda: plan(document, publisher)) == ["nothing_changed"]


def test_it_refuses_a_withdrawal_without_reason_or_replacement(
    signed: Document, publisher: User
) -> None:
    codes = list_refusals(lambda: plan(signed, publisher, Verb.WITHDRAW, replacement="lost"))

    assert codes == ["reason_missing", "replacement_not_live"]


def test_it_refuses_a_withdrawal_of_what_is_not_live(workflow: Workflow, publisher: User) -> None:
    document = workflow.save()

    codes = list_refusals(lambda: plan(document, publisher, Verb.WITHDRAW, reason="Gone."))

    assert codes == ["not_live"]


def test_nobody_can_plan_a_deadline(signed: Document, publisher: User) -> None:
    codes = list_refusals(lambda: plan(signed, publisher, Verb.LAPSE, reason="Gone."))

    assert codes == ["not_schedulable"]


@pytest.mark.parametrize(
    ("verb", "right"), [(Verb.PUBLISH, "withdraw"), (Verb.WITHDRAW, "publish")]
)
def test_it_refuses_somebody_without_the_right(signed: Document, verb: Verb, right: str) -> None:
    person = make_person("other", right)

    codes = list_refusals(lambda: plan(signed, person, verb, reason="Gone."))

    assert codes == ["not_allowed"]


def test_a_plan_can_be_cancelled(signed: Document, publisher: User) -> None:
    planned = plan(signed, publisher)

    cancel_schedule(schedule=planned, by=publisher, at=BEFORE + ONE, reason="Too early.")

    assert read_end(planned) == ("cancelled", "Too early.")
    assert carry_out_due(at=DUE) == 0
    event = Event.objects.get(action="schedule.cancelled")
    assert (event.at, event.details["note"]) == (BEFORE + ONE, "Too early.")


def test_what_was_done_cannot_be_cancelled(signed: Document, publisher: User) -> None:
    planned = plan(signed, publisher)
    carry_out_due(at=DUE)

    codes = list_refusals(lambda: cancel_schedule(schedule=planned, by=publisher, at=LATER))

    assert codes == ["schedule_ended"]


def test_cancelling_needs_the_right(signed: Document, publisher: User, editor: User) -> None:
    planned = plan(signed, publisher)

    codes = list_refusals(lambda: cancel_schedule(schedule=planned, by=editor, at=BEFORE + ONE))

    assert codes == ["not_allowed"]
    assert read_end(planned) == ("", "")


def test_after_cancelling_it_can_be_planned_anew(
    signed: Document, publisher: User, clock: Clock
) -> None:
    cancel_schedule(schedule=plan(signed, publisher), by=publisher, at=BEFORE)

    again = plan(signed, publisher, due_at=LATER)

    assert again.due_at == LATER
