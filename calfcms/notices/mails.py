"""The e-mail that carries a notice: a title, what happened, a link. No content and no names."""

import hashlib
from email.utils import format_datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from calfcms.notices.kinds import get_headline, get_sentence
from calfcms.notices.links import get_choice_path, get_path, make_absolute
from calfcms.notices.models import Notice

LONGEST_TITLE: Final = 120  # characters of a subject


def build_mail(notice: Notice) -> EmailMessage:
    """The message; built again after a crash, it is the same to the last byte, id and date too."""
    title = " ".join(notice.title.split())
    body = render_to_string(
        "notices/mail.txt",
        {
            "title": title,
            "document": notice.document,
            "sentence": get_sentence(notice.kind, notice.facts),
            "link": make_absolute(get_path(notice)),
            "choices": make_absolute(get_choice_path()),
        },
    )
    return EmailMessage(
        subject=f"{_shorten(title)}: {get_headline(notice.kind, notice.facts)}",
        body=body,
        to=[notice.person.email],
        headers={
            "Message-ID": get_message_id(notice),
            "Date": format_datetime(notice.made_at),
            "Auto-Submitted": "auto-generated",
        },
    )


def get_message_id(notice: Notice) -> str:
    """Derived from the key, so that whoever gets a message twice can tell."""
    digest = hashlib.sha256(notice.key.encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"


def _shorten(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
