"""Every rule says what it is, why it holds, where it comes from and since when."""

from collections.abc import Iterator

from triage.core.parts import Rule
from triage.core.problems import ProtocolProblem
from triage.core.protocol import Protocol

DEMANDS = (
    (
        "title",
        "rule_without_title",
        "has no title",
        "name the picture it recognises, in a few words",
    ),
    ("reason", "rule_without_reason", "gives no reason", "say in plain words why it matters"),
    ("references", "rule_without_reference", "names no source", "cite the guideline or study"),
    ("effective_from", "rule_without_effective_date", "has no date", "say since when it holds"),
)
FEWEST_VIEWS = 2


def list_provenance_problems(protocol: Protocol) -> Iterator[ProtocolProblem]:
    """One problem for each field a rule leaves empty, and for dates that contradict each other."""
    for rule in protocol.rules:
        for field, code, message, hint in DEMANDS:
            if not getattr(rule, field):
                yield ProtocolProblem(code, f"{rule.id} {message}", hint, f"rules/{rule.id}")
        yield from _list_date_problems(rule)
        yield from _list_disagreement_problems(rule)


def _list_disagreement_problems(rule: Rule) -> Iterator[ProtocolProblem]:
    if rule.disagreement and len(rule.disagreement.views) < FEWEST_VIEWS:
        message = f"{rule.id} says that sources disagree, and not what each of them says"
        hint = "give two views or more, each with its sources, or remove the disagreement"
        yield ProtocolProblem("disagreement_without_views", message, hint, f"rules/{rule.id}")


def _list_date_problems(rule: Rule) -> Iterator[ProtocolProblem]:
    since, until = rule.effective_from, rule.review_due
    if since and until and until < since:
        message = f"{rule.id} is to be reviewed on {until}, before it holds ({since})"
        hint = "set review_due to a day after effective_from"
        yield ProtocolProblem("review_due_too_early", message, hint, f"rules/{rule.id}")
