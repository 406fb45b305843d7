"""`GET /api/v1/conditions/{slug}` and its parts with a key: a partner's own sections.

Whatever a section for one partner says must never reach anybody else, nor a cache that is shared.
"""

import json
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.api.docs import write_openapi
from calfcms.publishing.digest import digest_of, digest_of_bytes
from calfcms.publishing.models import Edition, Facet, PartnerRendition, Rendition
from calfcms.publishing.reading import bodies
from tests.api.conftest import PAGE, PublishPage, WithdrawPage, after_noon
from tests.api.keys import bearer, make_key
from tests.api.problems import read_problem
from tests.api.sql import list_tables
from tests.api.test_openapi import check_answer

URL = "/api/v1/conditions/ear-glow"
OURS = "Acme dims ears on Mondays."
THEIRS = "Zenith dims ears on Fridays."
SECTIONS: list[dict[str, Any]] = [
    *PAGE["sections"],
    {
        "id": "ours",
        "aspect": "getting_access",
        "headline": "How Acme helps",
        "body": OURS,
        "partner": "acme-clinic",
        "sections": [
            {"id": "hours", "aspect": "getting_access", "headline": "Hours", "body": "Mondays."}
        ],
    },
    {
        "id": "theirs",
        "aspect": "getting_access",
        "headline": "How Zenith helps",
        "body": THEIRS,
        "partner": "zenith",
    },
]
FORMATS = ["json", "jsonld", "html", "md"]
PATHS = ["", "/editions/1", "?as_of=2026-11-21T12:00:30Z", "?fields=sections"]


@pytest.fixture
def edition(publish_page: PublishPage) -> Edition:
    """A page with a section for each of two partners."""
    return publish_page(sections=SECTIONS)


@pytest.fixture
def acme(db: None) -> dict[str, str]:
    """The header of a key of Acme that may read."""
    return bearer(make_key("read", partner="acme-clinic"))


@pytest.fixture
def zenith(db: None) -> dict[str, str]:
    """The header of a key of the other partner."""
    return bearer(make_key("read", partner="zenith"))


@pytest.fixture
def other(db: None) -> dict[str, str]:
    """The header of a key of a partner for whom nothing is written."""
    return bearer(make_key("read", partner="nobody-special"))


def list_ids(response: Any) -> list[str]:
    return [section["id"] for section in response.json()["sections"]]


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("path", PATHS)
def test_a_partner_reads_its_own_sections_and_no_others(
    client: Client, acme: dict[str, str], zenith: dict[str, str], path: str
) -> None:
    ours, theirs = client.get(URL + path, headers=acme), client.get(URL + path, headers=zenith)

    assert list_ids(ours) == ["signs", "ours"]
    assert list_ids(theirs) == ["signs", "theirs"]
    assert (ours.json()["partner"], theirs.json()["partner"]) == ("acme-clinic", "zenith")


@pytest.mark.usefixtures("edition")
def test_a_section_says_whom_it_is_for(client: Client, acme: dict[str, str]) -> None:
    shown, own = client.get(URL, headers=acme).json()["sections"]

    assert "partner" not in shown
    assert own["partner"] == "acme-clinic"
    assert own["sections"][0]["headline"] == "Hours"


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_has_them(client: Client, acme: dict[str, str], format_: str) -> None:
    text = client.get(URL, {"format": format_}, headers=acme).content.decode()

    assert OURS in text
    assert THEIRS not in text


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("path", ["", "/editions/1"])
def test_nobody_else_meets_them(
    client: Client, other: dict[str, str], path: str, format_: str
) -> None:
    anonymous = client.get(URL + path, {"format": format_})
    keyed = client.get(URL + path, {"format": format_}, headers=other)

    assert b"dims ears" not in anonymous.content
    assert keyed.content == anonymous.content
    assert keyed["ETag"] == anonymous["ETag"]


def test_nothing_for_everybody_is_made_from_them(edition: Edition, client: Client) -> None:
    shared = [bytes(rendition.body) for rendition in Rendition.objects.filter(edition=edition)]
    lists = [client.get(f"/api/v1/{path}").content for path in ("conditions", "red-flags")]

    assert len(shared) >= len(FORMATS)
    for content in [*shared, *lists]:
        assert b"dims ears" not in content
        assert b"acme" not in content.lower()
    assert not Facet.objects.filter(value__icontains="acme").exists()


def test_search_does_not_find_them(edition: Edition, client: Client) -> None:
    found = client.get("/api/v1/conditions", {"q": "mondays"})

    assert found.json()["items"] == []


