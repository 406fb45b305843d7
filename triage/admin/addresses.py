"""Where the editor of protocols is."""

from django.urls import reverse

from calfcms.publishing.models import Document


def get_edit_url(document: Document) -> str:
    """The page that edits this draft."""
    return reverse("admin:triage_protocol_edit", args=[document.pk])
