"""What is for one partner alone is frozen with the edition, like the rest of it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from calfcms.publishing.actions.break_glass import break_glass
from calfcms.publishing.models import Edition, PartnerRendition
from conditions.draft import Section
from tests.conftest import NOON, make_person
from tests.publishing.conftest import Workflow

pytestmark = pytest.mark.django_db

OURS = Section.model_validate(
    {
        "id": "ours",
        "aspect": "treatments",
        "headline": "How we help",
        "body": "Come on Mondays.",
        "partner": "clinic",
    }
)


def read_json(edition: Edition, partner: str) -> dict[str, Any]:
    rendition = PartnerRendition.objects.get(edition=edition, partner=partner, format="json")
    value: dict[str, Any] = json.loads(bytes(rendition.body))
    return value


def test_publishing_freezes_every_format_for_the_partner(workflow: Workflow) -> None:
    edition = workflow.publish_whole(sections=(OURS,))

    rows = PartnerRendition.objects.filter(edition=edition).order_by("format")
    assert {row.format: row.media_type for row in rows} == {
        "html": "text/html; charset=utf-8",
        "json": "application/json",
        "jsonld": "application/ld+json",
        "md": "text/markdown; charset=utf-8",
    }
    assert all(b"Come on Mondays." in bytes(row.body) for row in rows)


def test_it_is_the_same_edition_with_the_sections_in(workflow: Workflow) -> None:
    edition = workflow.publish_whole(sections=(OURS,))
    public = json.loads(bytes(edition.renditions.get(format="json").body))

    own = read_json(edition, "clinic")

    assert own.pop("partner") == "clinic"
    assert {name for name in public if public[name] != own[name]} == {"sections", "digest"}


def test_an_emergency_freezes_them_too_and_says_that_nobody_signed(workflow: Workflow) -> None:
    workflow.publish_whole()
    document = workflow.save(sections=(OURS,))
    at = NOON + timedelta(hours=1)

    edition = break_glass(
        document=document,
        by=make_person("commander", "break_glass"),
        at=at,
        reason="Fire.",
        deadline_at=at + timedelta(hours=1),
    )

    own = read_json(edition, "clinic")
    assert own["review"]["unsigned"]["reason"] == "Fire."
    assert own["sections"][0]["partner"] == "clinic"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE publishing_partnerrendition SET body = NULL",
        "UPDATE publishing_partnerrendition SET partner = 'other'",
        "DELETE FROM publishing_partnerrendition",
    ],
)
def test_sql_cannot_change_them(workflow: Workflow, statement: str) -> None:
    workflow.publish_whole(sections=(OURS,))

    with (
        pytest.raises(DatabaseError, match="never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
