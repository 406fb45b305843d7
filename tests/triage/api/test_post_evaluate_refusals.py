"""`POST /api/v1/triage/protocols/{slug}/evaluate`: everything that it refuses, and how."""

import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from calfcms.publishing.actions.recall import recall
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.models import Edition, Recall
from tests.api.problems import read_problem
from tests.conftest import make_person
from tests.triage.api.conftest import URL, Send
from tests.triage.conftest import Press
from triage.api.evaluation_request import MAX_ERRORS

OTHER = URL.replace("tooth-hum", "gum-fire")


def refuse_value(send: Send, body: Any) -> dict[str, Any]:
    """The one error for which a body is a 422."""
    [error] = read_problem(send(body), 422, "invalid_values")["errors"]
    return dict(error)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (" ", "not JSON"),
        ("{", "line 1, column 2"),
        ('{"findings": {},\n "sex": male}', "line 2, column 9"),
        ("{'sex': 'male'}", "line 1, column 2"),
        ('{"sex": "male",}', "line 1"),
        ('{"age_years": NaN}', "NaN is not JSON"),
        ("[]", "JSON array"),
        ('"smoke"', "JSON string"),
        ("null", "JSON null"),
        ("7", "JSON number"),
        ('{"sex": "male", "sex": "female"}', "'sex' is there more than once"),
        ('{"findings": {"smoke": "absent", "smoke": "present"}}', "'smoke' is there more than"),
        (b'{"sex": "\xff"}', "Byte 10 of the body is not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ('{"age_years": ' + "9" * 5_000 + "}", "too long"),
        ('{"findings": {"\\ud800": "absent"}}', "half a character"),
        ('{"\\ud800": 1, "\\ud800": 2}', "is there more than once"),
    ],
)
def test_a_body_that_is_no_json_object_is_400(
    send: Send, db: None, body: str | bytes, says: str
) -> None:
    problem = read_problem(send(body), 400, "malformed_json")

    assert says in problem["detail"]


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/xml"]
)
def test_another_media_type_is_415(send: Send, db: None, content_type: str) -> None:
    problem = read_problem(send("{}", content_type=content_type), 415, "unsupported_media_type")

    assert "application/json" in problem["detail"]


def test_a_charset_is_no_other_media_type(send: Send, published: Edition) -> None:
    assert send("{}", content_type="application/json; charset=utf-8").status_code == 200


def test_a_huge_body_is_413(send: Send, db: None) -> None:
    read_problem(send(b" " * (1024 * 1024 + 1)), 413, "content_too_large")


@pytest.mark.parametrize(
    ("name", "guess"),
    [("ages_years", "'age_years'"), ("finding", "'findings'"), ("name", ""), ("a/b~c", "")],
)
def test_an_unknown_member_is_400_and_named(send: Send, db: None, name: str, guess: str) -> None:
    problem = read_problem(send({name: 1, "sex": "male"}), 400, "unknown_member")

    [error] = problem["errors"]
    assert error["pointer"] == "/" + name.replace("~", "~0").replace("/", "~1")
    assert (f"Did you mean {guess}?" in error["detail"]) is bool(guess)
    assert "age_months, age_years, as_of" in error["detail"]


def test_every_unknown_member_is_named(send: Send, db: None) -> None:
    problem = read_problem(send({"a": 1, "b": 2}), 400, "unknown_member")

    assert [error["pointer"] for error in problem["errors"]] == ["/a", "/b"]


def test_an_unknown_finding_is_422_with_a_guess(send: Send, published: Edition) -> None:
    error = refuse_value(send, {"findings": {"smoke": "absent", "fevr": "present"}})

    assert error == {
        "pointer": "/findings/fevr",
        "code": "unknown_finding",
        "detail": "There is no finding 'fevr' in this protocol. Did you mean 'fever'?",
    }


def test_an_unknown_finding_without_likeness_gets_no_guess(send: Send, published: Edition) -> None:
    error = refuse_value(send, {"findings": {"x/y": "unknown"}})

    assert error["pointer"] == "/findings/x~1y"
    assert error["detail"] == "There is no finding 'x/y' in this protocol."


def test_a_score_or_a_rule_is_no_finding(send: Send, published: Edition) -> None:
    body = {"findings": {"hum_score": "present", "smoke_seen": "present"}}

    problem = read_problem(send(body), 422, "invalid_values")

    assert {error["code"] for error in problem["errors"]} == {"unknown_finding"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("yes", '"yes"'),
        ("Present", '"Present"'),
        ("", '""'),
        (True, "true"),
        (1, "1"),
        (None, "null"),
        (["present"], "an array"),
        ({"value": "present"}, "an object"),
    ],
)
def test_a_wrong_value_of_a_finding_is_422(send: Send, db: None, value: Any, shown: str) -> None:
    error = refuse_value(send, {"findings": {"smoke": value}})

    assert (error["pointer"], error["code"]) == ("/findings/smoke", "invalid_value")
    assert error["detail"] == f"'smoke' is {shown}; it can be present, absent, unknown."


