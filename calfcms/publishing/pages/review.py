"""`/review/<token>`: an outside reviewer reads a draft, sees what changed, and signs, once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views import View

from calfcms.publishing.actions.sign_by_invitation import sign_by_invitation
from calfcms.publishing.invitations import InvitationState, find_invitation, get_invitation_state
from calfcms.publishing.models import Invitation
from calfcms.publishing.outline import outline
from calfcms.publishing.pages.reader import SAME_SITE, get_policy, render_notice, render_private
from calfcms.publishing.policy import Decision
from calfcms.publishing.previews import build_draft_preview
from calfcms.publishing.problem import Refused, refuse
from calfcms.publishing.review_sheet import ReviewSheet, read_review_sheet


class OutsideReviewView(View):
    """The whole of what somebody with a one-time link may do here."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The draft to judge. Looking uses nothing up: mail programs open links too."""
        return self._show(request, token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Sign, or ask for changes; a refusal shows every reason, and what was typed in."""
        try:
            signed = sign_by_invitation(
                token=token,
                content_digest=request.POST.get("content_digest", ""),
                decision=_read_decision(request),
                at=timezone.now(),
                conflicts_of_interest=_read_text(request, "conflicts_of_interest"),
                declares_identity="declares_identity" in request.POST,
                comment=_read_text(request, "comment"),
                checked_references=_list_checked(request, token),
            )
        except Refused as refused:
            return self._show(request, token, refused)
        if signed.decision == Decision.APPROVED:
            done = "You signed exactly the wording that you read."
        else:
            done = "You asked for changes. The editors see what you wrote."
        return render_notice(
            request,
            status=200,
            title="Thank you",
            message=f"{done} It is recorded under your name with the time and a digest of the "
            "wording. This link works no more; you can close the page.",
        )

    def _show(
        self, request: HttpRequest, token: str, refused: Refused | None = None
    ) -> HttpResponse:
        invitation, now = find_invitation(token), timezone.now()
        if invitation is None:
            return render_notice(request, status=404, **_UNKNOWN)
        state = get_invitation_state(invitation, at=now)
        if state != InvitationState.OPEN:
            return render_notice(request, status=410, **_CLOSED[state])
        sheet = read_review_sheet(invitation.document)
        if sheet is None or sheet.draft.content_digest != invitation.content_digest:
            return render_notice(request, status=409, **_CHANGED)
        context = _describe(request, invitation, sheet, refused)
        return render_private(
            request,
            "publishing/reader/review.html",
            context,
            policy=get_policy(with_form=True),
            status=409 if refused else 200,
            headers=SAME_SITE,
        )


def _describe(
    request: HttpRequest, invitation: Invitation, sheet: ReviewSheet, refused: Refused | None
) -> dict[str, Any]:
    preview = build_draft_preview(invitation.document, at=timezone.now())
    typed = request.POST
    return {
        "invitation": invitation,
        "sheet": sheet,
        "comparison": sheet.comparison,
        "preview": preview,
        "html": preview.html if preview else "",
        "outline": () if preview is None or preview.html else outline(preview.edition),
        "problems": refused.problems if refused else (),
        "conflicts": typed.get("conflicts_of_interest", invitation.reviewer.conflicts_of_interest),
        "typed_comment": typed.get("comment", ""),
        "checked": typed.getlist("checked_references"),
        "checked_all": "checked_all" in typed,
        "declares_identity": "declares_identity" in typed,
    }


def _list_checked(request: HttpRequest, token: str) -> list[str]:
    """The references that were ticked; all that the draft rests on where “all” was."""
    if "checked_all" not in request.POST:
        return request.POST.getlist("checked_references")
    invitation = find_invitation(token)
    sheet = read_review_sheet(invitation.document) if invitation else None
    return [reference.key for reference in sheet.evidence] if sheet else []


def _read_decision(request: HttpRequest) -> Decision:
    try:
        return Decision(request.POST.get("decision", ""))
    except ValueError:
        raise refuse(
            "decision_missing", "No decision was taken.", "Sign, or ask for changes."
        ) from None


def _read_text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


_UNKNOWN = {
    "title": "This is no invitation",
    "message": "The address is not one that was given out here. Copy the whole link from the "
    "message that it came in, or ask whoever sent it for a new one.",
}
_CLOSED = {
    InvitationState.USED: {
        "title": "This invitation was used",
        "message": "It works for one decision, and that was taken and recorded. If it was not you "
        "who took it, tell whoever sent you the link at once.",
    },
    InvitationState.REVOKED: {
        "title": "This invitation was taken back",
        "message": "Whoever sent it does not need it any more. Ask them if you think otherwise.",
    },
    InvitationState.EXPIRED: {
        "title": "This invitation has expired",
        "message": "Ask whoever sent it for a new one, if your opinion is still needed.",
    },
}
_CHANGED = {
    "title": "The draft has changed",
    "message": "It no longer says what you were asked to sign, so it cannot be signed with this "
    "link. Ask whoever sent it for a new one. Nothing was recorded.",
}
