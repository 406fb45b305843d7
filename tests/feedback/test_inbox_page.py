"""The page on which a message is handled."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from calfcms.feedback.models import Feedback
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


def log_in(client: Client, *rights: str, name: str = "somebody") -> User:
    """Staff with these rights, and the right to see feedback."""
    from django.contrib.auth.models import Permission

    person = make_person(name, *rights)
    person.user_permissions.add(Permission.objects.get(codename="view_feedback"))
    person.is_staff = True
    person.save()
    client.force_login(person)
    return person


def get_url(feedback: Feedback) -> str:
    return f"/admin/feedback/feedback/{feedback.pk}/change/"


def test_it_shows_the_message_with_edition_and_part(client: Client, feedback: Feedback) -> None:
    log_in(client)

    page = client.get(get_url(feedback)).content.decode()

    assert "A numb hand needs help at once." in page
    assert "edition 1" in page
    assert "numb-hand" in page
    assert "You may read it, not handle it." in page


def test_a_message_cannot_bring_markup_into_the_page(client: Client, feedback: Feedback) -> None:
    Feedback.objects.update(message="<script>alert(1)</script>")
    log_in(client)

    assert "<script>alert" not in client.get(get_url(feedback)).content.decode()


def test_it_is_judged_and_closed(client: Client, feedback: Feedback) -> None:
    person = log_in(client, "answer_feedback")

    judged = client.post(get_url(feedback), {"severity": "high", "owner": person.pk, "triage": ""})
    closed = client.post(get_url(feedback), {"outcome": "We say it now.", "close": ""})

    feedback.refresh_from_db()
    assert (judged.status_code, closed.status_code) == (302, 302)
    assert (feedback.severity, feedback.owner) == ("high", person)
    assert feedback.outcome == "We say it now."


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"severity": "", "owner": "1", "triage": ""}, "severity_missing"),
        ({"severity": "high", "owner": "", "triage": ""}, "owner_missing"),
        ({"severity": "high", "owner": "x", "triage": ""}, "owner_missing"),
        ({"outcome": "", "close": ""}, "outcome_missing"),
        ({"outcome": "Kept.", "close": ""}, "not_triaged"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(
    client: Client, feedback: Feedback, sent: dict[str, str], code: str
) -> None:
    log_in(client, "answer_feedback")

    response = client.post(get_url(feedback), sent)

    assert response.status_code == 409
    assert f'data-code="{code}"' in response.content.decode()
    assert sent.get("outcome", "") in response.content.decode()


def test_reading_is_not_handling(client: Client, feedback: Feedback) -> None:
    log_in(client)

    assert client.post(get_url(feedback), {"outcome": "x", "close": ""}).status_code == 403


def test_it_is_closed_to_others(client: Client, feedback: Feedback) -> None:
    person = make_person("stranger", "answer_feedback")
    person.is_staff = True
    person.save()
    client.force_login(person)

    assert client.get(get_url(feedback)).status_code == 403
    assert client.get("/admin/feedback/feedback/").status_code == 403


@pytest.mark.parametrize("key", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_message_is_not_found(client: Client, feedback: Feedback, key: str) -> None:
    log_in(client)

    assert client.get(f"/admin/feedback/feedback/{key}/change/").status_code == 404


def test_high_severity_is_a_task_on_the_first_page(client: Client, feedback: Feedback) -> None:
    person = log_in(client, "answer_feedback")
    client.post(get_url(feedback), {"severity": "high", "owner": person.pk, "triage": ""})

    panels = {panel.title: panel for panel in client.get("/admin/").context["panels"]}

    assert panels["Errors of high severity"].total == 1
    assert panels["Feedback inbox"].rows[0].url == get_url(feedback)