def test_they_are_signed_with_the_rest(edition: Edition) -> None:
    assert edition.content_digest == digest_of(edition.read_content())
    assert OURS in edition.content


@pytest.mark.usefixtures("edition")
def test_the_digest_covers_what_the_partner_reads(client: Client, acme: dict[str, str]) -> None:
    ours, public = client.get(URL, headers=acme).json(), client.get(URL).json()

    digest = ours.pop("digest")

    assert digest == digest_of(ours)
    assert digest != public["digest"]
    assert ours["content_digest"] == public["content_digest"]


@pytest.mark.usefixtures("edition")
def test_numbers_of_references_are_those_of_what_the_partner_reads(
    client: Client, acme: dict[str, str]
) -> None:
    ours, public = client.get(URL, headers=acme).json(), client.get(URL).json()

    assert ours["references"] == public["references"] == []
    assert ours["red_flags"] == public["red_flags"]


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("path", [*PATHS, "/faqs", "/red-flags", "/sections/symptoms", "/timemap"])
def test_what_a_key_was_sent_is_private_and_every_answer_varies_by_it(
    client: Client, acme: dict[str, str], path: str
) -> None:
    ours, public = client.get(URL + path, headers=acme), client.get(URL + path)

    is_numbered = "/editions/" in path
    kept = "max-age=31536000, immutable" if is_numbered else "max-age=60"
    assert ours["Cache-Control"] == f"private, {kept}"
    assert public["Cache-Control"].startswith("public")
    assert "Authorization" in ours["Vary"].split(", ")
    assert "Authorization" in public["Vary"].split(", ")


@pytest.mark.parametrize("path", ["", "/faqs", "/sections/pregnancy", "/editions/9", "/timemap"])
def test_what_is_not_there_is_private_too(
    client: Client, acme: dict[str, str], path: str, db: None
) -> None:
    ours, public = client.get(URL + path, headers=acme), client.get(URL + path)

    assert ours.status_code == public.status_code == 404
    assert ours["Cache-Control"] == "private, max-age=60"
    assert "Authorization" in public["Vary"].split(", ")


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("path", PATHS)
def test_a_tag_of_somebody_else_never_gets_304(
    client: Client, acme: dict[str, str], zenith: dict[str, str], path: str
) -> None:
    tags = {
        name: client.get(URL + path, headers=headers)["ETag"]
        for name, headers in {"acme": acme, "zenith": zenith, "all": {}}.items()
    }
    bodies.clear()

    assert len(set(tags.values())) == 3
    for name, headers in {"acme": acme, "zenith": zenith, "all": {}}.items():
        for owner, tag in tags.items():
            response = client.get(URL + path, headers={**headers, "If-None-Match": tag})
            assert response.status_code == (304 if owner == name else 200)


@pytest.mark.usefixtures("edition")
def test_a_date_never_gets_a_key_304(client: Client, acme: dict[str, str]) -> None:
    since = client.get(URL)["Last-Modified"]

    response = client.get(URL, headers={**acme, "If-Modified-Since": since})

    assert response.status_code == 200
    assert client.get(URL, headers={"If-Modified-Since": since}).status_code == 304


@pytest.mark.usefixtures("edition")
def test_bytes_in_this_process_are_not_mixed_up(
    client: Client, acme: dict[str, str], zenith: dict[str, str]
) -> None:
    first = [client.get(URL, headers=headers).content for headers in (acme, {}, zenith)]
    again = [client.get(URL, headers=headers).content for headers in (acme, {}, zenith)]

    assert first == again
    assert len(set(first)) == 3
    for content, tag in ((one.content, one["ETag"]) for one in (client.get(URL, headers=acme),)):
        assert tag == f'"{digest_of_bytes(content)}"'


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("query", ["", "?locale=en", "?as_of=2026-11-21T12:00:30Z"])
def test_it_costs_one_query_besides_that_for_the_key(
    client: Client, acme: dict[str, str], query: str
) -> None:
    client.get(URL + query, headers=acme)

    with CaptureQueriesContext(connection) as captured:
        client.get(URL + query, headers=acme)

    assert len(captured) == 2
    assert "publishing_partnerrendition" in list_tables(captured[1]["sql"])


@pytest.mark.usefixtures("edition")
def test_without_a_key_the_table_of_what_is_for_partners_is_not_touched(client: Client) -> None:
    for path in (*PATHS, "/faqs", "/sections/symptoms"):
        with CaptureQueriesContext(connection) as captured:
            client.get(URL + path)

        assert "partnerrendition" not in str(captured.captured_queries)


