"""One of everything that the admin has a page for, so that no page is missing its subject."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType

from calfcms.feedback.models import Feedback
from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.demonstration import (
    get_demonstration_editor,
    make_demonstration_people,
    publish_as_demonstration,
)
from calfcms.publishing.models import (
    Document,
    Edition,
    Event,
    Recall,
    ReviewerProfile,
    SignOff,
    Submission,
)
from calfcms.search.actions.save_synonyms import save_synonyms
from calfcms.search.models import SynonymGroup
from calfcms.search.synonym_draft import SynonymDraft
from calfcms.syndication.actions.make_key import make_key
from calfcms.syndication.actions.save_endpoint import add_endpoint
from calfcms.syndication.actions.save_partner import save_partner
from calfcms.syndication.actions.send_again import send_test
from calfcms.syndication.models import Delivery, Key, Partner
from conditions.actions.save_publisher import save_publisher
from conditions.actions.save_reference import save_reference
from conditions.actions.save_topic import save_topic
from conditions.draft import PublisherDraft
from conditions.models import Condition, Publisher, Reference, Topic
from tests.conditions.examples import REFERENCES, TOPICS
from tests.publishing.conftest import make_draft
from triage.definition import ProtocolDraft
from triage.models import Protocol

DEMO = PublisherDraft(slug="demo", name="Demo (fictional)", url="https://example.org/")


class World:
    """A published page, and what belongs to it. Made by demonstration people, who are no column."""

    def __init__(self, at: datetime) -> None:
        make_demonstration_people()
        editor = get_demonstration_editor()
        save_publisher(publisher=DEMO, by=editor, at=at)
        save_reference(reference=next(iter(REFERENCES.values())), by=editor, at=at)
        save_topic(topic=next(iter(TOPICS.values())), by=editor, at=at)
        self.protocol = self._make_protocol(editor, at)
        group = SynonymDraft(slug="cramp", locale="en", words=("cramp", "charley horse"))
        save_synonyms(group=group, by=editor, at=at)
        page = make_draft()
        saved = save_draft(
            kind="condition", slug=page.slug, locale=page.locale, draft=page, by=editor, at=at
        )
        [self.edition] = publish_as_demonstration(documents=[saved.document], at=at)
        self.feedback = Feedback.objects.create(
            edition=self.edition, kind="error", message="A typing error", received_at=at
        )
        self.key = self._make_key(at)
        self.delivery = self._make_delivery(self.key.partner, at)
        self.recall = Recall.objects.create(
            document=self.edition.document,
            edition=self.edition,
            severity="minor",
            reason="For the matrix.",
            recalled_at=at,
            recalled_by=editor,
        )  # the row alone: what is live stays so for the other lines
        self.group = Group.objects.create(name="Matrix helpers")
        self.member = User.objects.create_user("matrix-member")

    @staticmethod
    def _make_protocol(editor: User, at: datetime) -> Document:
        protocol = ProtocolDraft.model_validate(
            {"slug": "matrix", "locale": "en", "title": "Matrix", "publisher": DEMO.slug}
        )
        return save_draft(
            kind="protocol", slug="matrix", locale="en", draft=protocol, by=editor, at=at
        ).document

    @staticmethod
    def _make_key(at: datetime) -> Key:
        by = User.objects.get(username="demo-partner-manager")
        partner = save_partner(
            partner=Partner(slug="matrix", name="Matrix", allowed_origins=[]), by=by, at=at
        )
        return make_key(
            partner=partner, name="matrix", scopes=["read"], expires_at=None, by=by, at=at
        ).key

    @staticmethod
    def _make_delivery(partner: Partner, at: datetime) -> Delivery:
        by = User.objects.get(username="demo-partner-manager")
        endpoint = add_endpoint(
            partner=partner,
            url="https://matrix.example/hook",
            event_types=["edition.published"],
            by=by,
            at=at,
        )
        return send_test(endpoint=endpoint, by=by, at=at)

    def get_args(self, subject: str) -> list[Any]:
        """The arguments of a URL about this subject; none for `-`."""
        if subject == "-":
            return []
        found = self._subjects[subject]()
        return found if isinstance(found, list) else [found]

    @property
    def _subjects(self) -> dict[str, Callable[[], Any]]:
        return {
            "document": lambda: self.edition.document_id,
            "protocol": lambda: self.protocol.pk,
            "protocol-row": lambda: Protocol.objects.get().pk,
            "edition": lambda: self.edition.pk,
            "submission": lambda: Submission.objects.get().pk,
            "signoff": lambda: SignOff.objects.get().pk,
            "event": lambda: Event.objects.order_by("seq")[0].pk,
            "profile": lambda: ReviewerProfile.objects.get(user__username="demo-reviewer-2").pk,
            "condition": lambda: Condition.objects.get().pk,
            "reference": lambda: Reference.objects.get().pk,
            "synonyms": lambda: SynonymGroup.objects.get().pk,
            "topic": lambda: Topic.objects.get().pk,
            "publisher": lambda: Publisher.objects.get().pk,
            "feedback": lambda: self.feedback.pk,
            "partner": lambda: self.key.partner_id,
            "key": lambda: [self.key.partner_id, self.key.pk],
            "webhookendpoint": lambda: self.delivery.endpoint_id,
            "webhook": lambda: [self.key.partner_id, self.delivery.endpoint_id],
            "delivery": lambda: [
                self.key.partner_id,
                self.delivery.endpoint_id,
                self.delivery.pk,
            ],
            "recall": lambda: self.recall.pk,
            "group": lambda: self.group.pk,
            "user": lambda: self.member.pk,
            "app": lambda: "publishing",
            "typed-edition": lambda: [_get_type(Edition).pk, self.edition.pk],
        }


def _get_type(model: Any) -> ContentType:
    return ContentType.objects.get_for_model(model)
