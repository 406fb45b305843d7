"""Asking a protocol: how soon, what to ask next, and the same answer again years later."""

import json
import logging
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.json_body import read_json_object, refuse_unknown_members
from calfcms.api.problems import ApiProblem, InputError
from calfcms.api.reading import JSON, ReadView, require_json
from calfcms.publishing.api.rendition_view import describe_recall, describe_translation
from calfcms.publishing.reading import StoredRendition
from triage.actions.log_evaluation import log_evaluation
from triage.answering import ReplayDiffers, answer, answer_again
from triage.answers import point_to_protocol
from triage.api.asking import Asked, read_asked, read_trusted_receipt
from triage.api.evaluation_request import refuse_values, say_unknown_region
from triage.api.schema import (
    describe_evaluate,
    describe_next,
    describe_receipt_keys,
    describe_replay,
)
from triage.core.answer import to_answer
from triage.core.conclusion import conclude
from triage.core.evaluate import UnknownRegion, evaluate
from triage.published import PublishedProtocol, find_stored_protocol, get_address, list_live_pages
from triage.receipt_keys import list_receipt_keys
from triage.receipts import encode_public_key

logger: Final = logging.getLogger("calfcms.triage")


class AskView(ReadView):
    """Takes a POST and writes nothing down that says who the person is."""

    http_method_names = ["post", "options"]
    scope = "triage"


@describe_evaluate
class EvaluateView(AskView):
    """`POST /triage/protocols/{slug}/evaluate`."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The answer for what is known. Two queries: the protocol, and its live pages. More only
        where evaluations are logged.
        """
        self.read_parameters(request)
        require_json(request)
        asked = read_asked(request, slug)
        question = asked.question.with_pages(list_live_pages(asked.published))
        try:
            body = answer(asked.published, question, keys=list_receipt_keys())
        except UnknownRegion as error:
            raise refuse_values([say_unknown_region(error.code, error.known)]) from None
        if settings.TRIAGE_LOG_DAYS > 0:
            _log(asked, body)
        return _respond(body, asked.stored)


def _log(asked: Asked, body: bytes) -> None:
    """Nobody is left without an answer because the log cannot be written."""
    try:
        log_evaluation(
            published=asked.published,
            facts=asked.question.facts,
            answer=json.loads(body),
            at=timezone.now(),
        )
    except DatabaseError:
        logger.exception("an evaluation was answered and could not be logged")


@describe_next
class NextView(AskView):
    """`POST /triage/protocols/{slug}/next`."""

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """What to ask next, and whether asking may stop. One query."""
        self.read_parameters(request)
        require_json(request)
        asked = read_asked(request, slug)
        try:
            value = _list_next(asked)
        except UnknownRegion as error:
            raise refuse_values([say_unknown_region(error.code, error.known)]) from None
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return _respond(body, asked.stored)


def _list_next(asked: Asked) -> dict[str, Any]:
    question = asked.question
    evaluation = evaluate(asked.published.protocol, question.facts, region=question.region)
    told = to_answer(evaluation, speaker=question.speaker)
    return {
        "protocol": point_to_protocol(asked.published),
        "status": told["status"],
        "next_questions": told["next_questions"],
        "may_stop": conclude(evaluation).may_stop,
    }


@describe_replay
class ReplayView(AskView):
    """`POST /triage/replay`."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """The very bytes that the receipt was given with. One query."""
        self.read_parameters(request)
        require_json(request)
        receipt = _read_receipt(read_json_object(request))
        content = read_trusted_receipt(receipt, "/receipt")
        published, stored = _get_edition(content)
        try:
            body = answer_again(published, content, receipt)
        except ReplayDiffers as difference:
            raise _say_differs(content, difference) from None
        return _respond(body, stored)


def _read_receipt(body: dict[str, Any]) -> str:
    refuse_unknown_members(body, ["receipt"])
    receipt = body.get("receipt")
    if not isinstance(receipt, str):
        detail = "Send `receipt`: the member `receipt` of an evaluation, unchanged."
        raise refuse_values([InputError("/receipt", "invalid_value", detail)])
    return receipt


def _get_edition(content: dict[str, Any]) -> tuple[PublishedProtocol, StoredRendition]:
    """The edition that answered, also where it was withdrawn or recalled since: that is when
    people want to know what was answered.
    """
    address = get_address(content["protocol"], (content["locale"],), number=content["edition"])
    found = find_stored_protocol(address, at=timezone.now())
    if found is None:
        raise ApiProblem(404, "not_found", f"{_name_edition(content)} is not here.")
    return found


def _name_edition(content: dict[str, Any]) -> str:
    return (
        f"Edition {content['edition']} of the protocol '{content['protocol']}' in "
        f"{content['locale']}, which gave the receipt,"
    )


def _say_differs(content: dict[str, Any], difference: ReplayDiffers) -> ApiProblem:
    return ApiProblem(
        409,
        "replay_differs",
        f"{_name_edition(content)} cannot give that answer again: {difference}. Nothing is shown "
        "in its place. Report this to whoever runs the service.",
    )


@describe_receipt_keys
class ReceiptKeysView(ReadView):
    """`GET /triage/receipt-keys`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The public halves of the keys, so that anybody can check a receipt."""
        self.read_parameters(request)
        require_json(request)
        listed = [
            {"id": key.id, "algorithm": "Ed25519", "public_key": encode_public_key(key)}
            for key in list_receipt_keys()
        ]
        body = json.dumps({"items": listed, "next": None}, separators=(",", ":"))
        return HttpResponse(
            body, content_type=JSON, headers={"Cache-Control": "public, max-age=3600"}
        )


def _respond(body: bytes, stored: StoredRendition) -> HttpResponse:
    headers = {
        "Cache-Control": "no-store",
        "Content-Language": stored.locale,
        **describe_translation(stored),
        **describe_recall(stored),
    }
    return HttpResponse(body, content_type=JSON, headers=headers)