@pytest.mark.usefixtures("edition")
def test_parts_have_the_partners_sections(
    client: Client, acme: dict[str, str], zenith: dict[str, str]
) -> None:
    ours = client.get(f"{URL}/sections/getting_access", headers=acme)
    theirs = client.get(f"{URL}/sections/getting_access", headers=zenith)
    public = client.get(f"{URL}/sections/getting_access")

    assert (list_ids(ours), list_ids(theirs)) == (["ours"], ["theirs"])
    assert ours.json()["partner"] == "acme-clinic"
    problem = read_problem(public, 404, "not_found")
    assert "It has symptoms." in problem["detail"]


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/api/v1/conditions/{slug}", URL),
        ("/api/v1/conditions/{slug}", f"{URL}?fields=title"),
        ("/api/v1/conditions/{slug}/editions/{number}", f"{URL}/editions/1"),
        ("/api/v1/conditions/{slug}/sections/{aspect}", f"{URL}/sections/getting_access"),
    ],
)
def test_what_a_partner_reads_fits_its_schema(
    client: Client, acme: dict[str, str], path: str, url: str
) -> None:
    check_answer(json.loads(write_openapi()), path, client.get(url, headers=acme))


@pytest.mark.usefixtures("edition")
def test_an_overdue_review_is_marked(client: Client, acme: dict[str, str]) -> None:
    with time_machine.travel(after_noon(366 * 24 * 60), tick=False):
        ours, public = client.get(URL, headers=acme), client.get(URL)

    assert ours.json()["review"]["overdue"] is True
    assert list_ids(ours) == ["signs", "ours"]
    assert list_ids(public) == ["signs"]


def test_a_later_edition_without_them_ends_them_and_the_past_keeps_them(
    client: Client, edition: Edition, publish_page: PublishPage, acme: dict[str, str]
) -> None:
    publish_page(minutes=10)

    now, then = client.get(URL, headers=acme), client.get(f"{URL}/editions/1", headers=acme)

    assert list_ids(now) == ["signs"]
    assert "partner" not in now.json()
    assert list_ids(then) == ["signs", "ours"]


def test_a_withdrawn_page_is_gone_for_partners_too(
    client: Client, edition: Edition, withdraw_page: WithdrawPage, acme: dict[str, str]
) -> None:
    withdraw_page()

    response = client.get(URL, headers=acme)

    read_problem(response, 410, "withdrawn")
    assert response["Cache-Control"] == "private, max-age=60"


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("path", ["", "/editions/1", "/faqs", "/sections/symptoms", "/timemap"])
def test_a_key_without_the_scope_is_refused(client: Client, db: None, path: str) -> None:
    headers = bearer(make_key("triage", partner="acme-clinic"))

    response = client.get(URL + path, headers=headers)

    assert "`read`" in read_problem(response, 403, "scope_missing")["detail"]


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"revoked_at": after_noon(1)}, "key_revoked"),
        ({"expires_at": after_noon(1)}, "key_expired"),
    ],
)
def test_a_key_that_is_no_longer_good_reads_nothing(
    client: Client, publisher: User, columns: dict[str, Any], code: str
) -> None:
    by = {"revoked_by": publisher} if "revoked_at" in columns else {}
    headers = bearer(make_key("read", partner="acme-clinic", **columns, **by))

    response = client.get(URL, headers=headers)

    read_problem(response, 401, code)
    assert b"dims ears" not in response.content


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("given", ["Bearer nonsense", "Basic YWNtZTphY21l", "Bearer", ""])
def test_what_is_no_key_is_refused_not_ignored(client: Client, given: str) -> None:
    read_problem(client.get(URL, headers={"Authorization": given}), 401, "invalid_key")


def test_only_partners_that_the_content_names_have_bytes_of_their_own(edition: Edition) -> None:
    rows = PartnerRendition.objects.filter(edition=edition)

    assert set(rows.values_list("partner", "format")) == {
        (partner, format_) for partner in ("acme-clinic", "zenith") for format_ in FORMATS
    }
    for row in rows:
        assert row.digest == digest_of_bytes(bytes(row.body))


def test_a_page_without_such_sections_has_one_rendition_for_all(
    publish_page: PublishPage, client: Client, acme: dict[str, str]
) -> None:
    publish_page()

    assert not PartnerRendition.objects.exists()
    assert client.get(URL, headers=acme).content == client.get(URL).content
