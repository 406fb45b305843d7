"""Changed answers as the review page shows them, for a protocol in any state of repair. Pure."""

from calfcms.publishing.kinds import Content, Effect
from triage.case_changes import ChangedAnswer, list_changed_answers
from triage.compilation import CompilationError


def list_effects(before: Content | None, after: Content) -> list[Effect]:
    """One effect for each case that gets another answer, the dangerous ones first.

    None where the new content cannot be compiled: the problems say so, and nobody gets answers.
    """
    try:
        return [_show(answer) for answer in list_changed_answers(before, after)]
    except CompilationError:
        return []


def _show(answer: ChangedAnswer) -> Effect:
    notes = [answer.findings, f"expected: {answer.expected}"]
    if answer.is_newly_under_triaged:
        notes.append("was answered well enough before")
    if answer.is_dropped:
        notes.append("the case is left out of the new content")
    return Effect(
        title=f"{answer.case_set}: {answer.story}",
        before=answer.before.value,
        after=answer.after.value,
        note="; ".join(note for note in notes if note),
        is_worse=answer.is_worse,
    )
