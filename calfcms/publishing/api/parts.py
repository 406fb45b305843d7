"""Views of one part of a document, always with what a reader must be told beside it."""

from collections.abc import Callable, Hashable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from calfcms.api.conditional import format_http_date
from calfcms.api.reading import CURRENT, require_json
from calfcms.publishing.api.finding import find_live, list_locales
from calfcms.publishing.api.memento import Moment
from calfcms.publishing.api.parameters import PART
from calfcms.publishing.api.rendition_view import FIXED_VARY, RenditionView
from calfcms.publishing.derived_reading import derive
from calfcms.publishing.reading import Address
from calfcms.publishing.sparse import keep_members

Edition = dict[str, Any]


class PartView(RenditionView):
    """One member of the edition that is live, or was."""

    member: ClassVar[str]
    parameters = PART
    cache_control = CURRENT
    vary = FIXED_VARY

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The member: one query."""
        return self.send(request, slug, name=("part", self.member), build=self.keep_part)

    def keep_part(self, edition: Edition) -> Edition:
        """The member with those that no answer goes without, and where the whole edition is."""
        place = f"/api/v1/{self.kind.path}/{edition['slug']}/editions/{edition['edition']}"
        url = f"{place}?locale={edition['locale']}"
        return {**keep_members(edition, (self.member,)), "url": url}

    def send(
        self,
        request: HttpRequest,
        slug: str,
        *,
        name: Hashable,
        build: Callable[[Edition], Edition],
    ) -> HttpResponse:
        """What `build` makes of the edition, with the headers of the edition it is from."""
        parameters = self.read_parameters(request)
        require_json(request)
        address = Address(
            kind=self.kind.name,
            slug=slug,
            locales=list_locales(request, parameters["locale"]),
            format="json",
            as_of=parameters["as_of"],
            partner=self.partner,
        )
        whole = find_live(self.kind, address, Moment(address.as_of), at=timezone.now())
        found = derive(whole, name=name, build=build)
        headers = self.describe(found, address)
        if address.as_of is not None:
            headers["Memento-Datetime"] = format_http_date(found.since)
            headers["Link"] = f'<{request.path}?locale={found.locale}>; rel="original"'
        return self.answer(request, found, address, headers)
