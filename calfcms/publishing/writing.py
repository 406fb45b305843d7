"""JSON values as text that people read and that two of can be compared word by word. Pure."""

from collections.abc import Mapping
from typing import Any, Final

_TITLES: Final = {"csl": "Source", "faqs": "FAQs", "url": "URL", "doi": "DOI"}


def write_value(value: Any, indent: str = "") -> str:
    """The value as lines: one for each member of an object, a dash before each item of a list."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "\n".join(
            _write_item(f"{write_title(name)}:", item, indent)
            for name, item in value.items()
            if item not in (None, "", [], {})
        )
    if isinstance(value, list | tuple):
        return "\n".join(
            f"{indent}– {write_value(item, f'{indent}  ').lstrip()}".rstrip() for item in value
        )
    return str(value)


def write_title(name: str) -> str:
    """A member's name as people write it: `red_flags` is “Red flags”."""
    if title := _TITLES.get(name.lower()):
        return title
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _write_item(start: str, item: Any, indent: str) -> str:
    deeper = f"{indent}  "
    text = write_value(item, deeper)
    if isinstance(item, Mapping | list | tuple) and text:
        return f"{indent}{start}\n{text}"
    return f"{indent}{start} {text}".rstrip()
