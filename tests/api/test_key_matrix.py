"""Every call of the API × every kind of key, against one table.

A call that the table lacks fails: whoever adds one says here which key it takes. One line for each:
method and path as the OpenAPI document has them, the key, and the status for whoever is let in.

    -        keys are not looked at
    any      nobody needs a key; any key that is good will do
    read     nobody needs a key; one that is sent must have this scope
    read!    a key with this scope is needed; `any!` a key of any scope

Whoever is let in may still get 400 or 404: what the call is about is not made here for all of them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from calfcms.api.docs import write_openapi
from calfcms.publishing.demonstration import (
    get_demonstration_editor,
    make_demonstration_people,
    publish_as_demonstration,
)
from calfcms.publishing.reading import bodies
from calfcms.syndication.models import Partner
from tests.api.conftest import PAGE, write_page
from tests.api.keys import bearer, make_key
from tests.conftest import NOON

TABLE = """
GET  /api/v1                                            any     200
GET  /api/v1/audit/documents/{document_id}/evidence     audit!  404
GET  /api/v1/audit/events                               audit!  200
GET  /api/v1/audit/verify                               audit!  200
GET  /api/v1/changes                                    read    200
GET  /api/v1/conditions                                 read    200
GET  /api/v1/conditions/export                          read    200
GET  /api/v1/conditions/{slug}                          read    200
GET  /api/v1/conditions/{slug}/editions                 read    200
GET  /api/v1/conditions/{slug}/editions/{number}        read    200
GET  /api/v1/conditions/{slug}/editions/{number}/diff   read    200
GET  /api/v1/conditions/{slug}/faqs                     read    200
GET  /api/v1/conditions/{slug}/red-flags                read    200
GET  /api/v1/conditions/{slug}/sections/{aspect}        read    200
GET  /api/v1/conditions/{slug}/timemap                  read    200
POST /api/v1/conditions/{slug}/feedback                 any     422
GET  /api/v1/docs                                       -       200
GET  /api/v1/openapi.json                               -       200
GET  /api/v1/partner                                    any!    200
GET  /api/v1/preview/{token}                            preview 404
GET  /api/v1/recalls                                    read!   200
POST /api/v1/recalls/{id}/ack                           read!   404
GET  /api/v1/red-flags                                  read    200
GET  /api/v1/references                                 read    200
GET  /api/v1/triage/protocols                           read    200
GET  /api/v1/triage/protocols/{slug}                    read    404
GET  /api/v1/triage/protocols/{slug}/editions           read    404
GET  /api/v1/triage/protocols/{slug}/editions/{number}  read    404
GET  /api/v1/triage/protocols/{slug}/editions/{number}/diff read 404
GET  /api/v1/triage/protocols/{slug}/findings           triage  404
GET  /api/v1/triage/protocols/{slug}/scorecard          read    404
GET  /api/v1/triage/protocols/{slug}/statistics         audit!  404
GET  /api/v1/triage/protocols/{slug}/timemap            read    404
POST /api/v1/triage/protocols/{slug}/evaluate           triage  404
POST /api/v1/triage/protocols/{slug}/next               triage  404
POST /api/v1/triage/replay                              triage  422
GET  /api/v1/triage/receipt-keys                        any     200
POST /api/v1/triage/protocols/{slug}/parse              triage  422
GET  /healthz                                           -       200
GET  /readyz                                            -       200
"""
pytestmark = pytest.mark.slow
SAMPLES = {
    "slug": "ear-glow",
    "number": "1",
    "aspect": "symptoms",
    "token": "made-up",
    "document_id": "00000000-0000-4000-8000-000000000000",
    "id": "00000000-0000-4000-8000-000000000000",
}
SCOPES = {"read", "preview", "audit", "triage"}
OWN_WORDS = "We light ears up in Lantern Street."
"""What stands in the section that is for one partner only."""


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    method: str
    path: str
    key: str
    let_in: int

    @property
    def scope(self) -> str:
        """What a key must open; empty where any will do."""
        return "" if self.key in ("-", "any", "any!") else self.key.removesuffix("!")

    @property
    def security(self) -> list[dict[str, list[str]]] | None:
        """What the OpenAPI document says."""
        if self.key == "-":
            return None
        key = {"bearer": [self.scope] if self.scope else []}
        return [key] if self.key.endswith("!") else [{}, key]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


ROWS = [
    Row(method, path, key, int(status))
    for method, path, key, status in (line.split() for line in TABLE.strip().splitlines())
]


class Callers:
    """A header for each kind of caller."""

    def __init__(self) -> None:
        self.by = User.objects.get_or_create(username="partner-manager")[0]
        everything = sorted(SCOPES)
        self.fixed = {
            "anonymous": {},
            "expired": self._make(everything, expires_at=NOON + timedelta(seconds=1)),
            "revoked": self._make(everything, revoked_at=NOON, revoked_by=self.by),
            "of a closed partner": self._make(everything, partner="closed"),
            "unknown": bearer("calf_" + "x" * 43),
            "elsewhere": self._make(everything) | {"Origin": "https://evil.example"},
        }
        Partner.objects.filter(slug="closed").update(is_active=False)
        self.with_scope = {scope: self._make([scope]) for scope in SCOPES}
        self.without_scope = {scope: self._make(sorted(SCOPES - {scope})) for scope in SCOPES}

    def list_for(self, row: Row) -> dict[str, dict[str, str]]:
        """Caller → headers, for this call."""
        scope = row.scope or "triage"
        return self.fixed | {
            "with the scope": self.with_scope[scope],
            "without the scope": self.without_scope[scope],
        }

    @staticmethod
    def _make(scopes: list[str], **columns: Any) -> dict[str, str]:
        secret = make_key(*scopes, **columns)
        return bearer(secret)


def expect(row: Row) -> dict[str, tuple[int, str]]:
    """Caller → status, and the code of the problem where a key is the reason."""
    let_in = (row.let_in, "")
    if row.key == "-":
        return dict.fromkeys(
            [*REFUSALS, "anonymous", "with the scope", "without the scope"], let_in
        )
    needs_key = row.key.endswith("!")
    return REFUSALS | {
        "anonymous": (401, "not_authenticated") if needs_key else let_in,
        "with the scope": let_in,
        "without the scope": (403, "scope_missing") if row.scope else let_in,
    }


LET_IN = ("anonymous", "with the scope", "without the scope")
REFUSALS = {
    "expired": (401, "key_expired"),
    "revoked": (401, "key_revoked"),
    "of a closed partner": (401, "partner_closed"),
    "unknown": (401, "invalid_key"),
    "elsewhere": (403, "origin_not_allowed"),
}


@pytest.fixture(scope="module")
def callers(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callers]:
    """Made once for all lines, with a page that has a section for one partner only."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_demonstration_people()
        own = {
            "id": "with-us",
            "aspect": "treatments",
            "headline": "With us",
            "body": OWN_WORDS,
            "partner": "acme-clinic",
        }
        document = write_page(get_demonstration_editor(), NOON, sections=[*PAGE["sections"], own])
        publish_as_demonstration(documents=[document], at=NOON)
        yield Callers()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _forget_bodies() -> Iterator[None]:
    yield
    bodies.clear()


