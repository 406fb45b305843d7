"""Views that send one stored rendition: the live edition, a past one, one by its number."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.conditional import list_known_digests
from calfcms.api.reading import CURRENT, FOREVER
from calfcms.publishing.api.absence import explain_missing_edition
from calfcms.publishing.api.finding import find_live, list_locales
from calfcms.publishing.api.memento import Moment, choose_moment
from calfcms.publishing.api.parameters import live_edition_parameters, numbered_edition_parameters
from calfcms.publishing.api.rendition_view import FIXED_VARY, RenditionView
from calfcms.publishing.cards import list_editions, list_published_documents
from calfcms.publishing.reading import Address, get_rendition


class LiveEditionView(RenditionView):
    """The live edition, or the one that was live at some time."""

    cache_control = CURRENT
    vary = "Accept, Accept-Language, Accept-Datetime, Authorization"

    def __init_subclass__(cls) -> None:
        """Take the parameters that fit the kind."""
        cls.parameters = live_edition_parameters(cls.kind)

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The stored bytes, marked where their review is overdue: one query."""
        at = timezone.now()
        parameters = self.read_parameters(request)
        fields = parameters["fields"]
        moment = choose_moment(request, parameters["as_of"], at=at)
        if moment.is_fixed:
            self.vary = FIXED_VARY
        address = Address(
            kind=self.kind.name,
            slug=slug,
            locales=list_locales(request, parameters["locale"]),
            format=self.choose_format(request, parameters),
            as_of=moment.as_of,
            partner=self.partner,
        )
        held = list_known_digests(request) if fields is None else ()
        found = find_live(self.kind, address, moment, at=at, held=held)
        return self.show(request, found, address, fields, moment)


class NumberedEditionView(RenditionView):
    """One edition, byte for byte as it was published, also after it was withdrawn."""

    cache_control = FOREVER
    vary = "Accept, Authorization"

    def __init_subclass__(cls) -> None:
        """Take the parameters that fit the kind."""
        cls.parameters = numbered_edition_parameters(cls.kind)

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        """The stored bytes: one query."""
        parameters = self.read_parameters(request)
        fields = parameters["fields"]
        address = Address(
            kind=self.kind.name,
            slug=slug,
            locales=(parameters["locale"] or settings.CALFCMS_DEFAULT_LOCALE,),
            format=self.choose_format(request, parameters),
            number=number,
            partner=self.partner,
        )
        held = list_known_digests(request) if fields is None else ()
        found = get_rendition(address, at=timezone.now(), held=held)
        if found is None:
            raise self._explain(slug, address.locales[0], number)
        return self.show(request, found, address, fields, Moment(found.since))

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
