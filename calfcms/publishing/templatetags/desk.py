"""Template tags of the admin's pages."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django import template
from django.utils import formats

from calfcms.publishing.editing import get_edit_url
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Problem

register = template.Library()

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)")


@register.filter
def moment(text: object) -> str:
    """An instant as JSON has it, in words: `22 Nov 2026, 06:41 UTC`. Other text stays as it is."""
    said = str(text)
    if not _INSTANT.fullmatch(said):
        return said
    return formats.date_format(datetime.fromisoformat(said).astimezone(UTC), "j M Y, H:i") + " UTC"


@register.simple_tag(takes_context=True)
def link_to_fix(context: Mapping[str, Any], document: Document, problem: Problem) -> str:
    """Where the problem can be mended: the field in the editor of the document's kind.

    Empty for whoever may not write drafts, and for a field of the form that was just sent: that is
    on this page.
    """
    if not context["request"].user.has_perm("publishing.edit_draft"):
        return ""
    if problem.pointer.removeprefix("/") in (context.get("form_values") or ()):
        return ""
    url = get_edit_url(document)
    return f"{url}#{problem.pointer}" if url and problem.pointer else ""
