"""`POST /api/v1/triage/replay`: a receipt in, the same answer out, byte for byte."""

import json
import string
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.actions.recall import recall
from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.conftest import make_person
from tests.triage.api.conftest import Send
from tests.triage.conftest import Press
from tests.triage.examples import change_part
from triage import answering
from triage.receipt_keys import list_receipt_keys
from triage.receipts import read_receipt, write_receipt

URL = "/api/v1/triage/replay"
BODIES: list[dict[str, Any]] = [
    {},
    {"findings": {"smoke": "present", "hum": "unknown"}, "age_years": 63, "sex": "female"},
    {"findings": {"hum": "present", "smoke": "absent"}, "region": "GB", "speaker": "child"},
    {"findings": {"one_tooth": "present", "all_teeth": "present"}, "age_months": 3},
]


def get_receipt(send: Send, **body: Any) -> str:
    receipt: str = json.loads(send(body).content)["receipt"]
    return receipt


def replay(send: Send, receipt: Any) -> Any:
    return send({"receipt": receipt}, url=URL)


def change(receipt: str, **members: Any) -> str:
    """A receipt with other content, signed with the real key."""
    content = read_receipt(receipt, list_receipt_keys())
    return write_receipt(content | members, list_receipt_keys())


@pytest.mark.parametrize("body", BODIES)
def test_it_answers_with_the_very_bytes(send: Send, published: Edition, body: Any) -> None:
    before = send(body)

    after = replay(send, json.loads(before.content)["receipt"])

    assert after.status_code == 200
    assert after.content == before.content
    assert after["Cache-Control"] == "no-store"


def test_later_editions_of_protocol_and_page_change_nothing(
    send: Send, press: Press, published: Edition
) -> None:
    before = send(BODIES[1])
    press.publish_protocol(disclaimer="Another one.", **change_part("rules", 0, title="Fire"))
    press.publish_page(title="Another title")

    after = replay(send, json.loads(before.content)["receipt"])

    assert after.content == before.content
    assert after.content != send(BODIES[1]).content


def test_what_a_repeated_contact_made_known_is_in_the_receipt(
    send: Send, press: Press, published: Edition
) -> None:
    press.publish_protocol(repeat_contact="sore_jaw")
    previous = get_receipt(send, findings={"glow": "absent"})
    before = send({"findings": {"glow": "present"}, "previous": previous})

    after = replay(send, json.loads(before.content)["receipt"])

    assert json.loads(after.content)["repeat_contact"]["finding"] == "sore_jaw"
    assert after.content == before.content


def test_a_withdrawn_edition_still_says_what_it_answered(
    send: Send, press: Press, published: Edition
) -> None:
    before = send(BODIES[1])
    press.withdraw()
    press.withdraw("condition")

    assert replay(send, json.loads(before.content)["receipt"]).content == before.content


def test_a_recalled_edition_says_so_beside_what_it_answered(
    send: Send, press: Press, published: Edition
) -> None:
    before = send(BODIES[1])
    made = recall(
        document=published.document,
        number=published.number,
        severity="critical",
        reason="It sent people home.",
        by=make_person("recaller", "recall"),
        at=press.clock(),
    )

    after = replay(send, json.loads(before.content)["receipt"])

    assert after.content == before.content
    assert str(made.pk) in after["Content-Recall"]


def test_an_older_key_still_opens_what_it_signed(
    send: Send, published: Edition, settings: Any
) -> None:
    settings.RECEIPT_KEYS = ["an older secret"]
    before = send({})
    settings.RECEIPT_KEYS = ["a newer secret", "an older secret"]

    after = replay(send, json.loads(before.content)["receipt"])

    assert after.content == before.content


def test_it_takes_one_query(send: Send, published: Edition) -> None:
    receipt = get_receipt(send)
    replay(send, receipt)

    with CaptureQueriesContext(connection) as queries:
        replay(send, receipt)

    assert len(queries) == 1


def test_a_key_that_was_taken_out_is_unknown(send: Send, published: Edition, settings: Any) -> None:
    receipt = get_receipt(send)
    settings.RECEIPT_KEYS = ["another secret"]

    read_problem(replay(send, receipt), 422, "receipt_key_unknown")


def test_a_changed_receipt_is_refused_wherever_it_was_changed(
    send: Send, published: Edition
) -> None:
    receipt = get_receipt(send, findings={"smoke": "present"})
    form, key, content, signature = receipt.split(".")

    for parts in (
        [form, key, content[:-4] + "AAAA", signature],
        [form, key, content, signature[:-6] + "AAAAAA"],
        [form, key, content + "!", signature],
        [form, key, content, ""],
        [form, key, content, signature[:-1] + _next_letter(signature[-1])],
    ):
        problem = read_problem(replay(send, ".".join(parts)), 422, "receipt_invalid")
        assert problem["errors"][0]["pointer"] == "/receipt"


def _next_letter(letter: str) -> str:
    """The letter after it: in the last place it may stand for the same bytes."""
    letters = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
    return letters[(letters.index(letter) + 1) % len(letters)]


@pytest.mark.parametrize("body", [{}, {"receipt": None}, {"receipt": 1}, {"receipt": ["r1"]}])
def test_a_body_without_receipt_is_422(send: Send, db: None, body: Any) -> None:
    read_problem(send(body, url=URL), 422, "invalid_values")


def test_another_member_is_400(send: Send, db: None) -> None:
    read_problem(send({"receipt": "r1", "edition": 1}, url=URL), 400, "unknown_member")


def test_an_edition_that_is_not_here_is_404(send: Send, published: Edition) -> None:
    receipt = change(get_receipt(send), edition=9)

    assert "Edition 9" in read_problem(replay(send, receipt), 404, "not_found")["detail"]


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"digest": "sha256:0"}, "not the one that answered"),
        ({"engine": 99}, "no engine 99"),
        ({"answer": "sha256:0"}, "other bytes"),
        ({"findings": {"present": ["glow"]}}, "other bytes"),
    ],
)
def test_an_answer_that_cannot_be_given_again_is_said_to_be_so(
    send: Send, published: Edition, members: dict[str, Any], says: str
) -> None:
    receipt = change(get_receipt(send), **members)

    problem = read_problem(replay(send, receipt), 409, "replay_differs")

    assert says in problem["detail"]


def test_every_engine_that_ever_answered_is_still_here() -> None:
    assert set(answering.ENGINES) == set(range(1, answering.ENGINE + 1))


def test_another_method_is_405(client: Client, db: None) -> None:
    response = client.get(URL)

    assert (response.status_code, response["Allow"]) == (405, "POST, OPTIONS")