@pytest.mark.parametrize(
    ("member", "value", "says"),
    [
        ("findings", None, "an object"),
        ("findings", ["smoke"], "an object"),
        ("findings", "smoke", "an object"),
        ("age_years", "63", '"63" is not a whole number from 0 to 130'),
        ("age_years", 63.5, "63.5 is not a whole number"),
        ("age_years", True, "true is not a whole number"),
        ("age_years", -1, "-1 is not a whole number"),
        ("age_years", 131, "131 is not a whole number"),
        ("age_years", 10**100, "not a whole number"),
        ("age_years", [63], "an array is not a whole number"),
        ("age_months", 24, "from 0 to 23"),
        ("age_months", "3", "from 0 to 23"),
        ("age_months", False, "from 0 to 23"),
        ("sex", "F", '"F" is not one of male, female, other, unknown'),
        ("sex", "", "not one of"),
        ("sex", 1, "1 is not one of"),
        ("sex", True, "true is not one of"),
        ("sex", ["male"], "an array is not one of"),
        ("speaker", "parent", '"parent" is not one of self, carer, child'),
        ("speaker", ["self"], "an array is not one of"),
        ("previous", {}, "an object is not a text"),
        ("region", 44, "44 is not a text"),
        ("region", {"code": "GB"}, "an object is not a text"),
        ("locale", "EN", "such as en, en-GB"),
        ("locale", 1, "1 is not a text"),
        ("edition", 0, "from 1"),
        ("edition", "1", '"1" is not a whole number'),
        ("edition", True, "true is not a whole number"),
        ("edition", 2**31, "from 1"),
        ("as_of", "yesterday", "timestamp with time zone"),
        ("as_of", "2026-11-21T12:00:00", "timestamp with time zone"),
        ("as_of", "2999-01-01T00:00:00Z", "lies in the future"),
        ("as_of", 1763726400, "is not a text"),
    ],
)
def test_a_wrong_value_of_a_member_is_422(
    send: Send, db: None, member: str, value: Any, says: str
) -> None:
    error = refuse_value(send, {member: value})

    assert (error["pointer"], error["code"]) == (f"/{member}", "invalid_value")
    assert says in error["detail"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"age_years": 1, "age_months": 12}, "/age_months"),
        ({"edition": 1, "as_of": "2026-11-21T12:00:00Z"}, "/as_of"),
    ],
)
def test_two_ways_to_say_the_same_are_one_too_many(
    send: Send, db: None, body: dict[str, Any], pointer: str
) -> None:
    error = refuse_value(send, body)

    assert (error["pointer"], error["code"]) == (pointer, "contradiction")


def test_everything_that_is_wrong_is_said_at_once(send: Send, db: None) -> None:
    body = {"findings": {"smoke": 1, "glow": 2}, "sex": "x", "age_years": "7", "region": 1}

    problem = read_problem(send(body), 422, "invalid_values")

    assert [error["pointer"] for error in problem["errors"]] == [
        "/findings/smoke",
        "/findings/glow",
        "/sex",
        "/age_years",
        "/region",
    ]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"findings": {f"fever{n}": "present" for n in range(30_000)}}, 422, "invalid_values"),
        ({"findings": {f"fever{n}": "perhaps" for n in range(30_000)}}, 422, "invalid_values"),
        ({f"findings{n}": "present" for n in range(30_000)}, 400, "unknown_member"),
    ],
)
def test_a_flood_of_errors_is_cut_off_and_says_so(
    send: Send, published: Edition, body: dict[str, Any], status: int, code: str
) -> None:
    problem = read_problem(send(body), status, code)

    assert len(problem["errors"]) == MAX_ERRORS
    assert problem["detail"].endswith("And more: these are the first 20.")


@pytest.mark.parametrize("region", ["FR", "gb", "", "x" * 500])
def test_an_unknown_region_is_422_and_names_those_that_there_are(
    send: Send, published: Edition, region: str
) -> None:
    error = refuse_value(send, {"region": region})

    assert (error["pointer"], error["code"]) == ("/region", "unknown_region")
    assert error["detail"].endswith("Use one of GB, generic.")


@pytest.mark.parametrize(
    ("receipt", "code"),
    [
        ("", "receipt_invalid"),
        ("r1.a.b", "receipt_invalid"),
        ("r1.0000000000000000.e30.AAAA", "receipt_key_unknown"),
        ("r2.a.b.c", "receipt_invalid"),
        ("r1.é.b.c", "receipt_invalid"),
        ("x" * 70_000, "receipt_invalid"),
    ],
)
def test_an_earlier_receipt_that_is_none_is_422(
    send: Send, published: Edition, receipt: str, code: str
) -> None:
    [error] = read_problem(send({"previous": receipt}), 422, code)["errors"]

    assert error["pointer"] == "/previous"


def test_the_receipt_of_another_protocol_is_422(
    send: Send, press: Press, published: Edition
) -> None:
    press.publish_protocol(slug="gum-fire")
    receipt = json.loads(send({}, url=OTHER).content)["receipt"]

    problem = read_problem(send({"previous": receipt}), 422, "receipt_of_another_protocol")

    assert "'gum-fire'" in problem["detail"]


