"""What all views that send a rendition have in common: choosing the format, and the headers."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from calfcms.api.conditional import format_http_date, is_held, quote_tag
from calfcms.api.problems import ApiProblem, InputError
from calfcms.api.quality import choose_media_type
from calfcms.api.reading import ReadView, refuse_media_type
from calfcms.publishing.api.memento import Moment, get_original, link_times
from calfcms.publishing.deliveries import Delivered, tell_delivered
from calfcms.publishing.derived_reading import derive
from calfcms.publishing.edition_json import format_instant
from calfcms.publishing.kinds import Kind
from calfcms.publishing.reading import Address, StoredRendition
from calfcms.publishing.sparse import keep_members

Fields = tuple[str, ...] | None

FIXED_VARY: Final = "Accept, Accept-Language, Authorization"
"""For an address with a time in it: no header moves that."""


class RenditionView(ReadView):
    """What all have in common: choosing the format, and the headers.

    A key may get other bytes than anybody, so that every answer varies by `Authorization`.
    """

    kind: ClassVar[type[Kind]]
    scope = "read"
    cache_control: ClassVar[str]
    vary: str

    @property
    def partner(self) -> str | None:
        """The partner that calls; None for anybody."""
        return self.caller.partner if self.caller else None

    def choose_format(self, request: HttpRequest, parameters: Mapping[str, Any]) -> str:
        """The format that was named, else the one that `Accept` likes best. May raise a 406.

        Also refused is another format than JSON where `fields` asks for members.
        """
        format_ = parameters["format"] or self._prefer_format(request)
        if format_ != "json" and parameters["fields"] is not None:
            raise _refuse_fields(format_)
        return str(format_)

    def _prefer_format(self, request: HttpRequest) -> str:
        accept = request.META.get("HTTP_ACCEPT")
        if not accept or accept == "*/*":
            return "json"
        offered = tuple(self.kind.formats.values())
        chosen = choose_media_type(accept, offered)
        if chosen is None:
            raise refuse_media_type(offered)
        return list(self.kind.formats)[offered.index(chosen)]

    def show(
        self,
        request: HttpRequest,
        found: StoredRendition,
        address: Address,
        fields: Fields,
        moment: Moment,
    ) -> HttpResponse:
        """The document, or some of its members, and where its other times are."""
        if fields is not None:
            build = partial(keep_members, wanted=fields)
            found = derive(found, name=("fields", fields), build=build)
        headers = self.describe(found, address)
        headers.update(self._locate(found, address, fields, moment))
        return self.answer(request, found, address, headers)

    def answer(
        self,
        request: HttpRequest,
        found: StoredRendition,
        address: Address,
        headers: Mapping[str, str],
    ) -> HttpResponse:
        """The bytes, or 304 for a reader who holds them."""
        if self.caller is not None and request.method == "GET":
            edition = Delivered(address.kind, address.slug, found.locale, found.number)
            tell_delivered(self.caller, [edition], at=timezone.now())
        # A date cannot tell a partner's bytes from everybody's; a tag can.
        modified_at = found.modified_at if self.caller is None else None
        if found.content is None or is_held(request, found.digest, modified_at):
            return HttpResponseNotModified(headers=headers)
        return HttpResponse(
            found.content, content_type=_with_charset(found.media_type), headers=headers
        )

    def describe(self, found: StoredRendition, address: Address) -> dict[str, str]:
        """The headers that say what it is, and how long it may be kept."""
        tag = f"{address.kind}/{address.slug}"
        return {
            "ETag": quote_tag(found.digest),
            "Last-Modified": format_http_date(found.modified_at),
            "Cache-Control": self.cache_control,
            "Cache-Tag": f"{tag}, {tag}/{found.locale}",
            "Content-Language": found.locale,
            "Content-Review": _describe_review(found),
            **describe_translation(found),
            **describe_recall(found),
            "Vary": self.vary,
        }

    def _locate(
        self, found: StoredRendition, address: Address, fields: Fields, moment: Moment
    ) -> dict[str, str]:
        path, slug = self.kind.path, address.slug
        named = f"format={address.format}" + (f"&fields={','.join(fields)}" if fields else "")
        place = f"/api/v1/{path}/{slug}/editions/{found.number}?locale={found.locale}&{named}"
        located = {
            "Content-Location": place,
            "Link": link_times(path, slug, found.locale, address.format),
        }
        if moment.is_memento:
            located["Memento-Datetime"] = format_http_date(found.since)
            if found.is_back:  # its number names the time when it was live first
                back = f"&as_of={format_instant(found.since)}&{named}"
                located["Content-Location"] = get_original(path, slug, found.locale) + back
        return located


def _describe_review(found: StoredRendition) -> str:
    """When the next review is due, and whether that is over: a dictionary as RFC 9651 has it."""
    due = f'due="{found.review_due_on.isoformat()}"'
    return f"{due}, overdue" if found.is_overdue else due


def describe_translation(found: StoredRendition) -> dict[str, str]:
    """Which edition it translates and what became of that one, written like `Content-Review`."""
    if found.translates is None:
        return {}
    said = [f'source="{found.translates}"']
    said += ["stale"] * found.source.is_stale + ["withdrawn"] * found.source.is_withdrawn
    return {"Content-Translation": ", ".join(said)}


def describe_recall(found: StoredRendition) -> dict[str, str]:
    """That nobody should go on showing it. Final, so that it may be kept for ever like the rest."""
    if found.recall is None:
        return {}
    severity, recall = found.recall
    return {"Content-Recall": f'severity="{severity}", id="{recall}"'}


def _with_charset(media_type: str) -> str:
    is_bare_text = media_type.startswith("text/") and "charset" not in media_type
    return f"{media_type}; charset=utf-8" if is_bare_text else media_type


def _refuse_fields(format_: str) -> ApiProblem:
    detail = f"'fields' goes with JSON only, and this would be {format_}. Say `format=json`."
    return ApiProblem(
        400,
        "invalid_parameters",
        detail,
        errors=[InputError("?fields", "invalid_value", detail)],
    )
