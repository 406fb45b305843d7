"""What the scripts of this folder share: a signed draft, ready to be published."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calfcms.settings")
django.setup()

from datetime import UTC, datetime

from django.contrib.auth.models import User

from calfcms.publishing.actions.publish import publish
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.actions.sign_off import sign_off
from calfcms.publishing.actions.submit import submit
from calfcms.publishing.demonstration import get_demonstration_editor, make_demonstration_people
from calfcms.publishing.digest import digest_of
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document, ReviewerProfile
from calfcms.publishing.policy import ChangeClass, Decision, Role
from conditions.actions.save_publisher import save_publisher
from conditions.draft import PublisherDraft
from tests.publishing.conftest import make_draft


def now() -> datetime:
    """The moment at which a script acts."""
    return datetime.now(UTC)


def prepare_people() -> None:
    """The demonstration people, and a publisher for pages."""
    make_demonstration_people()
    ReviewerProfile.objects.update(specialties=["general-practice"])
    demo = PublisherDraft(slug="demo", name="Demo (fictional)", url="https://example.org/")
    save_publisher(publisher=demo, by=get_demonstration_editor(), at=now())


def prepare_draft(summary: str) -> Document:
    """A draft with this summary, submitted and signed."""
    editor = get_demonstration_editor()
    draft = make_draft(summary=summary)
    document = save_draft(
        kind="condition", slug=draft.slug, locale="en", draft=draft, by=editor, at=now()
    ).document
    submit(document=document, by=editor, at=now(), change_class=ChangeClass.CLINICAL, note=summary)
    sign_off(
        document=document,
        content_digest=digest_of(get_kind("condition").read_content(document)),
        role=Role.CLINICAL,
        decision=Decision.APPROVED,
        by=User.objects.get(username="demo-reviewer"),
        at=now(),
        conflicts_of_interest="none declared",
    )
    return document


def publish_now() -> int:
    """Publish the draft; the number of its edition."""
    publisher = User.objects.get(username="demo-publisher")
    return publish(document=Document.objects.get(), by=publisher, at=now()).number
