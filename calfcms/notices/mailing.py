"""The job that mails a notice.

SMTP cannot say whether a message was taken when the line breaks, or this process dies, in between:
a message is sent at least once, and a repeated one carries the same Message-ID. The notice itself,
which its reader finds in the admin, is there exactly once.
"""

from datetime import datetime
from smtplib import SMTPRecipientsRefused
from typing import Any

from calfcms.notices.kinds import Kind
from calfcms.notices.mails import build_mail
from calfcms.notices.models import Notice
from calfcms.notices.selectors import list_mailed_kinds
from calfcms.publishing.standings import get_standing
from calfcms.publishing.workflow import State


class RecipientRefused(Exception):
    """The mail server does not take mail for this person. The address stays out of the log."""


def mail_notice(arguments: dict[str, Any], *, at: datetime) -> None:
    """Send the notice, unless it was sent, or its person has no use for the mail any more."""
    notice = Notice.objects.select_related("person", "document").get(pk=arguments["notice"])
    if notice.mailed_at or not _is_wanted(notice):
        return
    try:
        build_mail(notice).send()
    except SMTPRecipientsRefused as error:
        codes = sorted({code for code, _ in error.recipients.values()})
        raise RecipientRefused(f"The mail server refused the address: {codes}.") from None
    Notice.objects.filter(pk=notice.pk).update(mailed_at=at)


def _is_wanted(notice: Notice) -> bool:
    person = notice.person
    if not person.is_active or not person.email or notice.kind not in list_mailed_kinds(person):
        return False
    return not _is_settled(notice)


def _is_settled(notice: Notice) -> bool:
    """Whether somebody else has signed by now what this person was to sign."""
    if notice.kind != Kind.SUBMITTED:
        return False
    standing: Any = get_standing(notice.document)
    return standing is None or standing.state != State.IN_REVIEW
