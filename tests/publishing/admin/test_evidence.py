"""The evidence pack: what is in it, what it says of the standards, and that each look is logged."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from calfcms.publishing.models import Document, Event
from tests.conftest import make_person
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client, db: None) -> User:
    person = make_person("auditor", "read_audit", "view_document")
    person.is_staff = True
    person.save()
    client.force_login(person)
    return person


def get_url(document: Document, form: str = "") -> str:
    return f"/admin/publishing/document/{document.pk}/evidence/{form}"


def take_pack(client: Client, document: Document) -> dict[str, Any]:
    """The pack as the JSON download has it."""
    pack: dict[str, Any] = client.get(get_url(document, "json/")).json()
    return pack


def get_clause(pack: dict[str, Any], name: str) -> dict[str, Any]:
    """What the pack says of one clause."""
    return next(one for one in pack["clauses"] if one["clause"] == name)


def test_it_names_the_signer_as_entitled_on_that_day(
    workflow: Workflow, client: Client, auditor: User
) -> None:
    edition = workflow.publish_whole()
    profile = workflow.reviewer.reviewer_profile
    profile.registration_number = "9999"
    profile.save()

    pack = take_pack(client, edition.document)

    signed = pack["editions"][0]["sign_offs"][0]
    assert signed["reviewer"]["registration"] == "Fictional Register 0000"
    assert signed["reviewer"]["valid_until"] == "2031-01-01"
    assert signed["conflicts_of_interest"] == "none declared"
    assert get_clause(pack, "Clinical approval")["shown"] == "shown"


def test_it_holds_every_edition_with_its_times_and_every_event(
    workflow: Workflow, client: Client, auditor: User
) -> None:
    workflow.publish_whole()
    edition = workflow.publish_whole(summary="It tingles.")

    pack = take_pack(client, edition.document)

    assert [one["number"] for one in pack["editions"]] == [1, 2]
    assert [one["is_live"] for one in pack["editions"]] == [False, True]
    assert pack["editions"][0]["live_periods"][0]["ending"] == "superseded"
    actions = [event["action"] for event in pack["events"]]
    assert actions.count("edition.published") == 2
    assert pack["audit_head"]["seq"] == Event.objects.count()


def test_what_nothing_shows_is_said_plainly(
    workflow: Workflow, client: Client, auditor: User
) -> None:
    pack = take_pack(client, workflow.save())

    assert get_clause(pack, "Clinical approval")["shown"] == "not shown"
    assert get_clause(pack, "Record of sources")["shown"] == "not shown"
    assert get_clause(pack, "2. Training")["shown"] == "outside this system"
    assert len([one for one in pack["clauses"] if one["standard"].startswith("NHS")]) == 9
    assert len([one for one in pack["clauses"] if one["standard"] == "PIF TICK"]) == 10


def test_the_zip_has_every_edition_byte_for_byte(
    workflow: Workflow, client: Client, auditor: User
) -> None:
    workflow.publish_whole()
    edition = workflow.publish_whole(summary="It tingles.")

    response = client.get(get_url(edition.document, "zip/"))

    archive = zipfile.ZipFile(io.BytesIO(response.content))
    sent = client.get("/api/v1/conditions/glass-elbow/editions/1").content
    assert archive.read("editions/1.json") == sent
    assert json.loads(archive.read("evidence.json"))["document"]["slug"] == "glass-elbow"
    assert response["Content-Disposition"] == (
        'attachment; filename="evidence-condition-glass-elbow-en.zip"'
    )


@pytest.mark.parametrize(("form", "name"), [("", "page"), ("json/", "json"), ("zip/", "zip")])
def test_each_look_is_logged(
    workflow: Workflow, client: Client, auditor: User, form: str, name: str
) -> None:
    document = workflow.save()

    client.get(get_url(document, form))

    event = Event.objects.latest("seq")
    assert (event.action, event.actor, event.details) == (
        "audit.evidence",
        "auditor",
        {"form": name},
    )


@pytest.mark.parametrize("form", ["", "json/", "zip/"])
def test_it_takes_the_right_and_a_refused_look_shows_nothing(
    workflow: Workflow, client: Client, form: str
) -> None:
    document = workflow.save()
    person = make_person("stranger", "view_document")
    person.is_staff = True
    person.save()
    client.force_login(person)

    assert client.get(get_url(document, form)).status_code == 403
    assert not Event.objects.filter(action="audit.evidence").exists()


def test_an_unknown_document_is_not_found(client: Client, auditor: User) -> None:
    missing = Document(pk="00000000-0000-0000-0000-000000000000")

    assert client.get(get_url(missing)).status_code == 404


def test_its_queries_do_not_grow_with_the_editions(
    workflow: Workflow,
    client: Client,
    auditor: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    document = workflow.publish_whole().document
    for number in range(5):
        workflow.publish_whole(summary=f"It tingles {number} times.")

    with django_assert_max_num_queries(28):
        client.get(get_url(document))
