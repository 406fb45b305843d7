"""`GET /audit/documents/{id}/evidence`: everything that shows who answers for a document."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from calfcms.api.parameters import Parameter, Parameters, parse_choice
from calfcms.api.problems import ApiProblem
from calfcms.api.quality import choose_media_type
from calfcms.api.reading import JSON, ReadView, refuse_media_type
from calfcms.api.schema import describe_get
from calfcms.publishing.actions.record_key_access import record_key_access
from calfcms.publishing.api.audit_events import PRIVATE
from calfcms.publishing.evidence.archive import build_archive, write_pack
from calfcms.publishing.evidence.pack import build_pack
from calfcms.publishing.models import Document

ZIP = "application/zip"
FORMATS = {"json": JSON, "zip": ZIP}
PARAMETERS = Parameters(
    Parameter(
        "format",
        parse_choice(*FORMATS),
        "`zip` adds every edition byte for byte. Left out: what `Accept` likes best.",
        {"type": "string", "enum": list(FORMATS)},
    ),
)
ID = OpenApiParameter(
    "document_id",
    {"type": "string", "format": "uuid"},
    OpenApiParameter.PATH,
    description="`document` of an audit event; or `id` of an edition with one locale only.",
)


@describe_get(
    "get_audit_evidence",
    tag="audit",
    summary="The evidence pack of one document: editions, sign-offs, references, feedback, events",
    answers={
        (200, JSON): OpenApiResponse({"type": "object"}, description="The pack."),
        (200, ZIP): OpenApiResponse(
            {"type": "string", "format": "binary"}, description="The pack and every edition."
        ),
    },
    problems=(400, 401, 403, 404, 406),
    path=(ID,),
    parameters=PARAMETERS,
)
class AuditEvidenceView(ReadView):
    """For keys with the scope `audit`. That evidence was taken is itself an event."""

    parameters = PARAMETERS
    scope = "audit"
    needs_key = True

    def get(self, request: HttpRequest, document_id: UUID) -> HttpResponse:
        """The pack as it is now; a number of queries that does not grow with the document."""
        form = self.read_parameters(request)["format"] or _choose_format(request)
        document = _get_document(document_id)
        assert self.caller is not None  # noqa: S101 - the view needs a key
        at = timezone.now()
        record_key_access(what="evidence", by=self.caller, at=at, document=document, form=form)
        pack = build_pack(document, at=at)
        body = build_archive(document, pack) if form == "zip" else write_pack(pack)
        name = f"evidence-{document.kind}-{document.slug}-{document.locale}.{form}"
        headers = PRIVATE | {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(body, content_type=FORMATS[form], headers=headers)


def _choose_format(request: HttpRequest) -> str:
    chosen = choose_media_type(request.META.get("HTTP_ACCEPT", ""), (JSON, ZIP))
    if chosen is None:
        raise refuse_media_type((JSON, ZIP))
    return "zip" if chosen == ZIP else "json"


def _get_document(key: UUID) -> Document:
    if found := Document.objects.filter(pk=key).first():
        return found
    translations = list(Document.objects.filter(content_id=key).order_by("locale"))
    if len(translations) == 1:
        return translations[0]
    raise ApiProblem(404, "not_found", _say_missing(translations))


def _say_missing(translations: Sequence[Document]) -> str:
    if translations:
        listed = ", ".join(f"{one.locale}: {one.pk}" for one in translations)
        return f"That content has several locales, each a document of its own: {listed}."
    return "There is no document with this id. `document` of an audit event is one."
