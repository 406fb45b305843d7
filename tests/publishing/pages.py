"""Opening the admin's pages about a document as one of its people."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from calfcms.publishing.models import Document


class Desk:
    """The pages of one document, for whoever is logged in."""

    def __init__(self, client: Client, document: Document) -> None:
        self.client, self.document = client, document

    def log_in(self, person: User, *more_rights: str) -> "Desk":
        """Go on as this person, as staff, who may see documents and has these rights too."""
        rights = Permission.objects.filter(
            content_type__app_label="publishing", codename__in=["view_document", *more_rights]
        )
        person.user_permissions.add(*rights)
        person.is_staff = True
        person.save()
        self.client.force_login(person)
        return self

    def get(self, path: str, **query: str) -> Any:
        """The page."""
        return self.client.get(self._get_url(path), query)

    def post(self, path: str, **fields: Any) -> Any:
        """Send a form of the page."""
        return self.client.post(self._get_url(path), fields)

    def _get_url(self, path: str) -> str:
        return f"/admin/publishing/document/{self.document.pk}/{path}/"


def count_queries(action: Callable[[], Any]) -> int:
    """How many queries it takes, once what can be kept is kept."""
    action()
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)
