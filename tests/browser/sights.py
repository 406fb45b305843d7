"""The main pages: who looks at what. The tests open each; the screenshots show some."""

import json
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.processes.conftest import OwnDatabase

STRANGER = ""
"""Nobody who has an account."""

DRAFT, IN_REVIEW, APPROVED = (
    "leg-cramps-at-night",
    "cellulitis-of-the-leg",
    "superficial-thrombophlebitis",
)
SCHEDULED, WITHDRAWN, OVERDUE = "claudication", "plantaris-rupture", "popliteus-tendinitis"
LIVE = "calf-pain"


@dataclass(frozen=True)
class Sight:
    """A page: its name, who looks, and its path, in which `{words}` are keys of `find_places`."""

    name: str
    person: str
    path: str

    def __str__(self) -> str:
        return f"{self.name}, {self.person or 'a stranger'}"


def _of(slug: str, page: str) -> str:
    return f"/admin/publishing/document/{{{slug}}}/{page}"


_EDITOR = [
    ("home", "/admin/"),
    ("documents", "/admin/publishing/document/"),
    ("overview of a draft", _of(DRAFT, "overview/")),
    ("overview of what is withdrawn", _of(WITHDRAWN, "overview/")),
    ("preview", _of(DRAFT, "preview/")),
    ("submit", _of(DRAFT, "submit/")),
    ("discard", _of(DRAFT, "discard/")),
    ("editor", f"/admin/conditions/condition/{{{DRAFT}}}/edit/"),
    ("editor of a long page", f"/admin/conditions/condition/{{{LIVE}}}/edit/"),
    ("editor of a translation", "/admin/conditions/condition/{translation}/edit/"),
    ("new condition", "/admin/conditions/condition/new/"),
    ("conditions", "/admin/conditions/condition/"),
    ("references", "/admin/conditions/reference/"),
    ("new reference", "/admin/conditions/reference/add/"),
    ("reference", "/admin/conditions/reference/{reference}/change/"),
    ("history of a reference", "/admin/conditions/reference/{reference}/history/"),
    ("deleted references", "/admin/conditions/reference/deleted/"),
    ("topics", "/admin/conditions/topic/"),
    ("publishers", "/admin/conditions/publisher/"),
    ("feedback", "/admin/feedback/feedback/"),
    ("message", "/admin/feedback/feedback/{message}/change/"),
    ("notices", "/admin/notices/notice/"),
    ("choices of mails", "/admin/notices/choice/"),
]
_REVIEWER = [
    ("home", "/admin/"),
    ("review", _of(IN_REVIEW, "review/")),
    ("compare", _of(IN_REVIEW, "compare/?before=edition:1&after=draft")),
    ("history", _of(IN_REVIEW, "history/")),
    ("overview of what is in review", _of(IN_REVIEW, "overview/")),
    ("scorecard", "/admin/publishing/document/{protocol}/scorecard/"),
]
_PUBLISHER = [
    ("home", "/admin/"),
    ("publish what is approved", _of(APPROVED, "publish/")),
    ("publish what is scheduled", _of(SCHEDULED, "publish/")),
    ("publish what is in review", _of(IN_REVIEW, "publish/")),
    ("publish what is overdue", _of(OVERDUE, "publish/")),
    ("overview of what is overdue", _of(OVERDUE, "overview/")),
    ("invite", _of(IN_REVIEW, "invite/")),
    ("editions", "/admin/publishing/edition/"),
]
_AUDITOR = [
    ("home", "/admin/"),
    ("evidence", _of(LIVE, "evidence/")),
    ("audit log", "/admin/publishing/event/"),
    ("sign-offs", "/admin/publishing/signoff/"),
]
_ADMINISTRATOR = [
    ("home", "/admin/"),
    ("accounts", "/admin/auth/user/"),
    ("account", "/admin/auth/user/{account}/change/"),
    ("new account", "/admin/auth/user/add/"),
    ("group", "/admin/auth/group/{group}/change/"),
    ("reviewers", "/admin/publishing/reviewerprofile/"),
    ("reviewer", "/admin/publishing/reviewerprofile/{profile}/change/"),
]
_PARTNER_MANAGER = [
    ("home", "/admin/"),
    ("partners", "/admin/syndication/partner/"),
    ("new partner", "/admin/syndication/partner/add/"),
    ("partner", "/admin/syndication/partner/{partner}/overview/"),
    ("keys", "/admin/syndication/partner/{partner}/keys/"),
    ("new key", "/admin/syndication/partner/{partner}/keys/new/"),
    ("key", "/admin/syndication/partner/{partner}/keys/{key}/"),
    ("details of a partner", "/admin/syndication/partner/{partner}/details/"),
    ("all webhooks", "/admin/syndication/webhookendpoint/"),
    ("webhooks", "/admin/syndication/partner/{partner}/webhooks/"),
    ("new webhook", "/admin/syndication/partner/{partner}/webhooks/new/"),
    ("webhook", "/admin/syndication/partner/{partner}/webhooks/{webhook}/"),
    (
        "delivery",
        "/admin/syndication/partner/{partner}/webhooks/{webhook}/deliveries/{delivery}/",
    ),
]
_STRANGER = [
    ("preview by link", "{preview_link}"),
    ("review by link", "{review_link}"),
]

