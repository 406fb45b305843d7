"""Staff at their desks: people who may log in to the admin, and its pages by name."""

from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from calfcms.publishing.models import Document

LOOKING = (
    *("view_document", "view_edition", "view_submission", "view_signoff", "view_event"),
    "view_comment",
)
"""The rights of everybody who works on documents."""


def seat(person: User, *rights: str) -> Client:
    """A browser in which this person is logged in, as staff with these rights and those to look."""
    person.is_staff = True
    person.save()
    wanted = Permission.objects.filter(
        content_type__app_label="publishing", codename__in=[*LOOKING, *rights]
    )
    person.user_permissions.add(*wanted)
    client = Client()
    client.force_login(person)
    return client


def url_of(page: str, document: Document, **query: Any) -> str:
    """The address of a page of a document."""
    return reverse(f"admin:document_{page}", args=[document.pk], query=query or None)
