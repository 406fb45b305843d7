"""What a list of live documents is narrowed to: conditions on its query, whatever the kind."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from calfcms.publishing.facets import ALL, LOCALE, fit_value
from calfcms.publishing.reading import write_instant

Facet = tuple[str, str]


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
    facets: tuple[Facet, ...] = ()
    """Further facets that an edition must have, by name and value."""

    @property
    def reads_edition(self) -> bool:
        """Whether the conditions are on the edition `e` too; otherwise the query can do without."""
        return self.reviewed_before is not None

    def choose_facet(self) -> tuple[Facet, "CardFilter"]:
        """The facet to walk a live list by, and what is still to be asked of what it leads to."""
        if self.code is not None:
            return ("code", fit_value(self.code)), replace(self, code=None)
        if self.topic is not None:
            return ("topic", self.topic), replace(self, topic=None)
        if self.facets:
            (name, value), *others = self.facets
            return (name, fit_value(value)), replace(self, facets=tuple(others))
        if self.locale is not None:
            return (LOCALE, self.locale), replace(self, locale=None)
        return ALL, self

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
        for name, value in (("topic", self.topic), ("code", self.code), *self.facets):
            if value is not None:
                conditions.append(_HAS_LIVE_FACET if self.as_of is None else _HAD_FACET)
                values += [name, fit_value(value)]
        if self.reviewed_before is not None:
            conditions.append("e.last_reviewed_on < %s")
            values.append(self.reviewed_before)
        return conditions, values


_HAS_LIVE_FACET = (
    "EXISTS (SELECT 1 FROM publishing_livefacet x "
    "WHERE x.period_id = p.id AND x.name = %s AND x.value = %s)"
)
_HAD_FACET = (
    "p.edition_id IN (SELECT x.edition_id FROM publishing_facet x "
    "WHERE x.name = %s AND x.value = %s)"
)
