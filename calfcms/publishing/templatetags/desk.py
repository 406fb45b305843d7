"""Template tags of the admin's pages."""

from collections.abc import Mapping
from typing import Any

from django import template

from calfcms.publishing.editing import get_edit_url
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Problem

register = template.Library()


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
