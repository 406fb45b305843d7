"""Which rows django-reversion keeps copies of: a draft always whole, and each shared row."""

import reversion

from conditions.models import (
    Cause,
    Condition,
    ConditionCode,
    ConditionTopic,
    Contributor,
    Faq,
    Figure,
    Publisher,
    RedFlag,
    RedFlagReference,
    Reference,
    Section,
    Topic,
)

FOLLOWED = (
    "topic_links",
    "codes",
    "contributors",
    "sections",
    "causes",
    "red_flags",
    "faqs",
    "figures",
)


def register_models() -> None:
    """Called once from `ready()`, before any admin could register them with other options."""
    reversion.register(Condition, follow=FOLLOWED)
    reversion.register(RedFlag, follow=("reference_links",))
    parts = (ConditionTopic, ConditionCode, Contributor, Section, Cause, Faq, Figure)
    for model in (*parts, RedFlagReference, Reference, Publisher, Topic):
        reversion.register(model)
