"""Reviewing: what changed and who says so, comments on parts, and the signature."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from calfcms.publishing.acceptances import digest_list, list_acceptances
from calfcms.publishing.actions.accept_problems import (
    accept_problems,
    list_acceptable_problems,
    list_accepter_problems,
)
from calfcms.publishing.actions.comment import comment
from calfcms.publishing.actions.resolve_comment import resolve_comment
from calfcms.publishing.actions.sign_off import list_signer_problems, sign_off
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.pages.form_fields import read_text
from calfcms.publishing.admin.state_words import describe_state
from calfcms.publishing.models import Comment, ReviewerProfile
from calfcms.publishing.policy import Decision, Role
from calfcms.publishing.problem import Problem, refuse
from calfcms.publishing.review_sheet import (
    ReviewSheet,
    list_addresses,
    read_review_sheet,
)
from calfcms.publishing.selectors import get_live_edition
from calfcms.publishing.sources import Source, compare_sources, find_source_of_digest

_RIGHTS = {
    "comment": "comment",
    "resolve": "comment",
    "enter": "sign_off",
    "accept": "sign_off",
    Decision.APPROVED.value: "sign_off",
    Decision.CHANGES_REQUESTED.value: "sign_off",
}
"""What the page's buttons do, and the right that each needs."""


class ReviewPage(DocumentPage):
    """The draft beside what readers get, for whoever judges it."""

    path = "review"
    title = "Review"
    right = "view_submission"
    template_name = "publishing/review.html"

    def act(self, request: HttpRequest) -> HttpResponse:
        """Comment, resolve a comment, or sign: what the button that was pressed says."""
        do = request.POST.get("do", "")
        if do not in _RIGHTS or not self.person.has_perm(f"publishing.{_RIGHTS[do]}"):
            raise PermissionDenied
        if do == "comment":
            return self._comment(request)
        if do == "resolve":
            return self._resolve(request)
        if do == "accept":
            return self._accept(request)
        if do == "enter":  # the first button of the form: what a browser presses for Enter
            raise refuse(
                "not_signed",
                "Nothing was signed: the Enter key does not sign.",
                "Press the button that says what you decided.",
            )
        return self._sign(request, Decision(do))

    def describe(self) -> dict[str, Any]:
        """The review sheet, and the form for whoever may sign."""
        sheet = read_review_sheet(self.document)
        if sheet is None:
            return {"sheet": None}
        return {
            "sheet": sheet,
            "comparison": sheet.comparison,
            "before_title": _title_base(sheet),
            "state": describe_state(sheet.standing),
            "talk": sheet.talk if self.person.has_perm("publishing.view_comment") else None,
            "other_talk": sheet.talk.list_apart_from(sheet.shown_parts),
            "addresses": list_addresses(self.document, sheet.draft.content),
            "may_comment": self.person.has_perm("publishing.comment"),
            **self._describe_signing(sheet),
            **self._describe_acceptance(sheet),
            **self._describe_what_changed_meanwhile(sheet),
        }

    def _comment(self, request: HttpRequest) -> HttpResponse:
        comment(
            document=self.document,
            part=request.POST.get("part", ""),
            body=read_text(request, "body"),
            content_digest=request.POST.get("content_digest", ""),
            by=self.person,
            at=timezone.now(),
        )
        return self.done("Your comment is there for everybody who works on this.")

    def _resolve(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("comment", "")
        comments = Comment.objects.filter(document=self.document)
        remark = get_object_or_404(comments, pk=key if key.isdecimal() else 0)
        resolve_comment(comment=remark, by=self.person, at=timezone.now())
        return self.done("The comment is resolved.")

    def _sign(self, request: HttpRequest, decision: Decision) -> HttpResponse:
        sign_off(
            document=self.document,
            content_digest=request.POST.get("content_digest", ""),
            role=Role.EDITORIAL if request.POST.get("role") == Role.EDITORIAL else Role.CLINICAL,
            decision=decision,
            by=self.person,
            at=timezone.now(),
            conflicts_of_interest=read_text(request, "conflicts_of_interest"),
            comment=read_text(request, "comment"),
            checked_references=request.POST.getlist("checked_references"),
        )
        if decision == Decision.APPROVED:
            return self.done("You signed exactly this wording. It can be published now.")
        return self.done("You asked for changes. The editors see what you wrote.")

    def _accept(self, request: HttpRequest) -> HttpResponse:
        accept_problems(
            document=self.document,
            list_digest=request.POST.get("list_digest", ""),
            reason=read_text(request, "reason"),
            by=self.person,
            at=timezone.now(),
        )
        return self.done("You answer for exactly this list. It no longer stands in the way.")

    def _describe_acceptance(self, sheet: ReviewSheet) -> dict[str, Any]:
        """The problems that a second clinician may answer for, and the form for whoever may."""
        listed = list_acceptable_problems(self.document, sheet.draft) if sheet.is_asked else []
        if not listed:
            return {"acceptable": []}
        digest = digest_list(sheet.draft.content_digest, get_live_edition(self.document), listed)
        profile = ReviewerProfile.objects.filter(user=self.person).first()
        return {
            "acceptable": listed,
            "list_digest": digest,
            "acceptances": list_acceptances(self.document, digest),
            "may_accept": self.person.has_perm("publishing.sign_off"),
            "accept_hindrances": list_accepter_problems(
                self.document, sheet.draft, by=self.person, profile=profile, at=timezone.now()
            ),
            "typed_reason": self.request.POST.get("reason", "") if self.refused else "",
        }

    def _describe_signing(self, sheet: ReviewSheet) -> dict[str, Any]:
        may_sign = self.person.has_perm("publishing.sign_off")
        if not may_sign or not sheet.is_asked:
            return {"may_sign": False}
        profile = ReviewerProfile.objects.filter(user=self.person).first()
        typed = self.request.POST if self.refused else {}
        return {
            "may_sign": True,
            "hindrances": list_signer_problems(
                self.document,
                sheet.draft.content,
                sheet.role,
                by=self.person,
                profile=profile,
                at=timezone.now(),
            ),
            "profile": profile,
            "own_signature": next(
                (s for s in reversed(sheet.signatures) if s.signed_by_id == self.person.pk), None
            ),
            "conflicts": typed.get("conflicts_of_interest")
            or (profile.conflicts_of_interest if profile else ""),
            "typed_comment": typed.get("comment", ""),
            "checked": self._list_still_checked(sheet),
        }

    def _list_still_checked(self, sheet: ReviewSheet) -> list[str]:
        """What was ticked before a refusal; nothing where the draft is another one by now."""
        if self.request.POST.get("content_digest") != sheet.draft.content_digest:
            return []
        return self.request.POST.getlist("checked_references")

    def _describe_what_changed_meanwhile(self, sheet: ReviewSheet) -> dict[str, Any]:
        """What changed between the wording that somebody tried to sign and the present one."""
        problems: tuple[Problem, ...] = self.refused.problems if self.refused else ()
        if not any(problem.code == "draft_changed" for problem in problems):
            return {}
        read = self.request.POST.get("content_digest", "")
        source: Source | None = find_source_of_digest(self.document, read)
        if source is None:
            return {"is_changed_meanwhile": True}
        meanwhile = compare_sources(self.document, source.content, sheet.draft.content)
        return {"is_changed_meanwhile": True, "meanwhile": meanwhile}


def _title_base(sheet: ReviewSheet) -> str:
    if sheet.base is None:
        return ""
    if sheet.base.number == sheet.standing.live_number:
        return f"edition {sheet.base.number}, which readers get now"
    return f"edition {sheet.base.number}, the last signed one (not live)"
