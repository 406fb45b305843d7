"""Receipts that were given out once get the same bytes from every later version."""

import gzip
import json

import pytest

from tests.triage.write_receipts import FOLDER, QUESTIONS, SECRET, read_edition
from triage.answering import ENGINE, ReplayDiffers, answer_again
from triage.receipts import ReceiptKey, read_receipt

NAMES = sorted(path.name.partition(".")[0] for path in FOLDER.glob("*.edition.json.gz"))


def list_answers(name: str) -> list[str]:
    content = gzip.decompress((FOLDER / f"{name}.answers.jsonl.gz").read_bytes())
    return content.decode().split("\n")


def test_there_are_receipts_of_editions_in_the_first_form_and_the_next() -> None:
    assert NAMES == ["calf-pain-1", "calf-pain-2", "wasp-sting-1"]
    assert {len(list_answers(name)) for name in NAMES} == {QUESTIONS}


@pytest.mark.parametrize("name", NAMES)
def test_every_receipt_gets_the_very_bytes_again(name: str) -> None:
    published = read_edition(name)
    keys = [ReceiptKey.derive(SECRET)]

    for line in list_answers(name):
        receipt = json.loads(line)["receipt"]
        try:
            again = answer_again(published, read_receipt(receipt, keys), receipt)
        except ReplayDiffers as difference:
            pytest.fail(
                f"{name}: {difference}. People hold receipts like this one. Give what changed a "
                f"number of its own: ENGINE {ENGINE + 1} in triage/answering.py, and keep engine "
                f"{ENGINE} as it was beside it."
            )
        assert again.decode() == line


def test_the_answers_cover_what_an_answer_can_hold() -> None:
    answers = [json.loads(line) for name in NAMES for line in list_answers(name)]

    for member in ("matched", "near_misses", "not_excluded", "possible_causes", "conflicts"):
        assert any(answer[member] for answer in answers), member
    assert {answer["disposition"]["urgency"] for answer in answers} >= {"emergency", "routine"}
    assert {answer["review_overdue"] for answer in answers} == {True, False}
    assert any(answer["repeat_contact"] for answer in answers)
