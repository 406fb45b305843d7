"""Conversations with a protocol, simulated: one question after the other, answered from a case."""

from collections.abc import Callable
from dataclasses import replace

from calfcms.urgency import Urgency
from triage.core.conclusion import conclude
from triage.core.evaluate import evaluate
from triage.core.evaluation import Evaluation
from triage.core.facts import Facts, Presence
from triage.core.protocol import Protocol

Choose = Callable[[Evaluation, Facts], str]


def choose_adaptively(evaluation: Evaluation, _facts: Facts) -> str:
    """The first of the next questions."""
    return evaluation.next_questions[0].finding.id


def choose_in_order(protocol: Protocol) -> Choose:
    """The next finding in the protocol's order, whatever was answered."""

    def choose(_evaluation: Evaluation, facts: Facts) -> str:
        return next(f.id for f in protocol.findings if f.id not in facts.findings)

    return choose


def converse(
    protocol: Protocol, person: Facts, unlisted: Presence, choose: Choose
) -> tuple[int, Urgency]:
    """How many questions it takes until asking may stop, and the disposition then. Age and sex are
    known from the start, and nothing else.
    """
    known = replace(person, findings={})
    while not conclude(evaluation := evaluate(protocol, known)).may_stop:
        name = choose(evaluation, known)
        answer = person.findings.get(name, unlisted)
        known = replace(known, findings={**known.findings, name: answer})
    return len(known.findings), evaluation.disposition.urgency


def answer_everything(protocol: Protocol, person: Facts, unlisted: Presence) -> Urgency:
    """The disposition once every finding was asked."""
    answers = {f.id: person.findings.get(f.id, unlisted) for f in protocol.findings}
    return evaluate(protocol, replace(person, findings=answers)).disposition.urgency
