"""Template tags of the pages about references, publishers and topics."""

from typing import Final

from django import template

from calfcms.publishing.models import Event

register = template.Library()

_WORDS: Final = {
    "saved": {"created": "Added", "changed": "Changed"},
    "checked": {"changed": "Checked"},
    "recovered": {"created": "Recovered"},
    "deleted": {"": "Deleted"},
}


@register.filter
def say_what(event: Event) -> str:
    """What was done, in a word."""
    verb = event.action.rpartition(".")[2]
    outcome = event.details.get("outcome", "")
    return _WORDS.get(verb, {}).get(outcome, f"{verb} {outcome}".strip().capitalize())
