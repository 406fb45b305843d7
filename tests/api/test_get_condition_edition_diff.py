"""`GET /api/v1/conditions/{slug}/editions/{number}/diff`: what changed between two editions."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.edition_differences import comparisons
from calfcms.publishing.patching import apply
from calfcms.publishing.reading import bodies
from calfcms.syndication.keys import PREFIX_LENGTH, hash_key
from calfcms.syndication.models import Key, Partner
from conditions.document import public_content
from tests.api.conftest import PAGE, PublishPage, WithdrawPage, write_page
from tests.api.problems import read_problem
from tests.api.sql import list_tables
from tests.conftest import NOON

URL = "/api/v1/conditions/ear-glow/editions/2/diff"
FIRST = "/api/v1/conditions/ear-glow/editions/1/diff"
FLAG: dict[str, Any] = PAGE["red_flags"][0]


@pytest.fixture(autouse=True)
def _forget_comparisons() -> Iterator[None]:
    comparisons.clear()
    yield
    comparisons.clear()


def test_it_says_what_changed_since_the_edition_before(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, summary="Most ears stop glowing by themselves in a week.")

    differences = client.get(URL).json()

    [member] = differences["members"]
    assert member["name"] == "summary"
    assert member["runs"] == [
        {"op": "equal", "text": "Most ears stop glowing by themselves"},
        {"op": "insert", "text": " in a week"},
        {"op": "equal", "text": "."},
    ]
    assert differences["parts"] == []


def test_it_names_both_editions(client: Client, publish_page: PublishPage) -> None:
    first = publish_page()
    second = publish_page(minutes=1, title="Changed")

    differences = client.get(URL).json()

    assert (differences["kind"], differences["slug"]) == ("condition", "ear-glow")
    assert differences["from"] == {
        "edition": 1,
        "digest": first.digest,
        "content_digest": first.content_digest,
        "published_at": "2026-11-21T12:00:00Z",
        "change": {"class": "clinical", "note": "For the test."},
        "url": "/api/v1/conditions/ear-glow/editions/1?locale=en",
    }
    assert differences["to"]["digest"] == second.digest
    assert client.get(differences["to"]["url"]).json()["digest"] == second.digest


def test_parts_are_found_by_their_ids(client: Client, publish_page: PublishPage) -> None:
    sections = [
        {"id": "signs", "aspect": "symptoms", "headline": "Signs", "body": "A soft light."},
        {"id": "help", "aspect": "self_care", "headline": "Help", "body": "Wait."},
    ]
    publish_page(sections=sections)
    sections[0] |= {"headline": "What you see"}
    publish_page(minutes=1, sections=sections[::-1], faqs=[])

    differences = client.get(URL).json()

    changes = {part["address"]: part["change"] for part in differences["parts"]}
    assert changes.pop("faqs/catching") == "removed"
    assert changes["sections/signs"] == "changed"
    assert differences["counts"]["removed"] == 1
    orders = {order["list"]: order["parts"] for order in differences["lists"]}
    assert orders == {"sections": ["sections/help", "sections/signs"], "faqs": []}


@pytest.mark.parametrize(
    ("red_flags", "is_weakened"),
    [
        ([], True),
        ([FLAG | {"urgency": "routine"}], True),
        ([FLAG | {"sign": "Smoke or sparks"}], False),
        ([FLAG, FLAG | {"id": "sparks"}], False),
    ],
)
def test_a_red_flag_that_was_removed_or_weakened_is_marked(
    client: Client, publish_page: PublishPage, red_flags: list[Any], is_weakened: bool
) -> None:
    publish_page()
    publish_page(minutes=1, red_flags=red_flags)

    differences = client.get(URL).json()

    assert differences["safety"] == is_weakened
    assert differences["safety_change"]
    [part] = differences["parts"]
    assert (part["safety"], part["safety_change"]) == (is_weakened, True)


def test_a_change_elsewhere_is_no_safety_change(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")

    differences = client.get(URL).json()

    assert (differences["safety"], differences["safety_change"]) == (False, False)


def test_the_first_edition_is_all_new(client: Client, publish_page: PublishPage) -> None:
    edition = publish_page()

    differences = client.get(FIRST).json()

    assert differences["from"] is None
    assert differences["counts"] == {"added": 3, "removed": 0, "changed": 0, "moved": 0}
    assert not differences["safety"]
    assert apply({}, differences) == public_content(edition.read_content())


def test_an_edition_is_the_one_before_with_its_differences(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, red_flags=[], title="Second")
    third = publish_page(minutes=2, faqs=[], sections=[], title="Third")
    content: dict[str, Any] = {}

    for number in (1, 2, 3):
        content = apply(content, client.get(URL.replace("/2/", f"/{number}/")).json())

    assert content == public_content(third.read_content())


@pytest.mark.parametrize(
    ("number", "against", "title"), [(3, 1, "Third"), (1, 3, "First"), (3, 2, "Third")]
)
def test_any_two_can_be_compared_in_either_direction(
    client: Client, publish_page: PublishPage, number: int, against: int, title: str
) -> None:
    for minutes, one in enumerate(["First", "Second", "Third"]):
        publish_page(minutes=minutes, title=one)

    differences = client.get(URL.replace("/2/", f"/{number}/"), {"against": against}).json()

    assert (differences["from"]["edition"], differences["to"]["edition"]) == (against, number)
    [member] = differences["members"]
    assert member["after"] == title


def test_an_edition_against_itself_says_nothing(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    differences = client.get(FIRST, {"against": 1}).json()

    assert differences["members"] == differences["parts"] == differences["lists"] == []
    assert not differences["safety_change"]


def test_what_is_for_one_partner_only_is_not_in_it(
    client: Client, publish_page: PublishPage
) -> None:
    ours = {
        "id": "ours",
        "aspect": "getting_access",
        "headline": "Our lamp room",
        "body": "Come in.",
        "partner": "lamp-clinic",
    }
    publish_page()
    publish_page(minutes=1, sections=[*PAGE["sections"], ours])

    response = client.get(URL)

    assert response.json()["parts"] == []
    assert b"lamp" not in response.content
    assert response.json()["from"]["content_digest"] != response.json()["to"]["content_digest"]


def test_it_can_be_read_after_a_withdrawal(
    client: Client, publish_page: PublishPage, withdraw_page: WithdrawPage
) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")
    before = client.get(URL).content
    withdraw_page()

    assert client.get(URL).content == before


def test_it_may_be_kept_for_ever(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")

    response = client.get(URL)

    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Last-Modified"] == "Sat, 21 Nov 2026 12:01:00 GMT"
    assert response["Cache-Tag"] == "condition/ear-glow, condition/ear-glow/en"
    assert response["Content-Language"] == "en"
    assert {"Accept", "Authorization"} <= set(response["Vary"].split(", "))


def test_another_process_sends_the_same_bytes(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")
    first = client.get(URL)
    comparisons.clear()

    second = client.get(URL)

    assert (first.content, first["ETag"]) == (second.content, second["ETag"])


def test_a_client_that_holds_it_gets_304(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    tag = client.get(FIRST)["ETag"]

    response = client.get(FIRST, headers={"If-None-Match": tag})

    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == tag


def test_a_client_that_has_it_since_then_gets_304(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    modified = client.get(FIRST)["Last-Modified"]

    assert client.get(FIRST, headers={"If-Modified-Since": modified}).status_code == 304


def test_head_is_get_without_the_body(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    get = client.get(FIRST)

    head = client.head(FIRST)

    assert head.content == b""
    assert {name: head[name] for name in get.headers} == dict(get.headers)


def test_it_costs_two_queries_and_one_once_compared(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, title="Changed")
    bodies.clear()

    with CaptureQueriesContext(connection) as fresh:
        client.get(URL)
    with CaptureQueriesContext(connection) as kept:
        client.get(URL)

    assert (len(fresh), len(kept)) == (2, 1)
    tables = {table for query in [*fresh, *kept] for table in list_tables(query["sql"])}
    assert tables == {"publishing_document", "publishing_edition"}


def test_the_locale_can_be_named(client: Client, publish_page: PublishPage) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi", title="कान")

    differences = client.get(FIRST, {"locale": "hi"}).json()

    assert differences["locale"] == "hi"
    assert differences["to"]["url"].endswith("?locale=hi")


def test_accept_language_does_not_change_what_must_not_change(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()
    publish_page(minutes=1, locale="hi")

    assert client.get(FIRST, headers={"Accept-Language": "hi"})["Content-Language"] == "en"


def test_an_edition_that_is_not_there_names_the_last(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    problem = read_problem(client.get(URL), 404, "not_found")

    assert problem["detail"] == (
        "There is no edition 2 of condition 'ear-glow' in en. Its last edition is 1."
    )


def test_so_does_one_to_compare_with_that_is_not_there(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    problem = read_problem(client.get(FIRST, {"against": 7}), 404, "not_found")

    assert problem["detail"] == (
        "There is no edition 7 of condition 'ear-glow' in en. Its last edition is 1."
    )


def test_an_unknown_page_is_404(client: Client, db: None) -> None:
    problem = read_problem(client.get(URL), 404, "not_found")

    assert "Nothing was published there" in problem["detail"]


def test_a_page_that_was_only_drafted_is_404(client: Client, editor: User) -> None:
    write_page(editor, NOON)

    read_problem(client.get(FIRST), 404, "not_found")


def test_a_locale_that_was_never_published_is_404(
    client: Client, publish_page: PublishPage
) -> None:
    publish_page()

    read_problem(client.get(FIRST, {"locale": "hi"}), 404, "not_found")


@pytest.mark.parametrize("number", ["0", "01", "-1", "1.0", "last", "9" * 40])
def test_a_number_that_no_edition_has_is_404(
    client: Client, publish_page: PublishPage, number: str
) -> None:
    publish_page()

    read_problem(client.get(FIRST.replace("/1/", f"/{number}/")), 404, "not_found")


@pytest.mark.parametrize("against", ["0", "-1", "1.0", "", "first", "٣", "9" * 10, "1 "])
def test_it_refuses_what_is_no_number_of_an_edition(
    client: Client, publish_page: PublishPage, against: str
) -> None:
    publish_page()

    response = client.get(FIRST, {"against": against})

    [error] = read_problem(response, 400, "invalid_parameters")["errors"]
    assert error["pointer"] == "?against"
    assert error["code"] == "invalid_value"
    assert error["detail"].endswith("is not a whole number from 1 to 999999999.")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("against=1&against=1", "repeated_parameter"),
        ("again=1", "unknown_parameter"),
        ("format=html", "unknown_parameter"),
        ("locale=EN", "invalid_value"),
        ("locale=en&locale=hi", "repeated_parameter"),
    ],
)
def test_it_refuses_parameters_that_it_does_not_understand(
    client: Client, publish_page: PublishPage, query: str, code: str
) -> None:
    publish_page()

    [error] = read_problem(client.get(f"{FIRST}?{query}"), 400, "invalid_parameters")["errors"]

    assert error["code"] == code


def test_it_refuses_a_client_that_takes_no_json(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    read_problem(client.get(FIRST, headers={"Accept": "text/html"}), 406, "not_acceptable")


def give_key(person: User, *scopes: str) -> dict[str, str]:
    """The header by which a partner calls with a key of these scopes."""
    secret = f"calf_diff{'0' * 40}"
    partner = Partner.objects.create(
        slug="clinic", name="Clinic", created_at=NOON, created_by=person
    )
    Key.objects.create(
        partner=partner,
        name="test",
        prefix=secret[:PREFIX_LENGTH],
        hash=hash_key(secret),
        scopes=list(scopes),
        created_at=NOON,
        created_by=person,
    )
    return {"Authorization": f"Bearer {secret}"}


def test_a_key_reads_what_everybody_reads(
    client: Client, publish_page: PublishPage, editor: User
) -> None:
    publish_page()
    anonymous = client.get(FIRST)

    response = client.get(FIRST, headers=give_key(editor, "read"))

    assert response.content == anonymous.content
    assert response["Cache-Control"] == anonymous["Cache-Control"].replace("public", "private")


def test_a_key_without_the_scope_is_refused(
    client: Client, publish_page: PublishPage, editor: User
) -> None:
    publish_page()

    problem = read_problem(
        client.get(FIRST, headers=give_key(editor, "triage")), 403, "scope_missing"
    )

    assert "`read`" in problem["detail"]


def test_a_key_that_is_none_is_refused(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    response = client.get(FIRST, headers={"Authorization": "Bearer calf_nothing"})

    assert response.status_code == 401


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_cannot_be_written(client: Client, db: None, method: str) -> None:
    response = getattr(client, method)(URL)

    read_problem(response, 405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_nothing_has_a_trailing_slash(client: Client, publish_page: PublishPage) -> None:
    publish_page()

    read_problem(client.get(FIRST + "/"), 404, "not_found")