def ask(client: Client, row: Row, headers: dict[str, str]) -> tuple[int, str]:
    """The status and the body; what the call changed is taken back."""
    url = row.path.format_map(SAMPLES)
    with transaction.atomic():
        if row.method == "POST":
            response: Any = client.post(url, {}, content_type="application/json", headers=headers)
        else:
            response = client.get(url, headers=headers)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response.status_code, body.decode()


def read_answer(status: int, body: str) -> tuple[int, str]:
    """The status, and the code where a key is the reason."""
    return status, json.loads(body)["code"] if status in (401, 403) else ""


def test_the_table_has_every_call_of_the_document_and_says_the_same_of_its_key() -> None:
    document = json.loads(write_openapi())

    assert {str(row): row.security for row in ROWS} == {
        f"{method.upper()} {path}": operation.get("security")
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_key_gets_what_the_table_says(row: Row, callers: Callers, client: Client) -> None:
    answers = {
        caller: read_answer(*ask(client, row, headers))
        for caller, headers in callers.list_for(row).items()
    }

    assert answers == expect(row)


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=str)
def test_what_is_for_one_partner_only_no_call_gives_to_anybody_else(
    row: Row, callers: Callers, client: Client
) -> None:
    of_another = bearer(make_key(*SCOPES - {"audit"}, partner="another-clinic"))

    for headers in ({}, of_another):
        assert OWN_WORDS not in ask(client, row, headers)[1]


@pytest.mark.django_db
def test_the_partner_itself_is_given_it_and_no_shared_cache(
    callers: Callers, client: Client
) -> None:
    response = client.get("/api/v1/conditions/ear-glow", headers=callers.with_scope["read"])

    assert OWN_WORDS in response.content.decode()
    assert response["Cache-Control"].startswith("private")
    assert "Authorization" in response["Vary"]
