"""What an earlier receipt tells: somebody has sought help before, and it has got worse. Pure.

Serious illness is missed more often at the third contact than at the first, so a protocol may name
the finding that a repeated contact stands for.
"""

from triage.core.facts import Facts, Presence
from triage.core.protocol import Protocol
from triage.question import RepeatContact


def compare_contacts(protocol: Protocol, before: Facts, now: Facts) -> RepeatContact | None:
    """What is present now and was answered absent then; None where nothing is.

    Whoever has answered the protocol's finding themselves is believed, and what was not asked then
    says nothing: it may have been there.
    """
    finding = protocol.repeat_contact
    if finding is None or now.findings.get(finding, Presence.UNKNOWN) is not Presence.UNKNOWN:
        return None
    worse = sorted(
        name
        for name, value in now.findings.items()
        if value is Presence.PRESENT and before.findings.get(name) is Presence.ABSENT
    )
    return RepeatContact(finding, tuple(worse)) if worse else None


def add_repeat_contact(facts: Facts, contact: RepeatContact | None) -> Facts:
    """The facts, with the finding present that a repeated contact stands for."""
    if contact is None:
        return facts
    findings = {**facts.findings, contact.finding: Presence.PRESENT}
    return Facts(findings, facts.age_years, facts.age_months, facts.sex)
