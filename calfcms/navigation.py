"""The admin's side bar: one list for everybody, of which each sees what their rights open."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse

# Heading; then title, icon, name of the page, and the right that opens it (empty: every log-in).
_GROUPS: Final = (
    (
        "Work",
        (
            ("Home", "home", "admin:index", ""),
            (
                "Documents",
                "description",
                "admin:publishing_document_changelist",
                "publishing.view_document",
            ),
            (
                "Feedback",
                "forum",
                "admin:feedback_feedback_changelist",
                "feedback.view_feedback",
            ),
            ("My notices", "notifications", "admin:notices_notice_changelist", ""),
        ),
    ),
    (
        "Content",
        (
            (
                "Conditions",
                "edit_document",
                "admin:conditions_condition_changelist",
                "publishing.edit_draft",
            ),
            (
                "Protocols",
                "rule",
                "admin:triage_protocol_changelist",
                "publishing.edit_draft",
            ),
            (
                "References",
                "menu_book",
                "admin:conditions_reference_changelist",
                "conditions.view_reference",
            ),
            ("Topics", "sell", "admin:conditions_topic_changelist", "conditions.view_topic"),
            (
                "Synonyms",
                "swap_horiz",
                "admin:search_synonymgroup_changelist",
                "search.view_synonymgroup",
            ),
            (
                "Publishers",
                "apartment",
                "admin:conditions_publisher_changelist",
                "conditions.view_publisher",
            ),
        ),
    ),
    (
        "Record",
        (
            (
                "Editions",
                "history_edu",
                "admin:publishing_edition_changelist",
                "publishing.view_edition",
            ),
            (
                "Sign-offs",
                "verified",
                "admin:publishing_signoff_changelist",
                "publishing.view_signoff",
            ),
            (
                "Submissions",
                "outbox",
                "admin:publishing_submission_changelist",
                "publishing.view_submission",
            ),
            (
                "Audit log",
                "policy",
                "admin:publishing_event_changelist",
                "publishing.read_audit",
            ),
        ),
    ),
    (
        "Partners",
        (
            (
                "Partners",
                "handshake",
                "admin:syndication_partner_changelist",
                "syndication.view_partner",
            ),
            (
                "Webhooks",
                "webhook",
                "admin:syndication_webhookendpoint_changelist",
                "syndication.view_webhookendpoint",
            ),
            (
                "Recalls",
                "warning",
                "admin:publishing_recall_changelist",
                "publishing.view_recall",
            ),
        ),
    ),
    (
        "People",
        (
            (
                "Reviewers",
                "stethoscope",
                "admin:publishing_reviewerprofile_changelist",
                "publishing.view_reviewerprofile",
            ),
            ("Accounts", "group", "admin:auth_user_changelist", "auth.view_user"),
            ("Groups", "badge", "admin:auth_group_changelist", "auth.view_group"),
        ),
    ),
)


def list_navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups and pages that this person may open, as Unfold wants them."""
    groups = [
        {
            "title": heading,
            "items": [
                {"title": title, "icon": icon, "link": reverse(name)}
                for title, icon, name, right in pages
                if not right or request.user.has_perm(right)
            ],
        }
        for heading, pages in _GROUPS
    ]
    seen = [group for group in groups if group["items"]]
    return [{**group, "separator": group is not seen[0]} for group in seen]
