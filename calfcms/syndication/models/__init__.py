"""Who may call with which key, where webhooks go, and which edition each partner holds."""

from calfcms.syndication.models.holding import Holding, RecallAcknowledgement
from calfcms.syndication.models.partner import Key, Partner, Scope
from calfcms.syndication.models.webhooks import (
    SECRET_MARK,
    TEST_EVENT,
    Attempt,
    Delivery,
    EventType,
    OverdueReview,
    WebhookCursor,
    WebhookEndpoint,
)

__all__ = [
    "SECRET_MARK",
    "TEST_EVENT",
    "Attempt",
    "Delivery",
    "EventType",
    "Holding",
    "Key",
    "OverdueReview",
    "Partner",
    "RecallAcknowledgement",
    "Scope",
    "WebhookCursor",
    "WebhookEndpoint",
]
