"""Newly under-triaged cases are published only where a second clinician signs that very list."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from calfcms.publishing.acceptances import digest_list
from calfcms.publishing.actions.accept_problems import accept_problems, list_acceptable_problems
from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.models import (
    Acceptance,
    Document,
    Event,
    ReviewerProfile,
)
from calfcms.publishing.policy import ChangeClass
from calfcms.publishing.problem import Refused
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.sources import DRAFT, read_source
from tests.conftest import make_person
from tests.publishing.admin.desk import seat, url_of
from tests.publishing.refusals import list_refusals
from tests.triage.conftest import Press
from tests.triage.examples import CASES, change_part, make_case_set

Clock = Callable[[], datetime]

GLOW = CASES["ember"] | {
    "id": "glowing_jaw",
    "findings": {"glow": "present", "sore_jaw": "present"},
}
HOT = CASES["ember"] | {"id": "hot_jaw", "findings": {"fever": "present", "sore_jaw": "present"}}
NARROWER = change_part("rules", "glow_or_fever", when="glow and fever")
REASON = "A sore jaw alone can wait a day."


@pytest.fixture
def second(db: None) -> User:
    """Another clinician."""
    return make_clinician("second")


def make_clinician(name: str, *rights: str) -> User:
    person = make_person(name, "sign_off", *rights)
    ReviewerProfile.objects.create(
        user=person,
        name=f"{name.title()} Reviewer (fictional)",
        credentials="demonstration only",
        registration_body="Fictional Register",
        registration_number="0001",
        specialties=["general-practice"],
        valid_until=date(2031, 1, 1),
    )
    return person


@pytest.fixture
def narrowed(press: Press) -> Document:
    """A draft, signed, that answers two cases too low which the live edition answers well."""
    press.publish_both(**make_case_set(GLOW, HOT, must_pass=False))
    return save(press, GLOW, HOT)


def save(press: Press, *cases: dict[str, Any], must_pass: bool = False) -> Document:
    """The narrower draft with these cases, submitted and signed by the first clinician."""
    document = press.save_protocol(**NARROWER, **make_case_set(*cases, must_pass=must_pass))
    press.sign(document)
    return document


def read_list(document: Document) -> str:
    draft = read_source(document, DRAFT)
    listed = list_acceptable_problems(document, draft)
    return digest_list(draft.content_digest, get_live_edition(document), listed)


def accept(document: Document, by: User, at: datetime, **changes: Any) -> Acceptance:
    given = {"list_digest": read_list(document), "reason": REASON} | changes
    return accept_problems(document=document, by=by, at=at, **given)


def list_hindrances(press: Press, document: Document) -> list[str]:
    try:
        with transaction.atomic():
            publish(document=document, by=press.publisher, at=press.clock())
            transaction.set_rollback(True)
    except Refused as refused:
        return [problem.code for problem in refused.problems]
    return []


def test_without_it_nothing_is_published(press: Press, narrowed: Document) -> None:
    assert list_hindrances(press, narrowed) == ["case_newly_under_triaged"] * 2


def test_a_second_clinician_who_signs_the_list_opens_the_gate(
    press: Press, narrowed: Document, second: User
) -> None:
    accept(narrowed, second, press.clock())

    edition = publish(document=narrowed, by=press.publisher, at=press.clock())

    assert edition.number == 2


def test_it_is_recorded_with_every_case_and_the_reason(
    press: Press, narrowed: Document, second: User
) -> None:
    acceptance = accept(narrowed, second, press.clock())

    event = Event.objects.get(action="review.accepted")
    assert event.actor_id == str(second.pk)
    assert event.content_digest == acceptance.content_digest
    assert event.details["reason"] == REASON
    assert event.details["list_digest"] == acceptance.list_digest
    assert [("glowing_jaw" in one, "hot_jaw" in one) for one in event.details["accepted"]] == [
        (True, False),
        (False, True),
    ]


def test_it_keeps_the_reviewer_as_they_were(press: Press, narrowed: Document, second: User) -> None:
    acceptance = accept(narrowed, second, press.clock())
    ReviewerProfile.objects.filter(user=second).update(name="Other", credentials="none")

    acceptance.refresh_from_db()

    assert acceptance.reviewer_name == "Second Reviewer (fictional)"
    assert acceptance.reviewer_credentials == "demonstration only"


def test_who_signed_the_draft_cannot_answer_for_it(press: Press, narrowed: Document) -> None:
    assert list_refusals(lambda: accept(narrowed, press.reviewer, press.clock())) == [
        "own_signature"
    ]


def test_who_answered_for_it_first_cannot_be_the_one_who_signs(
    press: Press, narrowed: Document, second: User
) -> None:
    document = press.save_protocol(
        **NARROWER, **make_case_set(GLOW, HOT, must_pass=False), title="Another title"
    )
    submit_only(press, document)
    accept(document, second, press.clock())
    press.reviewer = second
    press.sign(document)

    assert list_hindrances(press, document) == ["case_newly_under_triaged"] * 2


def submit_only(press: Press, document: Document) -> None:
    submit(
        document=document,
        by=press.editor,
        at=press.clock(),
        change_class=ChangeClass.CLINICAL,
        note="For the test.",
    )


def test_who_edited_the_draft_cannot_answer_for_it(press: Press, narrowed: Document) -> None:
    press.editor = make_clinician("both", "edit_draft", "submit")
    document = save(press, GLOW, HOT, CASES["fire"])

    assert list_refusals(lambda: accept(document, press.editor, press.clock())) == ["own_work"]


@pytest.mark.parametrize(
    ("profile", "code"),
    [
        ({"valid_until": date(2020, 1, 1)}, "credentials_expired"),
        ({"specialties": ["podiatry"]}, "credentials_do_not_cover"),
        (None, "reviewer_without_profile"),
    ],
)
def test_only_a_clinician_with_fitting_credentials_can(
    press: Press, narrowed: Document, second: User, profile: dict[str, Any] | None, code: str
) -> None:
    rows = ReviewerProfile.objects.filter(user=second)
    if profile is None:
        rows.delete()
    else:
        rows.update(**profile)

    assert list_refusals(lambda: accept(narrowed, second, press.clock())) == [code]


def test_a_reason_must_be_given(press: Press, narrowed: Document, second: User) -> None:
    codes = list_refusals(lambda: accept(narrowed, second, press.clock(), reason="  "))

    assert codes == ["reason_missing"]


def test_another_list_than_the_one_that_was_read_is_not_signed(
    press: Press, narrowed: Document, second: User
) -> None:
    read = read_list(narrowed)
    document = save(press, GLOW, HOT, CASES["fire"])

    codes = list_refusals(lambda: accept(document, second, press.clock(), list_digest=read))

    assert codes == ["list_changed"]
    assert not Acceptance.objects.exists()


def test_where_nothing_is_worse_there_is_nothing_to_answer_for(press: Press, second: User) -> None:
    press.publish_both(**make_case_set(*CASES.values()))
    document = press.save_protocol(**make_case_set(*CASES.values()), title="Another title")
    press.sign(document)

    assert list_refusals(lambda: accept(document, second, press.clock())) == ["list_changed"]


def test_it_is_void_when_the_draft_changes(press: Press, narrowed: Document, second: User) -> None:
    accept(narrowed, second, press.clock())

    document = press.save_protocol(
        **NARROWER, **make_case_set(GLOW, HOT, must_pass=False), title="Another title"
    )
    press.sign(document)

    assert list_hindrances(press, document) == ["case_newly_under_triaged"] * 2


def test_it_is_void_when_the_cases_change(press: Press, narrowed: Document, second: User) -> None:
    accept(narrowed, second, press.clock())
    third = GLOW | {"id": "third"}

    document = save(press, GLOW, HOT, third)

    assert list_hindrances(press, document) == ["case_newly_under_triaged"] * 3


def test_it_is_void_when_another_edition_is_live(
    press: Press, narrowed: Document, second: User
) -> None:
    accept(narrowed, second, press.clock())
    press.publish_protocol(**make_case_set(GLOW, HOT, must_pass=False), title="Another title")

    document = save(press, GLOW, HOT)

    assert list_hindrances(press, document) == ["case_newly_under_triaged"] * 2


def test_a_set_that_must_pass_cannot_be_answered_for(press: Press, second: User) -> None:
    press.publish_both(**make_case_set(GLOW))
    document = save(press, GLOW, must_pass=True)

    assert list_refusals(lambda: accept(document, second, press.clock())) == ["list_changed"]
    assert list_hindrances(press, document) == ["case_under_triaged"]


def test_what_endangers_somebody_cannot_be_answered_for(press: Press, second: User) -> None:
    worse = change_part("rules", "smoke_seen", when="smoke and fever")
    sets = make_case_set(CASES["fire"], must_pass=False)
    press.publish_both(**sets)
    document = press.save_protocol(**worse, **sets)
    press.sign(document)

    assert list_refusals(lambda: accept(document, second, press.clock())) == ["list_changed"]
    assert "case_endangered" in list_hindrances(press, document)


def test_the_rest_still_stands_in_the_way(press: Press, second: User) -> None:
    press.publish_both(**make_case_set(GLOW, must_pass=False))
    document = press.save_protocol(
        **NARROWER, **make_case_set(GLOW, must_pass=False), disclaimer=""
    )
    press.sign(document)
    accept(document, second, press.clock())

    assert list_hindrances(press, document) == ["disclaimer_missing"]


def test_a_submission_is_needed_first(press: Press, second: User) -> None:
    press.publish_both(**make_case_set(GLOW, must_pass=False))
    document = press.save_protocol(**NARROWER, **make_case_set(GLOW, must_pass=False))

    assert list_refusals(lambda: accept(document, second, press.clock())) == ["not_submitted"]


@pytest.mark.parametrize("statement", ["update", "delete"])
def test_it_is_never_changed(
    press: Press, narrowed: Document, second: User, statement: str
) -> None:
    accept(narrowed, second, press.clock())
    rows = Acceptance.objects.all()

    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        rows.update(reason="Other") if statement == "update" else rows.delete()


def test_the_review_page_shows_the_list_and_takes_the_signature(
    press: Press, narrowed: Document, second: User
) -> None:
    desk = seat(second)
    page = desk.get(url_of("review", narrowed)).content.decode()
    assert "2 answers are worse than what is live" in page
    assert page.count('<li data-code="case_newly_under_triaged">') == 2

    form = {"do": "accept", "list_digest": read_list(narrowed), "reason": REASON}
    response = desk.post(url_of("review", narrowed), form, follow=True)

    assert "You answer for exactly this list." in response.content.decode()
    assert "Second Reviewer (fictional)</strong>, demonstration only, answers for it" in (
        response.content.decode()
    )
    assert list_hindrances(press, narrowed) == []


def test_the_review_page_says_why_the_first_clinician_cannot(
    press: Press, narrowed: Document
) -> None:
    page = seat(press.reviewer).get(url_of("review", narrowed)).content.decode()

    assert "You cannot answer for it:" in page
    assert "signed this draft already" in page
    assert "Answer for exactly this list" not in page


def test_a_refusal_keeps_the_reason_that_was_typed(
    press: Press, narrowed: Document, second: User
) -> None:
    form = {"do": "accept", "list_digest": "sha256:old", "reason": "Because of this."}

    response = seat(second).post(url_of("review", narrowed), form)

    assert response.status_code == 409
    assert "no longer the list that you read" in response.content.decode()
    assert "Because of this." in response.content.decode()


def test_only_those_who_sign_get_the_button(press: Press, narrowed: Document) -> None:
    desk = seat(press.editor, "view_submission")
    form = {"do": "accept", "list_digest": read_list(narrowed), "reason": REASON}

    assert (
        "Answer for exactly this list" not in desk.get(url_of("review", narrowed)).content.decode()
    )
    assert desk.post(url_of("review", narrowed), form).status_code == 403
