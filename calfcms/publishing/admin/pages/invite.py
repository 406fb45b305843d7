"""Asking reviewers from outside, who need no log-in, and taking invitations back."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from calfcms.publishing.actions.invite import SentInvitation, invite
from calfcms.publishing.actions.revoke_invitation import revoke_invitation
from calfcms.publishing.admin.pages.base import DocumentPage
from calfcms.publishing.admin.pages.form_fields import read_text, read_whole_number
from calfcms.publishing.invitations import (
    DEFAULT_DAYS,
    MAX_DAYS,
    get_invitation_state,
    list_invitable_reviewers,
)
from calfcms.publishing.models import Invitation, ReviewerProfile
from calfcms.publishing.pages.reader import SAME_SITE, set_headers
from calfcms.publishing.problem import refuse
from calfcms.publishing.standings import get_standing
from calfcms.publishing.workflow import State

SHOWN = 20


class InvitePage(DocumentPage):
    """Who was asked, and the form that makes a one-time link."""

    path = "invite"
    title = "Outside reviewer"
    right = "invite"
    template_name = "publishing/invite.html"
    in_navigation = False
    sent: SentInvitation | None = None

    def act(self, request: HttpRequest) -> HttpResponse:
        """Invite, or take an invitation back."""
        if request.POST.get("do") == "revoke":
            return self._revoke(request)
        now = timezone.now()
        days = read_whole_number(request, "days", "days for which the invitation should stand")
        self.sent = invite(
            document=self.document,
            reviewer=self._read_reviewer(request),
            by=self.person,
            at=now,
            expires_at=now + timedelta(days=min(days, MAX_DAYS + 1)),
        )
        return set_headers(self.render_to_response(self.get_context_data()), SAME_SITE)

    def describe(self) -> dict[str, Any]:
        """The reviewers there are, and the last invitations."""
        standing = get_standing(self.document)
        state = standing.state if standing else None
        return {
            "standing": standing,
            "can_be_signed": state in (State.IN_REVIEW, State.CHANGES_REQUESTED, State.APPROVED),
            "reviewers": list_invitable_reviewers(by=self.person),
            "invitations": self._list_invitations(),
            "default_days": DEFAULT_DAYS,
            "max_days": MAX_DAYS,
            "sent": self.sent,
            "sent_url": self._write_address() if self.sent else "",
        }

    def _read_reviewer(self, request: HttpRequest) -> ReviewerProfile:
        key = read_text(request, "reviewer")
        profile = (
            ReviewerProfile.objects.select_related("user").filter(pk=key).first()
            if key.isascii() and key.isdecimal()
            else None
        )
        if profile is None:
            raise refuse(
                "reviewer_missing",
                "No reviewer is chosen.",
                "Choose one; an administrator can add a profile for somebody new.",
                "/reviewer",
            )
        return profile

    def _revoke(self, request: HttpRequest) -> HttpResponse:
        key = read_text(request, "invitation")
        invitation = get_object_or_404(
            Invitation, document=self.document, pk=key if key.isdecimal() else 0
        )
        revoke_invitation(invitation=invitation, by=self.person, at=timezone.now())
        return self.done("The invitation is taken back; its link opens nothing any more.")

    def _list_invitations(self) -> list[dict[str, Any]]:
        now = timezone.now()
        rows = Invitation.objects.filter(document=self.document).select_related(
            "reviewer", "invited_by", "sign_off"
        )
        return [
            {"row": row, "state": get_invitation_state(row, at=now).value}
            for row in rows.order_by("-invited_at", "-pk")[:SHOWN]
        ]

    def _write_address(self) -> str:
        assert self.sent is not None  # noqa: S101 - asked by the caller
        return self.request.build_absolute_uri(reverse("outside_review", args=[self.sent.token]))
