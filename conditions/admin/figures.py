"""The upload of pictures for the figures of a draft; the figures are edited in the draft."""

from typing import Final

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils import timezone
from unfold.admin import ModelAdmin

from calfcms.publishing.problem import Problem, Refused
from conditions.actions.upload_figure import upload_figure
from conditions.figure_sizes import MAX_BYTES
from conditions.models import Figure

_NO_FILE: Final = Problem(
    "file_missing", "No file came with the request.", "Choose a picture first.", "/file"
)


@admin.register(Figure)
class FigureAdmin(ModelAdmin):  # type: ignore[misc]
    """No list and no form: one address to which the editor of a draft sends pictures."""

    def get_urls(self) -> list[URLPattern]:
        """The upload, and nothing of Django's own."""
        return [path("upload/", self.admin_site.admin_view(self.upload_view), name="figure_upload")]

    def has_module_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """It is in no navigation."""
        return False

    def upload_view(self, request: HttpRequest) -> HttpResponseBase:
        """Takes `file`; answers `{"sources": [{"url", "width", "type"}]}` with status 201, or
        422 with `{"problems": [{"code", "message", "hint", "pointer"}]}`."""
        if not request.user.has_perm("publishing.edit_draft"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        file = request.FILES.get("file")
        if file is None:
            return _answer_problems([_NO_FILE])
        assert isinstance(request.user, User)  # noqa: S101 - admin_view lets nobody else in
        data = file.read(MAX_BYTES + 1)
        try:
            sources = upload_figure(data=data, by=request.user, at=timezone.now())
        except Refused as refused:
            return _answer_problems(refused.problems)
        return JsonResponse({"sources": [source.model_dump() for source in sources]}, status=201)


def _answer_problems(problems: "list[Problem] | tuple[Problem, ...]") -> JsonResponse:
    return JsonResponse({"problems": [vars(problem) for problem in problems]}, status=422)
