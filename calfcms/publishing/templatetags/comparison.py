"""Template tags of the pages that compare and talk."""

from collections.abc import Mapping

from django import template

from calfcms.publishing.talk import Remark, Talk

register = template.Library()


@register.filter
def on_part(talk: Talk, part: str) -> list[Remark]:
    """The comments on a part."""
    return talk.list_on(part)


@register.filter
def value_of(names: Mapping[str, str], address: str) -> str:
    """What the part at an address is called; the address where nothing is known of it."""
    return names.get(address, address)
