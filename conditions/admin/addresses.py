"""Where the editor and its endpoints are."""

from django.urls import reverse

from calfcms.publishing.models import Document


def get_edit_url(document: Document) -> str:
    """The page that edits this draft."""
    return reverse("admin:conditions_condition_edit", args=[document.pk])
