"""What a list of live documents is narrowed to: conditions on its query, whatever the kind."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from calfcms.publishing.reading import write_instant


@dataclass(frozen=True, slots=True)
class CardFilter:
    """Which documents of a kind; what is left out narrows nothing."""

    kind: str
    locale: str | None = None
    topic: str | None = None
    code: str | None = None
    """`system:code`, such as `icd10cm:I82.40`."""
    reviewed_before: date | None = None
    as_of: datetime | None = None

    def write_conditions(self) -> tuple[list[str], list[Any]]:
        """SQL over the document `d`, its live period `p` and its edition `e`; and the values."""
        conditions = ["d.kind = %s"]
        values: list[Any] = [self.kind]
        if self.as_of is None:
            conditions.append("p.ended_at IS NULL")
        else:
            conditions.append("p.started_at <= %s AND (p.ended_at IS NULL OR p.ended_at > %s)")
            values += [write_instant(self.as_of)] * 2
        if self.locale is not None:
            conditions.append("d.locale = %s")
            values.append(self.locale)
        for name, value in (("topic", self.topic), ("code", self.code)):
            if value is not None:
                conditions.append(_HAS_FACET)
                values += [name, value]
        if self.reviewed_before is not None:
            conditions.append("e.last_reviewed_on < %s")
            values.append(self.reviewed_before)
        return conditions, values


_HAS_FACET = (
    "p.edition_id IN (SELECT f.edition_id FROM publishing_facet f "
    "WHERE f.name = %s AND f.value = %s)"
)
