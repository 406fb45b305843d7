"""`GET /api/v1/triage/protocols/{slug}/scorecard`: how the live edition answers its cases."""

import hashlib
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import Kind
from calfcms.publishing.models import Edition
from tests.api.problems import read_problem
from tests.triage.api.shapes import list_faults
from tests.triage.conftest import Press
from tests.triage.examples import CASES, make_case_set, make_content
from triage.api.scorecard import ScorecardShape
from triage.kind import ProtocolKind

URL = "/api/v1/triage/protocols/tooth-hum/scorecard"
SETS = make_case_set(*CASES.values(), source="Tooth Board")
TOO_HIGH = CASES["sweets"] | {"id": "mild", "findings": {"hum": "present"}}
"""Answered routine, because nobody asked about the gates, where home care is expected."""


@pytest.fixture
def scored(press: Press) -> Edition:
    """An edition with three cases that it answers as expected."""
    return press.publish_both(**SETS)


def read(client: Client, **query: str) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(URL, query).json()
    return answer


def test_it_names_the_edition_and_each_set(client: Client, scored: Edition) -> None:
    card = read(client)
    (own,) = card["sets"]

    assert card["protocol"] == {"slug": "tooth-hum", "edition": 1, "digest": scored.digest}
    assert {name: own[name] for name in ("id", "title", "source", "must_pass", "cases")} == {
        "id": "ours",
        "title": "Our cases",
        "source": "Tooth Board",
        "must_pass": True,
        "cases": 3,
    }
    assert own["digest"] == digest_of(make_content(**SETS)["case_sets"][0])


def test_it_counts_what_was_answered(client: Client, press: Press) -> None:
    press.publish_both(**make_case_set(*CASES.values(), TOO_HIGH))

    total = read(client)["total"]

    assert total["exact"] == {"count": 3, "share": 0.75}
    assert total["acceptable"] == {"count": 4, "share": 1.0}
    assert total["safe"] == {"count": 4, "share": 1.0}
    assert total["over_triaged"] == {"count": 1, "share": 0.25}
    assert total["hazardous"] == {"count": 0, "upper_bound": 0.5272}
    assert total["levels"][3] == {
        "expected": "self_care",
        "cases": 2,
        "exact": {"count": 1, "share": 0.5},
        "under_triaged": {"count": 0, "share": 0.0},
        "over_triaged": {"count": 1, "share": 0.5},
    }
    assert total["matrix"][3]["answered"] == {
        "emergency": 0,
        "urgent": 0,
        "routine": 1,
        "self_care": 1,
    }


def test_no_case_is_told(client: Client, scored: Edition) -> None:
    body = client.get(URL).content.decode()

    for case in CASES.values():
        assert case["story"] not in body
        assert f'"{case["id"]}"' not in body


def test_it_has_the_shape_that_is_documented(client: Client, scored: Edition) -> None:
    assert list_faults(ScorecardShape, read(client)) == []


def test_a_protocol_without_cases_has_no_shares(client: Client, published: Edition) -> None:
    card = read(client)

    assert card["sets"] == []
    assert card["total"]["exact"] == {"count": 0, "share": None}
    assert card["total"]["hazardous"] == {"count": 0, "upper_bound": None}
    assert list_faults(ScorecardShape, card) == []


def test_it_takes_one_query(client: Client, scored: Edition) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get(URL)

    assert len(queries) == 1


def test_an_edition_from_before_there_were_scorecards_has_one_too(
    client: Client, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(ProtocolKind, "render_internal", Kind.render_internal)
        edition = press.publish_both(**SETS)
    assert not edition.renditions.filter(format="scorecard").exists()

    made = client.get(URL)
    stored = ProtocolKind().render_internal(
        json.loads(bytes(edition.renditions.get(format="json").body)), edition.read_content()
    )

    assert made.content == stored["scorecard"]
    assert client.get(URL, headers={"If-None-Match": made["ETag"]}).status_code == 304


def test_its_headers_say_what_it_is_and_how_long_it_may_be_kept(
    client: Client, scored: Edition
) -> None:
    response = client.get(URL, headers={"Origin": "https://partner.example"})

    assert response["ETag"] == f'"sha256:{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert response["Cache-Tag"] == "protocol/tooth-hum, protocol/tooth-hum/en"
    assert response["Content-Language"] == "en"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert {"accept", "accept-language"} <= set(response["Vary"].lower().split(", "))


def test_a_client_that_holds_the_bytes_gets_304(client: Client, press: Press) -> None:
    press.publish_both(**SETS)
    tag = client.get(URL)["ETag"]
    same = client.get(URL, headers={"If-None-Match": tag})
    press.publish_protocol(**make_case_set(*CASES.values()))

    other = client.get(URL, headers={"If-None-Match": tag})

    assert (same.status_code, other.status_code) == (304, 200)


def test_it_tells_of_the_edition_that_was_live_then(client: Client, press: Press) -> None:
    first = press.publish_both(**SETS)
    press.publish_protocol(**make_case_set(*CASES.values(), TOO_HIGH))

    now = read(client)
    then = client.get(URL, {"as_of": first.published_at.isoformat()})

    assert now["protocol"]["edition"] == 2
    assert now["total"]["cases"] == 4
    assert then.json()["protocol"]["edition"] == 1
    assert then.json()["total"]["cases"] == 3
    assert "Memento-Datetime" in then.headers


def test_head_is_get_without_the_body(client: Client, scored: Edition) -> None:
    head = client.head(URL)

    assert (head.status_code, head.content) == (200, b"")


def test_the_locale_is_the_best_that_is_published(
    client: Client, press: Press, scored: Edition
) -> None:
    press.publish_both(locale="hi")

    named = client.get(URL, {"locale": "hi"})
    accepted = client.get(URL, headers={"Accept-Language": "hi"})

    assert named["Content-Language"] == accepted["Content-Language"] == "hi"
    assert read(client, locale="en")["total"]["cases"] == 3


def test_a_withdrawn_protocol_is_410(client: Client, press: Press, scored: Edition) -> None:
    press.withdraw()

    read_problem(client.get(URL), 410, "withdrawn")


def test_a_protocol_that_is_not_there_is_404(client: Client, db: None) -> None:
    read_problem(client.get(URL), 404, "not_found")


def test_it_refuses_parameters_that_it_does_not_understand(client: Client, scored: Edition) -> None:
    problem = read_problem(client.get(URL, {"format": "json"}), 400, "invalid_parameters")

    assert "format" in problem["detail"]


def test_it_refuses_what_it_cannot_send(client: Client, scored: Edition) -> None:
    read_problem(client.get(URL, headers={"Accept": "text/html"}), 406, "not_acceptable")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    read_problem(getattr(client, method)(URL), 405, "method_not_allowed")
