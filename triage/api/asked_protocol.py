"""The edition of a protocol that a request in a body asks for."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest

from calfcms.api.problems import ApiProblem
from calfcms.publishing.api.absence import explain_absence, explain_missing_edition, refuse_recalled
from calfcms.publishing.api.finding import list_locales
from calfcms.publishing.reading import StoredRendition
from triage.api.evaluation_request import EvaluationRequest
from triage.kind import ProtocolKind
from triage.published import PublishedProtocol, find_stored_protocol, get_address


def get_asked_protocol(
    request: HttpRequest, slug: str, asked: EvaluationRequest, *, at: datetime
) -> tuple[PublishedProtocol, StoredRendition]:
    """The edition, and what became of it since. Raises `ApiProblem` where there is none, or none
    any more.
    """
    locales = list_locales(request, asked.locale)
    moment = {"as_of": asked.as_of, "number": asked.edition}
    if found := find_stored_protocol(get_address(slug, locales, **moment), at=at):
        if any(moment.values()):
            _, stored = found
            refuse_recalled(ProtocolKind, slug, locale=stored.locale, number=stored.number)
        return found
    raise _explain_missing(slug, locales, asked, at)


def _explain_missing(
    slug: str, locales: Sequence[str], asked: EvaluationRequest, at: datetime
) -> ApiProblem:
    live = find_stored_protocol(get_address(slug, tuple(locales)), at=at) if asked.edition else None
    if asked.edition is None or live is None:
        return explain_absence(ProtocolKind, slug, locales=locales, as_of=asked.as_of)
    _, stored = live
    return explain_missing_edition(
        ProtocolKind, slug, locale=stored.locale, number=asked.edition, published=[stored.number]
    )
