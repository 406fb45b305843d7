"""Reading the permission matrix."""

from dataclasses import dataclass

from tests.permissions.people import COLUMNS
from tests.permissions.table import TABLE

SAME = "="


@dataclass(frozen=True)
class Row:
    """One line: an address, its subject, the form that is sent, and who gets what."""

    name: str
    subject: str
    form: dict[str, str]
    get: dict[str, int] | None
    """Letter → status; None where another line says it."""
    post: dict[str, int]

    def __str__(self) -> str:
        return "-".join([self.name, *self.form.values()])


def list_rows() -> list[Row]:
    """All lines."""
    return [_read(line) for line in TABLE.strip().splitlines()]


def _read(line: str) -> Row:
    left, post = line.split("|")
    address, subject, *get = left.split()
    name, _, form = address.partition("?")
    return Row(
        name=name,
        subject=subject,
        form=dict([form.split("=")]) if form else {},
        get=None if get == [SAME] else _read_cell(get),
        post=_read_cell(post.split()),
    )


def _read_cell(words: list[str]) -> dict[str, int]:
    statuses = dict.fromkeys(COLUMNS, 403)
    for word in words:
        if word != "-":
            status, letters = word.split(":")
            statuses |= dict.fromkeys(letters, int(status))
    return statuses
