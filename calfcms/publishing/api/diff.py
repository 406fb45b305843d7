"""`GET /{path}/{slug}/editions/{number}/diff`: what changed from one edition to another."""

from collections.abc import Callable
from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from drf_spectacular.utils import OpenApiResponse

from calfcms.api.bodies import Body
from calfcms.api.conditional import format_http_date, is_held, quote_tag
from calfcms.api.parameters import Parameter, Parameters, parse_whole_number
from calfcms.api.reading import FOREVER, JSON, ReadView, require_json
from calfcms.api.schema import View, describe_get, describe_not_modified
from calfcms.publishing.api.absence import explain_missing_edition
from calfcms.publishing.api.diff_shapes import EditionDifferences
from calfcms.publishing.api.parameters import FIXED_LOCALE
from calfcms.publishing.api.schema import NUMBER, SLUG
from calfcms.publishing.edition_differences import Pair, get_differences, list_heads
from calfcms.publishing.kinds import Kind, get_kind
from calfcms.publishing.models import Edition

HIGHEST = 999_999_999
AGAINST = Parameter(
    "against",
    parse_whole_number(1, HIGHEST),
    "The edition to compare with: changes are those that lead from it to this one. Left out: the "
    "edition before this one; for the first, nothing, so that everything is added.",
    {"type": "integer", "minimum": 1, "maximum": HIGHEST, "examples": [1]},
)
DIFF = Parameters(AGAINST, FIXED_LOCALE)
HEADERS = ("ETag", "Last-Modified", "Cache-Control", "Cache-Tag", "Content-Language")


class EditionDiffView(ReadView):
    """Both editions are immutable, and so is what lies between them: it may be kept for ever."""

    kind: ClassVar[type[Kind]]
    parameters = DIFF
    scope = "read"

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        """One query for the heads; one for the words, where this process has not compared them."""
        parameters = self.read_parameters(request)
        require_json(request)
        locale = parameters["locale"] or settings.CALFCMS_DEFAULT_LOCALE
        pair = self._find_pair(slug, locale, number, parameters["against"])
        return self._answer(request, pair, get_differences(pair))

    def _find_pair(self, slug: str, locale: str, number: int, against: int | None) -> Pair:
        base = number - 1 if against is None else against
        wanted = {number, base} - {0}
        heads = list_heads(kind=self.kind.name, slug=slug, locale=locale, numbers=wanted)
        for one in (number, base):
            if one in wanted and one not in heads:
                raise self._explain(slug, locale, one)
        return Pair(get_kind(self.kind.name), slug, locale, heads.get(base), heads[number])

    def _explain(self, slug: str, locale: str, number: int) -> Exception:
        published = Edition.objects.filter(
            document__kind=self.kind.name, document__slug=slug, document__locale=locale
        ).values_list("number", flat=True)
        return explain_missing_edition(
            self.kind, slug, locale=locale, number=number, published=published
        )

    def _answer(self, request: HttpRequest, pair: Pair, body: Body) -> HttpResponse:
        tag = f"{pair.kind.name}/{pair.slug}"
        headers = {
            "ETag": quote_tag(body.digest),
            "Last-Modified": format_http_date(pair.last_published_at),
            "Cache-Control": FOREVER,
            "Cache-Tag": f"{tag}, {tag}/{pair.locale}",
            "Content-Language": pair.locale,
            "Vary": "Accept, Authorization",
        }
        if is_held(request, body.digest, pair.last_published_at):
            return HttpResponseNotModified(headers=headers)
        return HttpResponse(body.content, content_type=JSON, headers=headers)


def describe_edition_diff(kind: type[Kind]) -> Callable[[View], View]:
    """`GET /{path}/{slug}/editions/{number}/diff`."""
    return describe_get(
        f"get_{kind.name}_edition_diff",
        tag=kind.path.partition("/")[0],
        summary=f"What changed from one edition of a {kind.name} to another",
        answers={
            200: OpenApiResponse(
                EditionDifferences,
                description="Every part that was added, removed, changed or moved, by its id, with "
                "texts compared word by word. Complete: docs/api.md says how to make the one "
                "edition's content of the other's.",
            ),
            **describe_not_modified(),
        },
        problems=(400, 404, 406),
        path=(SLUG, NUMBER),
        parameters=DIFF,
        headers=HEADERS,
    )
