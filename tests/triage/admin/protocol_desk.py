"""A protocol in the editor, and somebody who asks the editor's endpoints."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from calfcms.publishing.models import Document
from triage.stored import read_draft


@dataclass(frozen=True)
class ProtocolDesk:
    """One person at the editor of one protocol."""

    client: Client
    document: Document

    def post(self, name: str, body: Any) -> Any:
        """What the endpoint answers to this JSON."""
        return self.client.post(self.url(name), json.dumps(body), content_type="application/json")

    def url(self, name: str) -> str:
        """The address of the page or of an endpoint."""
        return f"/admin/triage/protocol/{self.document.pk}/{name}/"

    def read(self) -> dict[str, Any]:
        """The draft as it is stored now, as JSON."""
        draft = read_draft(self.document)
        assert draft is not None
        return draft.model_dump(mode="json")


def sit_down(person: User, document: Document) -> ProtocolDesk:
    """Somebody of the staff, logged in."""
    User.objects.filter(pk=person.pk).update(is_staff=True)
    person.refresh_from_db()
    client = Client()
    client.force_login(person)
    return ProtocolDesk(client, document)