def test_a_deployment_may_refuse_to_answer_once_a_review_is_overdue(
    send: Send, published: Edition, settings: Any
) -> None:
    settings.TRIAGE_WHEN_OVERDUE = "refuse"

    with time_machine.travel("2027-11-22T10:00:00Z", tick=False):
        problem = read_problem(send({}), 503, "review_overdue")

    assert "2027-11-21" in problem["detail"]
    assert "emergency number" in problem["detail"]


def test_deep_nesting_is_refused_at_any_depth(send: Send, db: None) -> None:
    statuses = {
        send(f'{{"age_years": {"[" * depth}1{"]" * depth}}}').status_code
        for depth in range(1, 1_000, 7)
    }

    assert statuses <= {400, 422}


def test_an_unknown_protocol_is_404(send: Send, published: Edition) -> None:
    problem = read_problem(send({}, url=OTHER), 404, "not_found")

    assert "/api/v1/triage/protocols" in problem["detail"]


def test_a_protocol_that_was_only_drafted_is_404(send: Send, press: Press) -> None:
    press.save_protocol()

    read_problem(send({}), 404, "not_found")


def test_an_unknown_edition_is_404_and_names_the_last_one(send: Send, published: Edition) -> None:
    problem = read_problem(send({"edition": 2}), 404, "not_found")

    assert problem["detail"].startswith("There is no edition 2 of protocol 'tooth-hum' in en.")
    assert "Its last edition is 1." in problem["detail"]


def test_an_edition_of_a_protocol_that_is_not_there_is_404(send: Send, db: None) -> None:
    read_problem(send({"edition": 1}), 404, "not_found")


def test_a_moment_before_the_first_edition_is_404(send: Send, published: Edition) -> None:
    problem = read_problem(send({"as_of": "2026-11-01T00:00:00Z"}), 404, "not_found")

    assert "2026-11-01T00:00:00Z" in problem["detail"]


def test_another_locale_is_404_and_names_those_that_there_are(
    send: Send, published: Edition
) -> None:
    problem = read_problem(send({"locale": "hi"}), 404, "not_found")

    assert "it is in en" in problem["detail"]


def test_a_withdrawn_protocol_is_410_with_the_reason(
    send: Send, press: Press, published: Edition
) -> None:
    press.withdraw()

    problem = read_problem(send({}), 410, "withdrawn")

    assert problem["reason"] == "It was wrong."


def test_before_its_withdrawal_a_protocol_can_still_be_asked(
    send: Send, press: Press, published: Edition
) -> None:
    press.withdraw()

    then = send({"as_of": format_instant(published.published_at)})
    numbered = send({"edition": 1})

    assert then.status_code == numbered.status_code == 200


def test_an_unknown_edition_of_a_withdrawn_protocol_is_410(
    send: Send, press: Press, published: Edition
) -> None:
    press.withdraw()

    read_problem(send({"edition": 2}), 410, "withdrawn")


def test_a_recalled_protocol_is_410_with_the_reason(
    send: Send, press: Press, published: Edition
) -> None:
    made = recall_protocol(press, published)

    problem = read_problem(send({}), 410, "withdrawn")

    assert problem["reason"] == "It sent people home."
    assert problem["recalled"]["id"] == str(made.pk)


@pytest.mark.parametrize("moment", [{"edition": 1}, {"as_of": "published_at"}])
def test_a_recalled_edition_answers_nobody_any_more_also_not_by_its_number_or_time(
    send: Send, press: Press, published: Edition, moment: dict[str, Any]
) -> None:
    recall_protocol(press, published)
    if "as_of" in moment:
        moment = {"as_of": format_instant(published.published_at)}

    problem = read_problem(send(moment), 410, "recalled")

    assert problem["recalled"]["severity"] == "critical"
    assert "nothing is worked out with it" in problem["detail"]


def recall_protocol(press: Press, published: Edition) -> Recall:
    return recall(
        document=published.document,
        number=published.number,
        severity="critical",
        reason="It sent people home.",
        by=make_person("recaller", "recall"),
        at=press.clock(),
    )


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_another_method_is_405_and_says_which_there_are(
    client: Client, published: Edition, method: str
) -> None:
    response = getattr(client, method)(URL)

    assert response.status_code == 405
    assert response["Allow"] == "POST, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("query", ["edition=1", "locale=en", "region=GB"])
def test_a_query_parameter_is_400(send: Send, published: Edition, query: str) -> None:
    response = send({}, url=f"{URL}?{query}")

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == f"?{query.partition('=')[0]}"


def test_a_client_that_takes_no_json_is_406(send: Send, published: Edition) -> None:
    read_problem(send({}, Accept="text/html"), 406, "not_acceptable")


@pytest.mark.parametrize("body", ["{", '{"sex": 1}', '{"x": 1}'])
def test_a_refusal_is_kept_nowhere_and_can_be_read_by_other_sites(
    send: Send, db: None, body: str
) -> None:
    response = send(body, Origin="https://partner.example")

    assert response["Cache-Control"] == "no-store"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert json.loads(response.content)["instance"] == URL
