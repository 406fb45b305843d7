"""Previews say what publishing would make of a draft, and claim no review that never was."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from calfcms.publishing.actions.publish import publish
from calfcms.publishing.models import Document, Rendition
from calfcms.publishing.previews import Preview, build_draft_preview, read_live_preview
from conditions.draft import Section
from tests.publishing.conftest import Workflow, read_digest

pytestmark = pytest.mark.django_db


def preview_draft(document: Document, at: datetime) -> Preview:
    preview = build_draft_preview(document, at=at)
    assert preview is not None
    return preview


def test_a_signed_draft_is_previewed_as_the_edition_that_is_then_published(
    workflow: Workflow, publisher: User, clock: Callable[[], datetime]
) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    now = clock()

    preview = preview_draft(document, now)
    edition = publish(document=document, by=publisher, at=now)

    bodies = {r.format: bytes(r.body) for r in Rendition.objects.filter(edition=edition)}
    assert preview.edition == json.loads(bodies["json"])
    assert preview.html == bodies["html"].decode()
    assert preview.is_signed


@pytest.mark.parametrize("decision", [None, "changes_requested"])
def test_an_unsigned_draft_claims_no_review(
    workflow: Workflow, at: datetime, decision: str | None
) -> None:
    document = workflow.save()
    workflow.submit(document)
    if decision:
        workflow.sign(document, decision=decision)

    preview = preview_draft(document, at)

    assert not preview.is_signed
    assert preview.edition["review"] == {
        "last_reviewed": None,
        "next_review_due": None,
        "sign_offs": [],
    }
    assert "Not yet reviewed by a clinician" in (preview.html or "")


def test_a_draft_changed_after_its_signature_is_unsigned(workflow: Workflow, at: datetime) -> None:
    document = workflow.save()
    workflow.submit(document)
    workflow.sign(document)
    workflow.save(summary="One word more.")

    assert not preview_draft(document, at).is_signed


def test_it_shows_the_draft_and_the_live_edition_apart(workflow: Workflow, at: datetime) -> None:
    edition = workflow.publish_whole()
    workflow.save(summary="Quite new words.")

    draft = preview_draft(edition.document, at)
    live = read_live_preview(edition.document)

    assert live is not None
    assert "Quite new words." in (draft.html or "")
    assert "Quite new words." not in (live.html or "")
    assert (draft.edition["edition"], live.edition["edition"]) == (2, 1)


def test_what_is_for_one_partner_only_is_not_shown(workflow: Workflow, at: datetime) -> None:
    section: Any = Section(
        id="ours", aspect="treatments", headline="Secret help", body="Only here.", partner="clinic"
    )
    document = workflow.save(sections=(section,))

    assert "Secret help" not in (preview_draft(document, at).html or "")


def test_a_draft_that_cannot_be_published_yet_can_be_previewed(
    workflow: Workflow, at: datetime
) -> None:
    document = workflow.save(summary="Cites [@nowhere].", review_interval_months=None)

    assert "nowhere" in (preview_draft(document, at).html or "")


def test_a_preview_changes_nothing(workflow: Workflow, at: datetime) -> None:
    document = workflow.save()
    before = read_digest(document)

    preview_draft(document, at)

    assert read_digest(document) == before
    assert not Rendition.objects.exists()


def test_without_a_draft_or_edition_there_is_nothing_to_show(
    workflow: Workflow, at: datetime, editor: User
) -> None:
    document = workflow.save()
    empty = Document.objects.create(
        kind="condition",
        slug="empty",
        locale="en",
        content_id="b7f0c1f2-5a52-4a83-9d0f-1f40a6f0a001",
        created_at=at,
        created_by=editor,
    )

    assert read_live_preview(document) is None
    assert build_draft_preview(empty, at=at) is None
