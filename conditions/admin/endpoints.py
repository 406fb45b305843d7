"""What the editor's page asks the server for: save, check, preview. JSON in, JSON out."""

from dataclasses import asdict
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views import View
from pydantic import BaseModel

from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Refused
from conditions.admin.checking import list_problems
from conditions.admin.collisions import describe_collision
from conditions.admin.condition_editor import CONDITIONS
from conditions.admin.edited import EditedKind
from conditions.admin.previewing import preview_texts
from conditions.admin.reading import (
    Faulty,
    Unreadable,
    read_base,
    read_body,
    read_comment,
    read_draft,
)
from conditions.admin.standing import describe_standing

Answer = tuple[int, dict[str, Any]]


class EditorEndpoint(View):
    """Answers the page of one draft, for people who may write drafts."""

    http_method_names = ["post", "options"]
    edited: EditedKind = CONDITIONS
    """Another kind is given to `as_view`."""
    document: Document

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse in JSON, so that the page can say why and keep what was typed."""
        if not request.user.has_perm("publishing.edit_draft"):
            return _refuse(403, "You may not change drafts.", "Ask an administrator for the right.")
        document = Document.objects.filter(pk=kwargs["document_id"], kind=self.edited.name).first()
        if document is None:
            return _refuse(404, "There is no such page any more.", "Go back to the list of pages.")
        self.document = document
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """The answer, or what is wrong with the question."""
        try:
            status, answer = self.answer(read_body(request))
        except Unreadable as unreadable:
            return _refuse(unreadable.status, unreadable.message, unreadable.hint)
        except Faulty as faulty:
            return JsonResponse(faulty.as_json(), status=422)
        return JsonResponse(answer, status=status)

    def answer(self, body: dict[str, Any]) -> Answer:
        """The status and the answer. Raises `Unreadable` or `Faulty`."""
        raise NotImplementedError


class CheckView(EditorEndpoint):
    """`{draft}` → errors, problems, sources and hints. With errors, nothing else can be told."""

    def answer(self, body: dict[str, Any]) -> Answer:
        """Errors are an answer here, not a refusal."""
        try:
            draft = read_draft(body.get("draft"), self.document, self.edited)
            return 200, self.edited.check(draft)
        except Faulty as faulty:
            return 200, faulty.as_json()


class PreviewView(EditorEndpoint):
    """`{draft, pointers}` → the texts at these places as readers will see them."""

    def answer(self, body: dict[str, Any]) -> Answer:
        """HTML by JSON pointer."""
        draft, pointers = body.get("draft"), body.get("pointers")
        if not isinstance(draft, dict) or not isinstance(pointers, list):
            raise Unreadable(400, "The browser sent no text.", "Reload the page and try again.")
        wanted = [pointer for pointer in pointers if isinstance(pointer, str)]
        return 200, {"html": preview_texts(draft, wanted)}


class SaveView(EditorEndpoint):
    """`{base, draft, comment}` → saved; 422 with errors; 409 with what somebody else did."""

    def answer(self, body: dict[str, Any]) -> Answer:
        """Save through the action that everybody uses."""
        self._read_stored()
        base = read_base(body.get("base"), self.document, self.edited)
        draft = read_draft(body.get("draft"), self.document, self.edited)
        comment = read_comment(body.get("comment"))
        if faults := self.edited.list_missing(draft):
            raise Faulty(faults)
        try:
            saved = save_draft(
                kind=self.edited.name,
                slug=self.document.slug,
                locale=self.document.locale,
                draft=draft,
                by=self.person,
                at=timezone.now(),
                comment=comment,
                base=base,
            )
        except Refused as refused:
            return self._say_refused(refused, base=base, draft=draft)
        return 200, {"changed": saved.changed, **self._describe_saved()}

    def _read_stored(self) -> BaseModel:
        draft: BaseModel | None = get_kind(self.edited.name).read_draft(self.document)
        if draft is None:
            raise Unreadable(
                409,
                "Somebody discarded this draft while you were writing.",
                "Your text is kept in this browser. Restore the draft from its history, reload "
                "this page, and it offers your text again.",
            )
        return draft

    @property
    def person(self) -> User:
        """Who saves."""
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 - the right was asked before
        return user

    def _describe_saved(self) -> dict[str, Any]:
        draft = self._read_stored()
        content = get_kind(self.edited.name).resolve(draft)
        return {
            "draft": draft.model_dump(mode="json"),
            "standing": describe_standing(self.document),
            "problems": [asdict(problem) for problem in list_problems(content)],
        }

    def _say_refused(self, refused: Refused, *, base: BaseModel, draft: BaseModel) -> Answer:
        if [problem.code for problem in refused.problems] != ["draft_changed"]:
            return 422, {"errors": [asdict(problem) for problem in refused.problems]}
        return 409, describe_collision(
            refused, document=self.document, base=base, theirs=self._read_stored(), mine=draft
        )


def _refuse(status: int, message: str, hint: str) -> JsonResponse:
    return JsonResponse({"message": message, "hint": hint}, status=status)
