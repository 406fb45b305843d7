"""Why there is nothing at an address: withdrawn, in other locales only, or never published."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from calfcms.api.problems import ApiProblem
from calfcms.publishing.api.memento import link_times
from calfcms.publishing.cards import list_live_periods
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import Kind
from calfcms.publishing.models import Ending, LivePeriod, Recall
from calfcms.publishing.recalls import describe_recall, find_recall

CACHED = "public, max-age=60"


def explain_absence(
    kind: type[Kind], slug: str, *, locales: Sequence[str], as_of: datetime | None
) -> ApiProblem:
    """410 with the reason where it was withdrawn, else 404; both as of that moment."""
    last = _list_last_periods(list_live_periods(kind=kind.name, slug=slug), as_of)
    for locale in locales:
        for period in last:
            if fnmatchcase(period.document.locale, locale) and _is_withdrawn(period, as_of):
                return _say_withdrawn(kind, period, as_of)
    return _say_not_found(kind, slug, last, as_of)


def explain_missing_edition(
    kind: type[Kind], slug: str, *, locale: str, number: int, published: Iterable[int]
) -> ApiProblem:
    """404 for an edition, naming the ones that there are."""
    last = max(published, default=0)
    known = f"Its last edition is {last}." if last else "Nothing was published there."
    return _refuse(
        kind, slug, f"There is no edition {number} of {kind.name} '{slug}' in {locale}. {known}"
    )


def refuse_recalled(kind: type[Kind], slug: str, *, locale: str, number: int) -> None:
    """Raise 410 for an edition that was called back, where it would be used and not just read."""
    edition = {"edition__number": number, "document__slug": slug, "document__locale": locale}
    recall = Recall.objects.filter(document__kind=kind.name, **edition).first()
    if recall is None:
        return
    raise ApiProblem(
        410,
        "recalled",
        f"Edition {number} of {kind.name} '{slug}' was recalled: {recall.reason} "
        "It remains readable by number; nothing is worked out with it any more.",
        reason=recall.reason,
        withdrawn_at=format_instant(recall.recalled_at),
        replacement=None,
        recalled=describe_recall(recall),
    )


def explain_missing_part(
    kind: type[Kind], slug: str, *, name: str, given: str, known: Iterable[str]
) -> ApiProblem:
    """404 for a part of a page, naming those that the page has."""
    listed = ", ".join(known)
    there = f"It has {listed}." if listed else "It has none."
    return _refuse(
        kind, slug, f"{kind.name.capitalize()} '{slug}' has no {name} '{given}'. {there}"
    )


def _list_last_periods(
    periods: Iterable[LivePeriod], as_of: datetime | None
) -> Sequence[LivePeriod]:
    last = {
        period.document_id: period
        for period in periods
        if as_of is None or period.started_at <= as_of
    }
    return sorted(last.values(), key=lambda period: period.document.locale)


def _is_live(period: LivePeriod, as_of: datetime | None) -> bool:
    if period.ended_at is None:
        return True
    return as_of is not None and period.ended_at > as_of


def _is_withdrawn(period: LivePeriod, as_of: datetime | None) -> bool:
    return not _is_live(period, as_of) and period.ending == Ending.WITHDRAWN


def _say_withdrawn(kind: type[Kind], period: LivePeriod, as_of: datetime | None) -> ApiProblem:
    document = period.document
    return ApiProblem(
        410,
        "withdrawn",
        f"{kind.name.capitalize()} '{document.slug}' was withdrawn: {period.reason} "
        "Its editions remain readable by number.",
        headers={
            **_get_headers(kind, document.slug),
            "Link": link_times(kind.path, document.slug, document.locale),
        },
        reason=period.reason,
        withdrawn_at=format_instant(period.ended_at) if period.ended_at else None,
        replacement=_link_replacement(kind, period),
        recalled=describe_recall(find_recall(period.edition, as_of=as_of)),
    )


def _link_replacement(kind: type[Kind], period: LivePeriod) -> dict[str, Any] | None:
    if not period.replacement:
        return None
    url = f"/api/v1/{kind.path}/{period.replacement}"
    return {"slug": period.replacement, "url": url}


def _say_not_found(
    kind: type[Kind], slug: str, last: Sequence[LivePeriod], as_of: datetime | None
) -> ApiProblem:
    live = [period.document.locale for period in last if _is_live(period, as_of)]
    if live:
        there = f"{kind.name.capitalize()} '{slug}' is not published in the locale asked for"
        return _refuse(kind, slug, f"{there}; it is in {', '.join(live)}: say `?locale={live[0]}`.")
    moment = f" at {format_instant(as_of)}" if as_of else ""
    return _refuse(
        kind,
        slug,
        f"No {kind.name} '{slug}' is published{moment}. GET /api/v1/{kind.path} lists what is.",
    )


def _refuse(kind: type[Kind], slug: str, detail: str) -> ApiProblem:
    return ApiProblem(404, "not_found", detail, headers=_get_headers(kind, slug))


def _get_headers(kind: type[Kind], slug: str) -> dict[str, str]:
    return {
        "Cache-Control": CACHED,
        "Cache-Tag": f"{kind.name}/{slug}",
        "Vary": "Accept, Accept-Language, Accept-Datetime, Authorization",
    }
