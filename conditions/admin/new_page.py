"""Beginning a draft: the few things that must be known before there is one to write."""

from dataclasses import asdict
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView
from pydantic import ValidationError

from calfcms.publishing.actions.save_draft import save_draft
from calfcms.publishing.editing import get_edit_url
from calfcms.publishing.kinds import get_kind
from calfcms.publishing.models import Document
from calfcms.publishing.problem import Refused
from conditions.admin.condition_editor import CONDITIONS
from conditions.admin.edited import EditedKind
from conditions.admin.faults import Fault, list_faults
from conditions.admin.options import list_publishers
from conditions.draft import ConditionDraft
from conditions.selectors import find_live_source


class NewDraftPage(TemplateView):
    """Title, address, language and publisher; then the editor opens."""

    edited: ClassVar[EditedKind]
    title: ClassVar[str]
    fields: ClassVar[tuple[str, ...]] = ("title", "slug", "locale", "publisher")

    template_name = "conditions/new.html"
    http_method_names = ["get", "head", "post", "options"]
    faults: tuple[Fault, ...] = ()
    existing: Document | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For people who may write drafts."""
        if not request.user.has_perm("publishing.edit_draft"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Make the draft, or show again what was typed with what is wrong with it."""
        typed = self._read_typed()
        try:
            draft: Any = self.edited.draft.model_validate(typed)
        except ValidationError as error:
            return self._show_again(list_faults(error, typed), **kwargs)
        if self._find_existing(draft):
            return self._show_again([], **kwargs)
        try:
            document = self._save(draft)
        except Refused as refused:
            found = [Fault(problem.pointer, str(problem)) for problem in refused.problems]
            return self._show_again(found, **kwargs)
        messages.success(request, "The draft is there. Nobody but editors sees it yet.")
        return redirect(get_edit_url(document))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was typed, what is wrong with it, and the publishers."""
        typed = self._read_typed() if self.request.method == "POST" else {}
        return {
            **super().get_context_data(**kwargs),
            **admin.site.each_context(self.request),
            "title": self.title,
            "has_name": "name" in self.fields,
            "typed": {"locale": settings.CALFCMS_DEFAULT_LOCALE, **typed},
            "faults": {fault.pointer.lstrip("/"): fault.message for fault in self.faults},
            "other_faults": [asdict(fault) for fault in self.faults if not fault.pointer],
            "existing_url": get_edit_url(self.existing) if self.existing else "",
            "publishers": list_publishers(),
        }

    def _read_typed(self) -> dict[str, str]:
        typed = {name: self.request.POST.get(name, "").strip() for name in self.fields}
        if "name" in typed:
            typed["name"] = typed["name"] or typed["title"]
        return typed

    def complete(self, draft: Any) -> Any:
        """The draft with what else is known of it from the start."""
        return draft

    def _find_existing(self, draft: Any) -> bool:
        name = self.edited.name
        found = Document.objects.filter(kind=name, slug=draft.slug, locale=draft.locale).first()
        self.existing = found if found and get_kind(name).read_draft(found) else None
        return self.existing is not None

    def _save(self, typed: Any) -> Document:
        draft = self.complete(typed)
        person = self.request.user
        assert isinstance(person, User)  # noqa: S101 - the right was asked before
        saved = save_draft(
            kind=self.edited.name,
            slug=draft.slug,
            locale=draft.locale,
            draft=draft,
            by=person,
            at=timezone.now(),
            base=None,
        )
        return saved.document

    def _show_again(self, faults: list[Fault], **kwargs: Any) -> HttpResponse:
        self.faults = tuple(faults)
        return self.render_to_response(self.get_context_data(**kwargs), status=422)


class NewConditionPage(NewDraftPage):
    """A page, with the name of its condition. At the address of a live one it translates that."""

    edited = CONDITIONS
    title = "New condition"
    fields = ("title", "name", "slug", "locale", "publisher")

    def complete(self, draft: ConditionDraft) -> ConditionDraft:
        """With the edition that it translates."""
        source = find_live_source(draft.slug, draft.locale)
        return draft.model_copy(update={"translation_of": source})
