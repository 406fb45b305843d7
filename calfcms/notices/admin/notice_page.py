"""`/admin/notices/notice/`: what I was told, newest first."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from calfcms.notices.actions.mark_read import mark_read
from calfcms.notices.admin.own_page import OwnPage
from calfcms.notices.kinds import get_headline, get_sentence
from calfcms.notices.links import get_choice_path, get_path
from calfcms.notices.models import Notice
from calfcms.notices.selectors import list_notices

SHOWN: Final = 50
"""Notices on a page."""


class NoticePage(OwnPage):
    """The list, and a button that marks what was listed as read."""

    title = "My notices"
    template_name = "notices/notices.html"

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Mark as read all that the page showed, and nothing that came in since."""
        newest = request.POST.get("newest", "")
        number = 0
        if newest.isdecimal() and len(newest) < 19:  # else no key of a notice
            number = mark_read(person=self.person, up_to=int(newest), at=timezone.now())
        messages.success(request, f"Marked as read: {number}.")
        return redirect(request.path)

    def describe(self) -> dict[str, Any]:
        """One page of notices."""
        notices = list_notices(self.person)
        page = Paginator(notices, SHOWN).get_page(self.request.GET.get("page"))
        return {
            "rows": [_describe(notice) for notice in page],
            "page": page,
            "newest": notices.values_list("pk", flat=True).first(),
            "unread": notices.filter(read_at=None).count(),
            "choices": get_choice_path(),
        }


def _describe(notice: Notice) -> dict[str, Any]:
    return {
        "notice": notice,
        "headline": get_headline(notice.kind, notice.facts),
        "sentence": get_sentence(notice.kind, notice.facts),
        "path": get_path(notice),
    }
