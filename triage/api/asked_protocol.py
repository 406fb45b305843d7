"""The edition of a protocol that a request in a body asks for."""

from django.http import HttpRequest
from django.utils import timezone

from calfcms.publishing.api.absence import (
    explain_absence,
    explain_missing_edition,
    refuse_recalled,
)
from calfcms.publishing.api.finding import list_locales
from triage.api.evaluation_request import EvaluationRequest
from triage.kind import ProtocolKind
from triage.published import PublishedProtocol, find_protocol, get_address


def get_asked_protocol(
    request: HttpRequest, slug: str, asked: EvaluationRequest
) -> PublishedProtocol:
    """The edition. Raises `ApiProblem` where there is none, or none any more."""
    locales = list_locales(request, asked.locale)
    moment = {"as_of": asked.as_of, "number": asked.edition}
    at = timezone.now()
    if published := find_protocol(get_address(slug, locales, **moment), at=at):
        if any(moment.values()):
            refuse_recalled(ProtocolKind, slug, locale=published.locale, number=published.edition)
        return published
    if asked.edition is not None and (live := find_protocol(get_address(slug, locales), at=at)):
        raise explain_missing_edition(
            ProtocolKind, slug, locale=live.locale, number=asked.edition, published=[live.edition]
        )
    raise explain_absence(ProtocolKind, slug, locales=locales, as_of=asked.as_of)
