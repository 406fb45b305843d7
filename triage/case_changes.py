"""Which cases a change to a protocol answers differently: what a reviewer must see. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from calfcms.urgency import Urgency
from triage.case_answers import Case, answer_case, list_cases
from triage.compilation import CompilationError, compile_definition
from triage.core.facts import Presence, Sex

Content = Mapping[str, Any]


@dataclass(frozen=True)
class ChangedAnswer:
    """A case whose answer is another one after the change."""

    case_set: str
    case: str
    story: str
    findings: str
    """Age, sex and answers in words."""
    before: Urgency
    after: Urgency
    expected: Urgency
    is_under_triaged: bool
    """Whether the person would now wait longer than anybody would accept."""
    is_newly_under_triaged: bool
    """The same, where the answer was good enough before."""
    is_dropped: bool = False
    """Whether the case itself is left out of the new content."""

    @property
    def is_worse(self) -> bool:
        """Whether the change moves the answer away from what would be accepted, downwards."""
        return self.is_under_triaged and self.after.rank < self.before.rank


def list_changed_answers(before: Content | None, after: Content) -> list[ChangedAnswer]:
    """The cases that get another answer, the dangerous ones first; none without a `before`.

    Each case is answered by the rules of both: the cases of `after`, and those of `before` that it
    leaves out, so that dropping a case hides nothing. Raises `CompilationError` where `after` has
    expressions that cannot be read.
    """
    if before is None:
        return []
    changed = list(_walk_changes(before, after))
    return sorted(changed, key=lambda answer: (not answer.is_worse, answer.after.rank))


def _walk_changes(before: Content, after: Content) -> Iterator[ChangedAnswer]:
    try:
        old = compile_definition(before)
    except CompilationError:  # an edition of the past that today's grammar cannot read
        return
    new = compile_definition(after)
    kept = list_cases(after)
    ids = {case.id for case in kept}
    dropped = [case for case in list_cases(before) if case.id not in ids]
    for case in (*kept, *dropped):
        answers = answer_case(case, old), answer_case(case, new)
        if answers[0] is not answers[1]:
            phrases = _list_phrases(before if case.id not in ids else after)
            yield _describe(case, *answers, phrases, is_dropped=case.id not in ids)


def _list_phrases(content: Content) -> dict[str, str]:
    return {finding["id"]: finding["phrase"] for finding in content["findings"]}


def _describe(
    case: Case,
    before: Urgency,
    after: Urgency,
    phrases: Mapping[str, str],
    *,
    is_dropped: bool,
) -> ChangedAnswer:
    is_under_triaged = case.is_under_triaged_by(after)
    return ChangedAnswer(
        case_set=case.case_set["title"],
        case=case.id,
        story=case.data["story"],
        findings=describe_findings(case.data, phrases),
        before=before,
        after=after,
        expected=case.expected,
        is_under_triaged=is_under_triaged,
        is_newly_under_triaged=is_under_triaged and not case.is_under_triaged_by(before),
        is_dropped=is_dropped,
    )


def describe_findings(data: Mapping[str, Any], phrases: Mapping[str, str]) -> str:
    """A case in words: `4 years, male; present: fever, limp; absent: blow`."""
    answers = [
        f"{value}: {', '.join(named)}"
        for value in Presence
        if (named := [phrases.get(n, n) for n, given in data["findings"].items() if given == value])
    ]
    return "; ".join([part for part in (_describe_person(data), *answers) if part])


def _describe_person(data: Mapping[str, Any]) -> str:
    ages = [
        f"{age} {unit}" for unit in ("years", "months") if (age := data[f"age_{unit}"]) is not None
    ]
    sex = [] if data["sex"] == Sex.UNKNOWN else [data["sex"]]
    return ", ".join(ages + sex)
