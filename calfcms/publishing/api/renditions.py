"""Views that send one stored rendition: the live edition, a past one, one by its number."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from calfcms.api.conditional import format_http_date, is_held, list_known_digests, quote_tag
from calfcms.api.locales import list_accepted_locales
from calfcms.api.quality import choose_media_type
from calfcms.api.reading import CURRENT, FOREVER, ReadView, refuse_media_type
from calfcms.publishing.api.absence import explain_absence, explain_missing_edition
from calfcms.publishing.api.parameters import live_edition_parameters, numbered_edition_parameters
from calfcms.publishing.cards import list_editions, list_published_documents
from calfcms.publishing.kinds import Kind
from calfcms.publishing.overdue_reading import get_marked_rendition
from calfcms.publishing.reading import Address, StoredRendition, get_rendition


class RenditionView(ReadView):
    """What both have in common: choosing the format, and the headers."""

    kind: ClassVar[type[Kind]]
    cache_control: ClassVar[str]
    vary: ClassVar[str]

    def choose_format(self, request: HttpRequest, parameters: Mapping[str, Any]) -> str:
        """The format that was named, else the one that `Accept` likes best. May raise a 406."""
        if parameters["format"] is not None:
            return str(parameters["format"])
        accept = request.META.get("HTTP_ACCEPT")
        if not accept or accept == "*/*":
            return "json"
        offered = tuple(self.kind.formats.values())
        chosen = choose_media_type(accept, offered)
        if chosen is None:
            raise refuse_media_type(offered)
        return list(self.kind.formats)[offered.index(chosen)]

    def answer(
        self, request: HttpRequest, found: StoredRendition, address: Address
    ) -> HttpResponse:
        """The bytes, or 304 for a reader who holds them."""
        headers = {
            "ETag": quote_tag(found.digest),
            "Last-Modified": format_http_date(found.since),
            "Cache-Control": self.cache_control,
            "Cache-Tag": f"{address.kind}/{address.slug}, "
            f"{address.kind}/{address.slug}/{found.locale}",
            "Content-Language": found.locale,
            "Content-Review": _describe_review(found),
            "Content-Location": f"/api/v1/{self.kind.path}/{address.slug}/editions/{found.number}"
            f"?locale={found.locale}&format={address.format}",
            "Vary": self.vary,
        }
        if found.content is None or is_held(request, found.digest, found.since):
            return HttpResponseNotModified(headers=headers)
        return HttpResponse(
            found.content, content_type=_with_charset(found.media_type), headers=headers
        )


def _describe_review(found: StoredRendition) -> str:
    """When the next review is due, and whether that is over: a dictionary as RFC 9651 has it."""
    due = f'due="{found.review_due_on.isoformat()}"'
    return f"{due}, overdue" if found.is_overdue else due


def _with_charset(media_type: str) -> str:
    is_bare_text = media_type.startswith("text/") and "charset" not in media_type
    return f"{media_type}; charset=utf-8" if is_bare_text else media_type


class LiveEditionView(RenditionView):
    """The live edition, or with `as_of` the one that was live then."""

    cache_control = CURRENT
    vary = "Accept, Accept-Language"

    def __init_subclass__(cls) -> None:
        """Take the parameters that fit the kind."""
        cls.parameters = live_edition_parameters(cls.kind.formats)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The stored bytes, marked where their review is overdue: one query."""
        at = timezone.now()
        parameters = self.read_parameters(request)
        address = Address(
            kind=self.kind.name,
            slug=slug,
            locales=list_locales(request, parameters["locale"]),
            format=self.choose_format(request, parameters),
            as_of=parameters["as_of"],
        )
        found = get_marked_rendition(address, at=at, held=list_known_digests(request))
        if found is None:
            raise explain_absence(
                self.kind, slug, locales=address.locales, as_of=parameters["as_of"]
            )
        return self.answer(request, found, address)


def list_locales(request: HttpRequest, locale: str | None) -> tuple[str, ...]:
    """The locale that was named, else those that the reader accepts, then the default."""
    if locale is not None:
        return (locale,)
    accepted = request.META.get("HTTP_ACCEPT_LANGUAGE")
    if not accepted:
        return (settings.CALFCMS_DEFAULT_LOCALE,)
    return list_accepted_locales(accepted, settings.CALFCMS_DEFAULT_LOCALE)


class NumberedEditionView(RenditionView):
    """One edition, byte for byte as it was published, also after it was withdrawn."""

    cache_control = FOREVER
    vary = "Accept"

    def __init_subclass__(cls) -> None:
        """Take the parameters that fit the kind."""
        cls.parameters = numbered_edition_parameters(cls.kind.formats)

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        """The stored bytes: one query."""
        parameters = self.read_parameters(request)
        address = Address(
            kind=self.kind.name,
            slug=slug,
            locales=(parameters["locale"] or settings.CALFCMS_DEFAULT_LOCALE,),
            format=self.choose_format(request, parameters),
            number=number,
        )
        found = get_rendition(address, at=timezone.now(), held=list_known_digests(request))
        if found is None:
            raise self._explain(slug, address.locales[0], number)
        return self.answer(request, found, address)

    def _explain(self, slug: str, locale: str, number: int) -> Exception:
        documents = list_published_documents(kind=self.kind.name, slug=slug)
        published = [
            edition.number
            for document in documents
            if document.locale == locale
            for edition in list_editions(document=document, limit=1)
        ]
        return explain_missing_edition(
            self.kind, slug, locale=locale, number=number, published=published
        )
