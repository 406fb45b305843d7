"""The publish page: now, later, away, in an emergency; each for whoever has the right."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import (
    BreakGlass,
    Document,
    Edition,
    Event,
    LivePeriod,
    ReviewExtension,
    Schedule,
)
from tests.conftest import NOON, make_person
from tests.publishing.conftest import Workflow
from tests.publishing.pages import Desk, count_queries

pytestmark = pytest.mark.django_db

NOW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _one_day_after_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def approved(workflow: Workflow) -> Document:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    return document


@pytest.fixture
def desk(client: Client, approved: Document, publisher: User) -> Desk:
    return Desk(client, approved).log_in(publisher)


@pytest.fixture
def live(client: Client, workflow: Workflow, publisher: User) -> Desk:
    """The page of a document that is live, with another draft."""
    edition = workflow.publish_whole()
    workflow.save(summary="Other words.")
    return Desk(client, edition.document).log_in(publisher, "break_glass")


def list_codes(response: Any) -> list[str]:
    assert response.status_code == 409, response.content
    return [problem.code for problem in response.context["problems"]]


def test_an_approved_draft_is_published_with_one_button(desk: Desk) -> None:
    assert b"Nothing stands in the way." in desk.get("publish").content

    response = desk.post("publish", do="publish")

    assert response.status_code == 302
    assert Edition.objects.get().number == 1


def test_everything_that_stands_in_the_way_is_listed_and_the_button_is_off(live: Desk) -> None:
    response = live.get("publish")

    codes = [problem.code for problem in response.context["hindrances"]]
    assert codes == ["not_submitted", "sign_off_missing"]
    assert b'value="publish" disabled' in response.content


def test_a_post_past_the_button_is_refused_with_every_reason(live: Desk) -> None:
    assert list_codes(live.post("publish", do="publish")) == ["not_submitted", "sign_off_missing"]
    assert Edition.objects.count() == 1


def test_several_approved_drafts_are_published_together(desk: Desk, workflow: Workflow) -> None:
    other = workflow.save(slug="glass-knee")
    workflow.submit(other)
    workflow.sign(other)

    desk.post("publish", do="publish", together=[str(other.pk), "nonsense", "x" * 36])

    assert {edition.document.slug for edition in Edition.objects.all()} == {
        "glass-elbow",
        "glass-knee",
    }


def test_publishing_is_scheduled_in_utc(desk: Desk) -> None:
    response = desk.post("publish", do="schedule_publish", due_at="2026-12-24T18:30")

    assert response.status_code == 302
    planned = Schedule.objects.get()
    assert (planned.verb, planned.due_at.isoformat()) == ("publish", "2026-12-24T18:30:00+00:00")
    assert b"24 December 2026, 18:30 UTC" in desk.get("publish").content


@pytest.mark.parametrize(
    ("due_at", "code"),
    [
        ("", "field_invalid"),
        ("tomorrow", "field_invalid"),
        ("2026-11-20T09:00", "due_in_the_past"),
    ],
)
def test_a_time_that_cannot_be_is_refused_and_kept_in_the_form(
    desk: Desk, due_at: str, code: str
) -> None:
    response = desk.post("publish", do="schedule_publish", due_at=due_at)

    assert list_codes(response) == [code]
    assert f'value="{due_at}"'.encode() in response.content
    assert not Schedule.objects.exists()


def test_a_refusal_of_the_form_does_not_link_to_the_editor(desk: Desk) -> None:
    response = desk.post("publish", do="schedule_publish", due_at="")

    assert b"#/due_at" not in response.content


def test_a_plan_that_the_draft_no_longer_fits_is_marked(desk: Desk, workflow: Workflow) -> None:
    desk.post("publish", do="schedule_publish", due_at="2026-12-24T18:30")
    workflow.save(summary="Changed since.")

    assert b"this plan will fail" in desk.get("publish").content


def test_a_plan_is_called_off(desk: Desk) -> None:
    desk.post("publish", do="schedule_publish", due_at="2026-12-24T18:30")

    desk.post("publish", do="cancel", schedule=str(Schedule.objects.get().pk))

    assert Schedule.objects.get().outcome == "cancelled"


def test_a_plan_of_another_document_cannot_be_called_off_here(
    desk: Desk, client: Client, workflow: Workflow
) -> None:
    desk.post("publish", do="schedule_publish", due_at="2026-12-24T18:30")
    other = Desk(client, workflow.save(slug="glass-knee"))

    response = other.post("publish", do="cancel", schedule=str(Schedule.objects.get().pk))

    assert response.status_code == 404
    assert Schedule.objects.get().ended_at is None


def test_withdrawing_takes_a_reason_and_a_replacement(live: Desk, workflow: Workflow) -> None:
    workflow.publish_whole(slug="glass-knee")
    assert b'<option value="glass-knee"' in live.get("publish").content

    live.post("publish", do="withdraw", reason="Wrong elbow.", replacement="glass-knee")

    period = LivePeriod.objects.get(document=live.document)
    assert (period.ending, period.reason) == ("withdrawn", "Wrong elbow.")
    assert period.replacement == "glass-knee"


def test_withdrawing_without_a_reason_is_refused(live: Desk) -> None:
    response = live.post("publish", do="withdraw", reason=" ", replacement="")

    assert list_codes(response) == ["reason_missing"]
    assert LivePeriod.objects.get().ended_at is None


def test_withdrawing_is_scheduled(live: Desk) -> None:
    live.post(
        "publish", do="schedule_withdraw", due_at="2026-12-24T18:30", reason="Old.", replacement=""
    )

    planned = Schedule.objects.get()
    assert (planned.verb, planned.reason) == ("withdraw", "Old.")


GLASS = {
    "do": "break_glass",
    "reason": "It does harm as it is.",
    "deadline_at": "2026-11-23T12:00",
    "confirmation": "glass-elbow",
}


def test_breaking_the_glass_takes_reason_deadline_and_the_name_typed_out(live: Desk) -> None:
    response = live.post("publish", **GLASS)

    assert response.status_code == 302
    broken = BreakGlass.objects.get()
    assert (broken.edition.number, broken.reason) == (2, "It does harm as it is.")
    assert broken.deadline_at == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"confirmation": "glass-elbo"}, "not_confirmed"),
        ({"confirmation": ""}, "not_confirmed"),
        ({"reason": ""}, "reason_missing"),
        ({"deadline_at": ""}, "field_invalid"),
        ({"deadline_at": "2027-01-01T00:00"}, "deadline_out_of_range"),
    ],
)
def test_the_glass_holds_unless_all_is_said(live: Desk, changes: dict[str, str], code: str) -> None:
    response = live.post("publish", **(GLASS | changes))

    assert list_codes(response) == [code]
    assert Edition.objects.count() == 1
    assert b"<details open>" in response.content


def test_the_deadline_of_a_broken_glass_cannot_be_called_off(live: Desk) -> None:
    live.post("publish", **GLASS)
    lapse = Schedule.objects.get(verb="lapse")

    assert b'value="cancel"' not in live.get("publish").content
    assert list_codes(live.post("publish", do="cancel", schedule=str(lapse.pk))) == [
        "deadline_stands"
    ]


def test_a_reviewer_extends_an_overdue_review(live: Desk, reviewer: User) -> None:
    live.log_in(reviewer, "extend_review")

    with time_machine.travel(NOON + timedelta(days=800), tick=False):
        live.log_in(reviewer)
        response = live.post(
            "publish", do="extend_review", until="2029-06-01", reason="Nothing new is known."
        )

    assert response.status_code == 302
    assert ReviewExtension.objects.get().reviewer_name == "Rex Reviewer (fictional)"


RIGHT_OF = {
    "publish": "publish",
    "schedule_publish": "publish",
    "schedule_withdraw": "withdraw",
    "withdraw": "withdraw",
    "break_glass": "break_glass",
    "extend_review": "extend_review",
}


@pytest.mark.parametrize("do", RIGHT_OF)
def test_a_button_without_its_right_is_403_and_is_not_shown(live: Desk, do: str) -> None:
    others = {"publish", "withdraw", "break_glass", "extend_review"} - {RIGHT_OF[do]}
    live.log_in(make_person("other", *others))
    before = Event.objects.count()

    response = live.post("publish", **(GLASS | {"do": do, "due_at": "2026-12-24T18:30"}))

    assert response.status_code == 403
    assert Event.objects.count() == before
    assert f'value="{do}"'.encode() not in live.get("publish").content


def test_a_plan_is_called_off_only_by_whoever_could_have_made_it(live: Desk) -> None:
    live.post(
        "publish", do="schedule_withdraw", due_at="2026-12-24T18:30", reason="Old.", replacement=""
    )
    live.log_in(make_person("other", "publish"))

    response = live.post("publish", do="cancel", schedule=str(Schedule.objects.get().pk))

    assert list_codes(response) == ["not_allowed"]
    assert Schedule.objects.get().ended_at is None


@pytest.mark.parametrize("do", ["", "delete", "publish "])
def test_a_button_that_is_not_there_is_403(desk: Desk, do: str) -> None:
    assert desk.post("publish", do=do).status_code == 403


def test_the_page_is_closed_to_whoever_can_do_nothing_on_it(
    client: Client, approved: Document, editor: User
) -> None:
    desk = Desk(client, approved).log_in(editor)

    assert desk.get("publish").status_code == 403
    assert desk.post("publish", do="publish").status_code == 403
    assert b"/publish/" not in desk.get("overview").content


def test_its_queries_do_not_grow_with_the_number_of_editions(
    live: Desk, workflow: Workflow
) -> None:
    few = count_queries(lambda: live.get("publish"))

    for number in range(5):
        workflow.publish_whole(summary=f"Words {number}.")
    workflow.save(summary="And a draft.")

    assert count_queries(lambda: live.get("publish")) <= few
