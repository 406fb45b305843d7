"""A reference as the plain fields of a form, and back: nothing of its CSL is lost on the way.

Authors are one a line, dates `2019-05-12` or less. What fields cannot say (editors, a particle in a
name, a span of dates) goes through as JSON in the field `other`. Pure.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

LINES: Final = {
    "title": "title",
    "container_title": "container-title",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "edition": "edition",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "doi": "DOI",
    "pmid": "PMID",
    "url": "URL",
}
"""Fields that hold one line, and their names in CSL."""
DATES: Final = ("issued", "accessed")
FIELDS_BY_MEMBER: Final = {member: field for field, member in LINES.items()} | {
    name: name for name in ("type", "author", *DATES)
}
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z", re.ASCII)


class FieldFault(ValueError):
    """What is wrong with one field."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def split_csl(csl: Mapping[str, Any]) -> dict[str, str]:
    """The fields that say what the record says."""
    rest = dict(csl)
    fields = {"type": rest.pop("type", "")}
    fields |= {field: rest.pop(member, "") for field, member in LINES.items()}
    fields["author"] = _take(rest, "author", _write_names, _read_names)
    for name in DATES:
        fields[name] = _take(rest, name, _write_date, partial(_read_date, name))
    fields["other"] = json.dumps(rest, indent=1, ensure_ascii=False) if rest else ""
    return fields


def join_csl(fields: Mapping[str, str]) -> dict[str, Any]:
    """The record that the fields say, to be checked as CSL. Raises `FieldFault`."""
    csl: dict[str, Any] = {"type": fields["type"]}
    csl |= {member: fields[field] for field, member in LINES.items() if fields[field]}
    if fields["author"].strip():
        csl["author"] = _read_names(fields["author"])
    csl |= {name: _read_date(name, fields[name]) for name in DATES if fields[name].strip()}
    other = _read_other(fields["other"])
    if twice := sorted(csl.keys() & other.keys()):
        raise FieldFault("other", f"{', '.join(twice)}: has a field of its own; say it there only")
    return csl | other


def _take(
    rest: dict[str, Any],
    name: str,
    write: Callable[[Any], str],
    read: Callable[[str], Any],
) -> str:
    """The member as text, taken out of `rest`; empty, and left there, where text cannot say it."""
    if name not in rest:
        return ""
    try:
        text = write(rest[name])
        is_whole = read(text) == rest[name]
    except (FieldFault, KeyError, TypeError, ValueError):
        return ""
    if not is_whole:
        return ""
    del rest[name]
    return text


def _write_names(names: list[dict[str, str]]) -> str:
    return "\n".join(_write_name(name) for name in names)


def _write_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    return f"{name['family']}, {name.get('given', '')}".rstrip()


def _read_names(text: str) -> list[dict[str, str]]:
    return [_read_name(line.strip()) for line in text.splitlines() if line.strip()]


def _read_name(line: str) -> dict[str, str]:
    family, comma, given = (piece.strip() for piece in line.partition(","))
    if not comma:
        return {"literal": line}
    return {"family": family} | ({"given": given} if given else {})


def _write_date(date: dict[str, Any]) -> str:
    [parts] = date["date-parts"]
    return "-".join(f"{part:02}" for part in parts)


def _read_date(field: str, text: str) -> dict[str, Any]:
    found = _DATE.match(text.strip())
    if not found:
        raise FieldFault(field, "write a year, 2019-05, or a day: 2019-05-12")
    return {"date-parts": [[int(part) for part in found.groups() if part]]}


def _read_other(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        other = json.loads(text)
    except ValueError as error:
        raise FieldFault("other", f"is not JSON: {error}") from error
    if not isinstance(other, dict):
        raise FieldFault("other", 'must be an object: {"editor": [{"family": "Ito"}]}')
    return other
