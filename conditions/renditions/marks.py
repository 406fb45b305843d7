"""Telling readers of a page that its review is overdue, or that it was left behind by
what it translates.

The stored page is never rendered anew: the sentence is put in after the title, and the rest stays
as it was published.
"""

from datetime import date

from conditions.renditions.html_about import write_warning
from conditions.renditions.labels import get_labels
from conditions.renditions.markdown_style import escape_line

_TITLE_END = {"html": b"</h1>\n", "md": b"\n\n"}
"""What ends the title of a page; text cannot hold it, since it is escaped."""


def mark_overdue(name: str, body: bytes, *, locale: str, due_on: date) -> bytes:
    """The bytes of a format with a sentence that says so; unchanged where there is no place."""
    return _put_in(name, body, "overdue", get_labels(locale).say_overdue(due_on))


def mark_stale(name: str, body: bytes, *, locale: str, is_withdrawn: bool) -> bytes:
    """The bytes of a translation with a sentence about its source; unchanged without a place."""
    return _put_in(name, body, "stale", get_labels(locale).say_stale(is_withdrawn=is_withdrawn))


def _put_in(name: str, body: bytes, mark: str, sentence: str) -> bytes:
    if name not in _TITLE_END:
        return body
    title, end, rest = body.partition(_TITLE_END[name])
    if name == "html":
        return title + end + f"{write_warning(mark, sentence)}\n".encode() + rest
    return title + end + f"**{escape_line(sentence)}**\n\n".encode() + rest
