"""One question, one edition, one answer: always the same bytes, and with a receipt to get them
again by.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from calfcms.publishing.digest import digest_of_bytes
from triage.answers import build_answer
from triage.core.evaluate import evaluate
from triage.published import PublishedProtocol
from triage.question import Question, read_question, write_question
from triage.receipts import ReceiptKey, write_receipt

ENGINE: Final = 1
"""The version of everything that makes an answer of an edition and a question. Whoever changes what
any edition ever answered adds a version and keeps the old one beside it: receipts are worked out
again with the version that they name, and `tests/triage/receipts` holds it to that."""

Engine = Callable[[PublishedProtocol, Question], dict[str, Any]]


class ReplayDiffers(Exception):
    """The answer that a receipt was given with cannot be worked out again."""


def _answer_as_first(published: PublishedProtocol, question: Question) -> dict[str, Any]:
    evaluation = evaluate(published.protocol, question.facts, region=question.region)
    return build_answer(published, question, evaluation)


ENGINES: Final[Mapping[int, Engine]] = {1: _answer_as_first}


def answer(
    published: PublishedProtocol, question: Question, *, keys: Sequence[ReceiptKey]
) -> bytes:
    """The answer as JSON, its receipt last. Raises `UnknownFinding` and `UnknownRegion`."""
    body = _work_out(published, question, ENGINE)
    content = {
        "engine": ENGINE,
        "protocol": published.protocol.slug,
        "locale": published.locale,
        "edition": published.edition,
        "digest": published.digest,
        "answer": digest_of_bytes(body),
        **write_question(question),
    }
    return _add_receipt(body, write_receipt(content, keys))


def answer_again(published: PublishedProtocol, content: Mapping[str, Any], receipt: str) -> bytes:
    """The very bytes that the receipt, whose content this is, was given with.

    Raises `ReplayDiffers` where they are not to be had; nothing else is passed off for them.
    """
    if published.digest != content["digest"]:
        raise ReplayDiffers("the edition is not the one that answered")
    if content["engine"] not in ENGINES:
        raise ReplayDiffers(f"there is no engine {content['engine']} here")
    body = _work_out(published, read_question(content), content["engine"])
    if digest_of_bytes(body) != content["answer"]:
        raise ReplayDiffers("today's answer has other bytes")
    return _add_receipt(body, receipt)


def _work_out(published: PublishedProtocol, question: Question, engine: int) -> bytes:
    value = ENGINES[engine](published, question)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _add_receipt(body: bytes, receipt: str) -> bytes:
    return body[:-1] + b',"receipt":"' + receipt.encode() + b'"}'
