"""One message of a reader: judge it, give it an owner, say what became of it."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from calfcms.feedback.actions.close_feedback import close_feedback
from calfcms.feedback.actions.triage_feedback import triage_feedback
from calfcms.feedback.models import Feedback, Severity
from calfcms.feedback.selectors import list_possible_owners
from calfcms.publishing.problem import Problem, Refused, refuse


class InboxPage(TemplateView):
    """For whoever may view feedback; the forms are for those who may handle it."""

    template_name = "feedback/message.html"
    feedback: Feedback
    problems: tuple[Problem, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the message, once it is clear that this person may read it."""
        if not request.user.has_perm("feedback.view_feedback"):
            raise PermissionDenied
        messages_with_edition = Feedback.objects.select_related(
            "edition__document", "owner", "closed_by", "triaged_by"
        )
        self.feedback = get_object_or_404(messages_with_edition, pk=_read_key(kwargs))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Handle it; a refusal shows the page again with every reason, and what was typed in."""
        if not request.user.has_perm("publishing.answer_feedback"):
            raise PermissionDenied
        try:
            done = self._close() if "close" in request.POST else self._triage()
        except Refused as refused:
            self.problems = refused.problems
            return self.render_to_response(self.get_context_data(**kwargs), status=409)
        messages.success(request, done)
        return redirect(reverse("admin:feedback_feedback_change", args=[self.feedback.pk]))

    def _triage(self) -> str:
        severity = self.request.POST.get("severity", "")
        if severity not in Severity.values:
            raise refuse(
                "severity_missing",
                "There is no severity.",
                f"Choose one of {', '.join(Severity.values)}.",
                "/severity",
            )
        triage_feedback(
            feedback=self.feedback,
            severity=Severity(severity),
            owner=_read_owner(self.request.POST.get("owner", "")),
            by=self._get_person(),
            at=timezone.now(),
        )
        return "The message has a severity and an owner."

    def _close(self) -> str:
        close_feedback(
            feedback=self.feedback,
            outcome=self.request.POST.get("outcome", ""),
            by=self._get_person(),
            at=timezone.now(),
        )
        return "The message is closed with its outcome."

    def _get_person(self) -> User:
        person = self.request.user
        if not isinstance(person, User):
            raise PermissionDenied
        return person

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The admin's context, the message, and who may own it."""
        return {
            **super().get_context_data(**kwargs),
            **admin.site.each_context(self.request),
            "title": f"Feedback on {self.feedback.edition.document.slug}",
            "feedback": self.feedback,
            "document": self.feedback.edition.document,
            "problems": self.problems,
            "form_values": self.request.POST,
            "severities": Severity.choices,
            "owners": list_possible_owners(),
            "may_answer": self.request.user.has_perm("publishing.answer_feedback"),
        }


def _read_key(kwargs: dict[str, Any]) -> uuid.UUID:
    try:
        return uuid.UUID(kwargs["feedback_id"])
    except ValueError:
        raise Http404("No such message.") from None


def _read_owner(key: str) -> User:
    owner = User.objects.filter(pk=int(key)).first() if key.isdecimal() else None
    if owner is None:
        raise refuse(
            "owner_missing", "There is no owner.", "Choose who sees to this message.", "/owner"
        )
    return owner