SIGHTS = [
    Sight(name, person, path)
    for person, pages in (
        ("demo-editor", _EDITOR),
        ("demo-reviewer", _REVIEWER),
        ("demo-publisher", _PUBLISHER),
        ("demo-auditor", _AUDITOR),
        ("demo-administrator", _ADMINISTRATOR),
        ("demo-partner-manager", _PARTNER_MANAGER),
        (STRANGER, _STRANGER),
    )
    for name, path in pages
]

_FIND = """
import json
from django.contrib.auth.models import Group, User
from django.utils import timezone
from calfcms.feedback.models import Feedback
from calfcms.publishing.models import Document, ReviewerProfile
from calfcms.syndication.actions.record_attempt import record_attempt
from calfcms.syndication.actions.save_endpoint import add_endpoint
from calfcms.syndication.actions.send_again import send_test
from calfcms.syndication.models import EventType, Key, Partner
from calfcms.syndication.webhooks.sending import Answer
from conditions.models import Reference
who = {"by": User.objects.get(username="demo-partner-manager"), "at": timezone.now()}
webhook = add_endpoint(
    partner=Partner.objects.get(),
    url="https://demo-clinic.example/hooks/with/a/rather/long/path/for/content",
    event_types=EventType.values,
    **who,
)
delivery = send_test(endpoint=webhook, **who)
failure = Answer(500, 1234, "The answer was 500 Internal Server Error.", "<h1>Oh no</h1>")
record_attempt(delivery=delivery, answer=failure, at=who["at"])
print(json.dumps({
    "webhook": str(webhook.pk),
    "delivery": str(delivery.pk),
    **{one.slug: str(one.pk) for one in Document.objects.filter(kind="condition", locale="en")},
    "translation": str(Document.objects.get(kind="condition", locale="hi").pk),
    "protocol": str(Document.objects.get(kind="protocol", locale="en").pk),
    "reference": str(Reference.objects.order_by("key").first().pk),
    "message": str(Feedback.objects.exclude(severity="").first().pk),
    "account": str(User.objects.get(username="demo-editor").pk),
    "group": str(Group.objects.get(name="Editor").pk),
    "partner": str(Key.objects.get().partner_id),
    "key": str(Key.objects.get().pk),
    "profile": str(ReviewerProfile.objects.get(user__username="demo-reviewer").pk),
}))
"""


def find_places(database: OwnDatabase) -> dict[str, str]:
    """What stands for the `{words}` of the paths in this database, but for the links."""
    found: dict[str, str] = json.loads(database.manage("shell", "-v0", "-c", _FIND))
    return found


def make_links(publisher: Page, server: str, places: dict[str, str]) -> dict[str, str]:
    """A preview link and an outside reviewer's, made in the admin as anybody would."""
    document = f"{server}/admin/publishing/document/{places[IN_REVIEW]}"
    publisher.goto(f"{document}/preview/")
    publisher.get_by_role("button", name="Make a link").click()
    preview = publisher.get_by_label("Link, works until").input_value()
    publisher.goto(f"{document}/invite/")
    publisher.get_by_label("Reviewer", exact=True).select_option(index=1)
    publisher.get_by_role("button", name="Make a one-time link").click()
    review = publisher.get_by_label("One-time link").input_value()
    return {"preview_link": _get_path(preview), "review_link": _get_path(review)}


def _get_path(url: str) -> str:
    return "/" + url.split("/", 3)[3]
