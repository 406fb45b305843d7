"""From a request to the edition that answers it and the question that it puts."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from calfcms.api.json_body import read_json_object
from calfcms.api.problems import ApiProblem, InputError
from calfcms.publishing.reading import StoredRendition
from triage.api.asked_protocol import get_asked_protocol
from triage.api.evaluation_request import EvaluationRequest, build_facts, read_request
from triage.overdue import list_overdue
from triage.published import PublishedProtocol
from triage.question import Overdue, Question, read_question
from triage.receipt_keys import list_receipt_keys
from triage.receipts import ReceiptRefused, read_receipt
from triage.repeat_contact import add_repeat_contact, compare_contacts


@dataclass(frozen=True)
class Asked:
    """The edition that answers, what became of it since, and the question without its pages."""

    published: PublishedProtocol
    stored: StoredRendition
    question: Question


def read_asked(request: HttpRequest, slug: str) -> Asked:
    """What the body asks. One query. Raises `ApiProblem`."""
    asked = read_request(read_json_object(request))
    at = timezone.now()
    published, stored = get_asked_protocol(request, slug, asked, at=at)
    overdue = _list_overdue(published, stored, asked, at)
    facts = build_facts(asked, published.protocol)
    contact = None
    if asked.previous is not None:
        before = _read_previous(asked.previous, slug)
        contact = compare_contacts(published.protocol, before.facts, facts)
    question = Question(
        facts=add_repeat_contact(facts, contact),
        region=asked.region,
        speaker=asked.speaker,
        overdue=overdue,
        repeat_contact=contact,
    )
    return Asked(published, stored, question)


def read_trusted_receipt(receipt: str, pointer: str) -> dict[str, Any]:
    """The content of a receipt in the body. Raises `ApiProblem` where it is not to be trusted."""
    try:
        return read_receipt(receipt, list_receipt_keys())
    except ReceiptRefused as error:
        raise _refuse_receipt(error.code, str(error), pointer) from None


def _read_previous(receipt: str, slug: str) -> Question:
    content = read_trusted_receipt(receipt, "/previous")
    if content["protocol"] != slug:
        raise _refuse_receipt(
            "receipt_of_another_protocol",
            f"The receipt is of the protocol '{content['protocol']}'. Send one of '{slug}', or "
            "leave it out.",
            "/previous",
        )
    return read_question(content)


def _refuse_receipt(code: str, detail: str, pointer: str) -> ApiProblem:
    return ApiProblem(422, code, detail, errors=[InputError(pointer, code, detail)])


def _list_overdue(
    published: PublishedProtocol, stored: StoredRendition, asked: EvaluationRequest, at: datetime
) -> tuple[Overdue, ...]:
    """What should have been reviewed. An edition chosen by its number is the past, and no review of
    the whole is due there.
    """
    on = (asked.as_of or at).astimezone(UTC).date()
    due_on = None if asked.edition else stored.review_due_on
    overdue = list_overdue(published.protocol, due_on=due_on, on=on)
    if overdue and settings.TRIAGE_WHEN_OVERDUE == "refuse":
        raise _refuse_overdue(published, overdue[0].due)
    return overdue


def _refuse_overdue(published: PublishedProtocol, due: date) -> ApiProblem:
    return ApiProblem(
        503,
        "review_overdue",
        f"The protocol '{published.protocol.slug}' should have been reviewed by {due}. Nothing is "
        "worked out with it until a clinician has. Ask a clinician; in an emergency call the "
        "emergency number.",
    )
