"""Handling what readers say: each refusal, and what is written."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from calfcms.feedback.actions.close_feedback import close_feedback
from calfcms.feedback.actions.triage_feedback import triage_feedback
from calfcms.feedback.models import Feedback, Severity
from calfcms.feedback.selectors import list_feedback_of, list_inbox, list_severe
from calfcms.publishing.models import Event
from calfcms.publishing.problem import Refused
from calfcms.publishing.selectors import find_audit_break
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def answerer(db: None) -> User:
    return make_person("answerer", "answer_feedback")


def get_code(refused: "pytest.ExceptionInfo[Refused]") -> str:
    return refused.value.problems[0].code


def test_a_new_message_is_in_the_inbox_and_makes_no_event(feedback: Feedback) -> None:
    assert list(list_inbox()) == [feedback]
    assert not Event.objects.filter(action__startswith="feedback.").exists()


def test_praise_without_a_message_needs_no_answer(feedback: Feedback) -> None:
    Feedback.objects.update(kind="helpful", message="")

    assert list(list_inbox()) == []
    assert list(list_feedback_of(feedback.edition.document)) == [feedback]


def test_high_severity_is_reported_once_and_is_on_the_list(
    feedback: Feedback, answerer: User, at: datetime
) -> None:
    for _ in range(2):
        feedback = triage_feedback(
            feedback=feedback, severity=Severity.HIGH, owner=answerer, by=answerer, at=at
        )

    assert list(list_severe()) == [feedback]
    actions = Event.objects.filter(action__startswith="feedback.").order_by("seq")
    assert [event.action for event in actions] == ["feedback.reported", "feedback.triaged"]
    assert actions[0].details["severity"] == "high"
    assert find_audit_break() is None


def test_closing_says_what_became_of_it(feedback: Feedback, answerer: User, at: datetime) -> None:
    triage_feedback(feedback=feedback, severity=Severity.LOW, owner=answerer, by=answerer, at=at)

    closed = close_feedback(feedback=feedback, outcome="We say it now.", by=answerer, at=at)

    assert closed.outcome == "We say it now."
    assert list(list_inbox()) == []
    assert Event.objects.latest("seq").details["outcome"] == "We say it now."


def test_an_error_is_not_closed_before_it_was_judged(
    feedback: Feedback, answerer: User, at: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        close_feedback(feedback=feedback, outcome="Nothing.", by=answerer, at=at)

    assert get_code(refused) == "not_triaged"


def test_closing_needs_an_outcome(feedback: Feedback, answerer: User, at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        close_feedback(feedback=feedback, outcome="  ", by=answerer, at=at)

    assert get_code(refused) == "outcome_missing"


def test_what_is_closed_stays_closed(feedback: Feedback, answerer: User, at: datetime) -> None:
    triage_feedback(feedback=feedback, severity=Severity.LOW, owner=answerer, by=answerer, at=at)
    close_feedback(feedback=feedback, outcome="Done.", by=answerer, at=at)

    with pytest.raises(Refused) as refused:
        close_feedback(feedback=feedback, outcome="Done again.", by=answerer, at=at)

    assert get_code(refused) == "feedback_closed"


def test_an_owner_must_be_able_to_handle_it(
    feedback: Feedback, answerer: User, reviewer: User, at: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        triage_feedback(
            feedback=feedback, severity=Severity.LOW, owner=reviewer, by=answerer, at=at
        )

    assert get_code(refused) == "owner_not_allowed"


def test_it_takes_the_right(feedback: Feedback, reviewer: User, at: datetime) -> None:
    with pytest.raises(Refused) as judged:
        triage_feedback(
            feedback=feedback, severity=Severity.LOW, owner=reviewer, by=reviewer, at=at
        )
    with pytest.raises(Refused) as closed:
        close_feedback(feedback=feedback, outcome="Done.", by=reviewer, at=at)

    assert get_code(judged) == get_code(closed) == "not_allowed"
