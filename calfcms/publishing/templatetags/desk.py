"""Template tags of the admin's pages."""

from django import template

from calfcms.publishing.editing import get_edit_url
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Problem

register = template.Library()


@register.simple_tag
def link_to_fix(document: Document, problem: Problem) -> str:
    """Where the problem can be mended: the field in the editor of the document's kind."""
    url = get_edit_url(document)
    return f"{url}#{problem.pointer}" if url and problem.pointer else ""
