"""`GET /{path}/{slug}/timemap`: all times of a page, as RFC 7089 lists them (`link-format`)."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from calfcms.api.conditional import format_http_date, is_held, quote_tag
from calfcms.api.quality import choose_media_type
from calfcms.api.reading import CURRENT, ReadView, refuse_media_type
from calfcms.publishing.api.absence import explain_absence
from calfcms.publishing.api.finding import list_locales
from calfcms.publishing.api.memento import LINK_FORMAT, get_original
from calfcms.publishing.api.parameters import TIMEMAP
from calfcms.publishing.api.rendition_view import FIXED_VARY
from calfcms.publishing.digest import digest_of_bytes
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import Kind
from calfcms.publishing.times import Time, list_times


class TimeMapView(ReadView):
    """Every time at which something else became what readers get; also of what was withdrawn."""

    kind: ClassVar[type[Kind]]
    scope = "read"
    parameters = TIMEMAP

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The list: one query."""
        parameters = self.read_parameters(request)
        if choose_media_type(request.META.get("HTTP_ACCEPT", ""), (LINK_FORMAT,)) is None:
            raise refuse_media_type((LINK_FORMAT,))
        locales = list_locales(request, parameters["locale"])
        times = list_times(kind=self.kind.name, slug=slug)
        locale = _choose_locale(times, locales)
        if locale is None:
            raise explain_absence(self.kind, slug, locales=locales, as_of=None)
        content = ",\n".join(_write_links(self.kind.path, slug, locale, times)).encode() + b"\n"
        return self._answer(request, slug, locale, content)

    def _answer(self, request: HttpRequest, slug: str, locale: str, content: bytes) -> HttpResponse:
        digest, tag = digest_of_bytes(content), f"{self.kind.name}/{slug}"
        headers = {
            "ETag": quote_tag(digest),
            "Cache-Control": CURRENT,
            "Cache-Tag": f"{tag}, {tag}/{locale}",
            "Content-Language": locale,
            "Vary": FIXED_VARY,
        }
        if is_held(request, digest):
            return HttpResponseNotModified(headers=headers)
        return HttpResponse(content, content_type=LINK_FORMAT, headers=headers)


def _choose_locale(times: Sequence[Time], locales: Sequence[str]) -> str | None:
    there = sorted({time.locale for time in times})
    return next((one for wish in locales for one in there if fnmatchcase(one, wish)), None)


def _write_links(path: str, slug: str, locale: str, times: Sequence[Time]) -> Iterator[str]:
    own = [time for time in times if time.locale == locale]
    first, last = (format_http_date(time.since) for time in (own[0], own[-1]))
    original = get_original(path, slug, locale)
    yield f'<{original}>; rel="original timegate"'
    yield (
        f'</api/v1/{path}/{slug}/timemap?locale={locale}>; rel="self"; type="{LINK_FORMAT}"; '
        f'from="{first}"; until="{last}"'
    )
    for position, time in enumerate(own):
        place = _locate(original, time)
        relations = _name_relations(position, len(own))
        yield f'<{place}>; rel="{relations}"; datetime="{format_http_date(time.since)}"'
    for other in sorted({time.locale for time in times if time.is_live} - {locale}):
        yield f'<{get_original(path, slug, other)}>; rel="alternate"; hreflang="{other}"'


def _locate(original: str, time: Time) -> str:
    """By its number; where an edition came back after a lapse, by the time when it did."""
    if time.is_back:
        return f"{original}&as_of={format_instant(time.since)}"
    return original.replace("?", f"/editions/{time.number}?")


def _name_relations(position: int, count: int) -> str:
    first = "first " if position == 0 else ""
    last = "last " if position == count - 1 else ""
    return f"{first}{last}memento"
