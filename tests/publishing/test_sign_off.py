"""Signing off: one reviewer, one digest, and credentials that carry it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.models import Document, Event, SignOff
from calfcms.publishing.policy import Decision, Role
from calfcms.publishing.problem import Refused
from conditions.actions.save_reference import save_reference
from tests.conditions.examples import REFERENCES
from tests.conftest import NOON
from tests.publishing.conftest import Workflow, read_digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(workflow: Workflow) -> Document:
    document = workflow.save()
    workflow.submit(document)
    return document


@pytest.fixture
def sign(submitted: Document, reviewer: User, at: Any) -> Callable[..., SignOff]:
    """Sign what was submitted; every argument can be changed."""

    def call(**changes: Any) -> SignOff:
        statement = {
            "document": submitted,
            "content_digest": read_digest(submitted),
            "role": Role.CLINICAL,
            "decision": Decision.APPROVED,
            "by": reviewer,
            "at": at,
            "conflicts_of_interest": "none declared",
        }
        return sign_off(**(statement | changes))

    return call


def codes_of(sign: Callable[..., SignOff], **changes: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        sign(**changes)
    assert not SignOff.objects.exists()
    return [problem.code for problem in refusal.value.problems]


def save_with_evidence(workflow: Workflow) -> Document:
    for reference in REFERENCES.values():
        save_reference(reference=reference, by=workflow.editor, at=NOON)
    return workflow.save(summary="It tingles [@ito-2019; @ear-board].")


def test_it_copies_who_the_reviewer_was_that_day(
    sign: Callable[..., SignOff], reviewer: User
) -> None:
    signed = sign()

    reviewer.reviewer_profile.name = "Somebody New"
    reviewer.reviewer_profile.save()

    signed.refresh_from_db()
    assert signed.reviewer_name == "Rex Reviewer (fictional)"
    assert signed.reviewer_credentials == "demonstration only"
    assert signed.reviewer_registration == "Fictional Register 0000"


def test_it_is_an_event(sign: Callable[..., SignOff]) -> None:
    signed = sign()

    event = Event.objects.order_by("-seq")[0]

    assert (event.action, event.content_digest) == ("review.approved", signed.content_digest)


def test_it_refuses_a_stale_digest(sign: Callable[..., SignOff], workflow: Workflow) -> None:
    read = read_digest(Document.objects.get())
    workflow.save(summary="Changed while the reviewer was reading.")

    assert codes_of(sign, content_digest=read) == ["draft_changed"]


def test_it_refuses_what_was_not_submitted(
    sign: Callable[..., SignOff], workflow: Workflow
) -> None:
    workflow.save(summary="Changed, and not submitted again.")

    digest = read_digest(Document.objects.get())

    assert codes_of(sign, content_digest=digest) == ["not_submitted"]


def test_it_refuses_without_a_declaration_of_interests(sign: Callable[..., SignOff]) -> None:
    assert codes_of(sign, conflicts_of_interest=" ") == ["conflicts_not_declared"]


def test_it_refuses_to_request_changes_without_saying_which(sign: Callable[..., SignOff]) -> None:
    assert codes_of(sign, decision=Decision.CHANGES_REQUESTED) == ["comment_missing"]


def test_it_refuses_an_editor_of_the_draft(sign: Callable[..., SignOff], editor: User) -> None:
    editor.is_superuser = True
    editor.save()

    codes = codes_of(sign, by=editor, role=Role.EDITORIAL)

    assert codes == ["own_work"]


def test_it_refuses_a_clinical_signature_without_a_profile(
    sign: Callable[..., SignOff], reviewer: User
) -> None:
    reviewer.reviewer_profile.delete()

    assert codes_of(sign) == ["reviewer_without_profile"]


def test_it_refuses_credentials_that_have_run_out(
    sign: Callable[..., SignOff], reviewer: User
) -> None:
    reviewer.reviewer_profile.valid_until = date(2026, 11, 20)
    reviewer.reviewer_profile.save()

    assert codes_of(sign) == ["credentials_expired"]


def test_it_refuses_credentials_of_another_field(
    sign: Callable[..., SignOff], reviewer: User
) -> None:
    reviewer.reviewer_profile.specialties = ["dentistry"]
    reviewer.reviewer_profile.save()

    assert codes_of(sign) == ["credentials_do_not_cover"]


def test_it_refuses_somebody_without_the_right(
    sign: Callable[..., SignOff], publisher: User
) -> None:
    assert codes_of(sign, by=publisher) == ["not_allowed"]


def test_it_refuses_somebody_who_has_left(sign: Callable[..., SignOff], reviewer: User) -> None:
    reviewer.is_active = False
    reviewer.save()

    assert codes_of(sign) == ["not_allowed"]


def test_it_keeps_which_evidence_was_checked(workflow: Workflow, reviewer: User, at: Any) -> None:
    document = save_with_evidence(workflow)
    workflow.submit(document)

    signed = sign_off(
        document=document,
        content_digest=read_digest(document),
        role=Role.CLINICAL,
        decision=Decision.APPROVED,
        by=reviewer,
        at=at,
        conflicts_of_interest="none declared",
        checked_references=["ito-2019", "ear-board", "ito-2019"],
    )

    assert signed.checked_references == ["ear-board", "ito-2019"]
    assert Event.objects.latest("seq").details["checked_references"] == ["ear-board", "ito-2019"]


def test_it_refuses_evidence_that_the_draft_does_not_rest_on(sign: Callable[..., SignOff]) -> None:
    assert codes_of(sign, checked_references=["ito-2019"]) == ["reference_unknown"]


def test_a_changed_draft_is_the_reason_rather_than_its_evidence(
    sign: Callable[..., SignOff],
) -> None:
    codes = codes_of(sign, content_digest="sha256:old", checked_references=["gone-since"])

    assert codes == ["draft_changed"]


def test_it_gives_every_reason_at_once(
    sign: Callable[..., SignOff], workflow: Workflow, reviewer: User
) -> None:
    reviewer.reviewer_profile.delete()

    codes = codes_of(sign, content_digest="sha256:other", conflicts_of_interest="")

    assert codes == ["draft_changed", "conflicts_not_declared", "reviewer_without_profile"]
