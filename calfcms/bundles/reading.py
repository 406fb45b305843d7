"""YAML text to plain values with line numbers, and nothing of YAML that can surprise.

Refused: keys given twice, anchors and aliases, tags, keys that are not text, words that YAML
versions read differently, and files too big or too deep. Dates stay text.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from calfcms.bundles.bundle import Bundle
from calfcms.bundles.errors import BundleError, BundleRefused
from calfcms.bundles.scalars import AMBIGUOUS, TEXT, tag_of, value_of
from calfcms.bundles.syntax import explain_syntax
from calfcms.json_pointer import pointer_to

MAX_BYTES = 2_000_000
MAX_DEPTH = 40


def read_bytes(raw: bytes, *, source: str) -> Bundle:
    """The bundle in the bytes of a file. Raises `BundleRefused` with every error found."""
    if len(raw) > MAX_BYTES:
        message = f"A bundle may have {MAX_BYTES:,} bytes; this file has more."
        raise BundleRefused([BundleError(source, 1, message, "Split it into several files.")])
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"The byte 0x{raw[error.start]:02X} is not UTF-8."
        raise BundleRefused([BundleError(source, line, message, "Save it as UTF-8.")]) from error
    return read_yaml(text, source=source)


def read_yaml(text: str, *, source: str) -> Bundle:
    """The bundle in a text. Raises `BundleRefused` with every error found."""
    reader = _Reader(source)
    try:
        data = reader.read(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise BundleRefused([*reader.errors, explain_syntax(error, text, source)]) from error
    if reader.errors:
        raise BundleRefused(reader.errors)
    return Bundle(source, data, reader.marks)


class _Reader:
    """Builds values from PyYAML's events; collects errors and goes on where it can."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.errors: list[BundleError] = []
        self.marks: dict[str, int] = {}

    def read(self, events: Iterator[yaml.Event]) -> dict[str, Any]:
        """The one mapping that a bundle is."""
        contents = (e for e in events if not isinstance(e, yaml.StreamStartEvent))
        start = next(contents)
        data = None
        if isinstance(start, yaml.DocumentStartEvent):
            data = self._read_value(next(contents), contents, "", 0)
            next(contents)  # the end of the document
            self._expect_end(next(contents))
        if isinstance(data, dict):
            return data
        self._refuse_line(1, "A bundle is a mapping.", "Begin with `kind: …`, then its keys.")
        return {}

    def _expect_end(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self._refuse(
                event,
                "A second document begins here.",
                "Put it into a file of its own.",
            )

    def _read_value(
        self, event: yaml.Event, events: Iterator[yaml.Event], pointer: str, depth: int
    ) -> Any:
        self.marks.setdefault(pointer, _line_of(event))
        self._refuse_decorations(event)
        if depth > MAX_DEPTH:
            self._refuse(event, f"This is nested more than {MAX_DEPTH} deep.", "Flatten it.")
            raise BundleRefused(self.errors)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._read_list(events, pointer, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_mapping(events, pointer, depth)
        return self._read_scalar(event)

    def _read_list(self, events: Iterator[yaml.Event], pointer: str, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(
                self._read_value(event, events, pointer_to(pointer, len(items)), depth + 1)
            )
        return items

    def _read_mapping(
        self, events: Iterator[yaml.Event], pointer: str, depth: int
    ) -> dict[str, Any]:
        members: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._read_key(event, events, pointer, depth)
            if key in members:
                first = self.marks[pointer_to(pointer, key)]
                hint = f"Leave one; the first is on line {first}."
                self._refuse(event, f"`{key}` is given twice.", hint)
            member = pointer_to(pointer, key)
            self.marks.setdefault(member, _line_of(event))
            members[key] = self._read_value(next(events), events, member, depth + 1)
        return members

    def _read_key(
        self, event: yaml.Event, events: Iterator[yaml.Event], pointer: str, depth: int
    ) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_decorations(event)
            if not event.implicit[0] or tag_of(event.value) == TEXT:
                return str(event.value)
            self._refuse(event, f"The key `{event.value}` is not text.", "Put it in quotes.")
            return str(event.value)
        self._refuse(event, "A list or mapping cannot be a key.", "Write a word as the key.")
        self._read_value(event, events, pointer_to(pointer, "?"), depth + 1)
        return "?"

    def _read_scalar(self, event: yaml.Event) -> Any:
        if not isinstance(event, yaml.ScalarEvent):  # an alias, refused already
            return None
        if not event.implicit[0]:
            return event.value
        tag = tag_of(event.value)
        if tag != AMBIGUOUS:
            return value_of(tag, event.value)
        message = f"`{event.value}` without quotes can be read as text or as something else."
        self._refuse(event, message, _hint_for(event.value))
        return event.value

    def _refuse_decorations(self, event: yaml.Event) -> None:
        """Anchors make files that expand without end; tags make objects that nobody asked for."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"`*{anchor}` is an alias.", "Write the value out again.")
        elif anchor is not None:
            self._refuse(event, f"`&{anchor}` is an anchor.", "Leave the anchor out.")
        if tag is not None:
            self._refuse(event, f"`{tag}` is a tag.", "Leave it out; put text in quotes.")

    def _refuse(self, event: yaml.Event, message: str, hint: str) -> None:
        self._refuse_line(_line_of(event), message, hint)

    def _refuse_line(self, line: int, message: str, hint: str) -> None:
        self.errors.append(BundleError(self.source, line, message, hint))


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _hint_for(word: str) -> str:
    if word.lower() in ("yes", "on", "true"):
        return f"Write 'true' without quotes if it is a yes, or '{word}' in quotes if it is text."
    if word.lower() in ("no", "off", "false"):
        return f"Write 'false' without quotes if it is a no, or '{word}' in quotes if it is text."
    if word.lower() in ("~", "null"):
        return f"Leave the key out if there is nothing to say, or write '{word}' in quotes."
    return f"Put it in quotes if it is text: '{word}'."
