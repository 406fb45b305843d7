"""The e-mail to a partner whose endpoint was disabled. No content, no secret, no paths."""

import hashlib
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from calfcms.syndication.actions.webhook_events import name_receiver
from calfcms.syndication.models import WebhookEndpoint

_TEXT: Final = """Your endpoint at {receiver} is not told of changes any more.

{reason}

It has been disabled since {moment} UTC. What changed meanwhile stands in the feed:
{feed}
Read on there from the cursor that you kept. When your endpoint works again, ask
us to enable it.
"""


def mail_disabled(arguments: dict[str, Any], *, at: datetime) -> None:  # noqa: ARG001
    """Tell the partner, unless there is no address, or the endpoint was enabled again meanwhile."""
    endpoint = WebhookEndpoint.objects.select_related("partner").get(pk=arguments["endpoint"])
    disabled_at = datetime.fromisoformat(arguments["disabled_at"])
    if endpoint.partner.contact_email and endpoint.disabled_at == disabled_at:
        _build_mail(endpoint, disabled_at).send()


def _build_mail(endpoint: WebhookEndpoint, disabled_at: datetime) -> EmailMessage:
    """Built again after a crash it is the same, id and date too."""
    receiver = name_receiver(endpoint.url)
    key = hashlib.sha256(f"webhook:{endpoint.pk}:{disabled_at.isoformat()}".encode()).hexdigest()
    return EmailMessage(
        subject=f"Webhooks to {receiver} are disabled",
        body=_TEXT.format(
            receiver=receiver,
            reason=endpoint.disabled_reason,
            moment=f"{disabled_at:%-d %B %Y, %H:%M}",
            feed=f"{settings.SITE_URL}/api/v1/changes",
        ),
        to=[endpoint.partner.contact_email],
        headers={
            "Message-ID": f"<{key[:40]}@{urlsplit(settings.SITE_URL).hostname}>",
            "Date": format_datetime(disabled_at),
            "Auto-Submitted": "auto-generated",
        },
    )
