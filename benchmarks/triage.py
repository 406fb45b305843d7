"""How fast a protocol answers in one process, beside the readable definition of its language.

    python -m benchmarks.triage

Runs every case of the protocols in `fixtures/`, in interleaved rounds: the whole answer with
explanations, questions and scores (`evaluate`); the same as JSON-able data (`to_answer`); the
urgency alone from a plain dictionary; and, as the baseline, `interpret` walking the tree of every
rule and nothing more. Prints medians per case, and ratios to the baseline within the same run.
Then how cost grows with a protocol, on made-up ones up to 2,000 rules over 1,000 findings.
"""

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.setting import set_up

set_up()

from calfcms.urgency import Urgency  # noqa: E402 - needs Django set up
from tests.triage.case_files import Case, list_cases, read_protocol  # noqa: E402
from tests.triage.core.builders import make_findings, make_protocol, make_rule  # noqa: E402
from triage.core.answer import to_answer  # noqa: E402
from triage.core.evaluate import evaluate  # noqa: E402
from triage.core.facts import Facts, Presence  # noqa: E402
from triage.core.interpret import interpret  # noqa: E402
from triage.core.protocol import Protocol  # noqa: E402
from triage.core.shortcut import decide_urgency_of  # noqa: E402

ROUNDS = 9
MICROSECONDS = 1_000_000


def walk_every_rule(case: Case) -> None:
    """The baseline: each rule's truth, by the tables."""
    protocol = read_protocol(case.protocol)
    scores = {score.id: score for score in protocol.scores}
    for rule in protocol.rules:
        interpret(rule.when, case.facts, scores)


def answer_in_full(case: Case) -> None:
    """The whole evaluation."""
    evaluate(read_protocol(case.protocol), case.facts)


def write_answer(case: Case) -> None:
    """The whole evaluation, as the API sends it but for what it links to."""
    to_answer(evaluate(read_protocol(case.protocol), case.facts))


def decide_alone(case: Case) -> None:
    """The urgency from a request's dictionary."""
    decide_urgency_of(read_protocol(case.protocol), _write_request(case))


_requests: dict[str, dict[str, Any]] = {}


def _write_request(case: Case) -> dict[str, Any]:
    """Written once, before anything is measured."""
    if case.id not in _requests:
        facts = case.facts
        told = {"age_years": facts.age_years, "age_months": facts.age_months}
        findings = {name: value.value for name, value in facts.findings.items()}
        _requests[case.id] = {"findings": findings, "sex": facts.sex.value, **told}
    return _requests[case.id]


WORK: dict[str, Callable[[Case], None]] = {
    "interpret every rule (baseline)": walk_every_rule,
    "evaluate": answer_in_full,
    "evaluate + to_answer": write_answer,
    "urgency alone": decide_alone,
}


def measure(work: Callable[[Case], None], cases: list[Case]) -> float:
    """Microseconds for one case, as the mean over all of them."""
    start = time.process_time()
    for case in cases:
        work(case)
    return (time.process_time() - start) / len(cases) * MICROSECONDS


def make_up_protocol(rules: int) -> Protocol:
    """Rules of four findings each, half as many findings as rules."""
    drawn = random.Random(rules)
    names = [f"f{number}" for number in range(rules // 2)]
    levels = [Urgency.EMERGENCY, Urgency.URGENT, Urgency.ROUTINE]
    made = []
    for number in range(rules):
        a, b, c, d = drawn.sample(names, 4)
        made.append(make_rule(f"r{number}", drawn.choice(levels), f"{a} and ({b} or {c} and {d})"))
    return make_protocol(made, make_findings(names))


def make_up_person(protocol: Protocol) -> Facts:
    """A fifth of the findings answered: nearly all of them absent."""
    drawn = random.Random(1)
    names = [finding.id for finding in protocol.findings]
    asked = drawn.sample(names, len(names) // 5)
    return Facts(dict.fromkeys(asked, Presence.ABSENT) | {asked[0]: Presence.PRESENT})


def show_growth() -> None:
    """Microseconds for each rule, which stays the same where cost is linear."""
    print(f"{'rules':>7}{'findings':>10}{'answered':>10}{'full µs/rule':>14}{'alone µs/rule':>15}")
    for rules in (100, 250, 500, 1000, 2000):
        protocol = make_up_protocol(rules)
        facts = make_up_person(protocol)
        request = {"findings": {name: value.value for name, value in facts.findings.items()}}
        full = _time(lambda p=protocol, f=facts: to_answer(evaluate(p, f))) / rules
        alone = _time(lambda p=protocol, r=request: decide_urgency_of(p, r)) / rules
        print(
            f"{rules:>7}{len(protocol.findings):>10}{len(facts.findings):>10}"
            f"{full:>14.2f}{alone:>15.3f}"
        )


def _time(work: Callable[..., object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times) * MICROSECONDS


def main() -> None:
    """Measure in turn, and print a table."""
    cases = list_cases()
    for work in WORK.values():
        measure(work, cases)  # compile, and warm up
    rounds = [{name: measure(work, cases) for name, work in WORK.items()} for _ in range(ROUNDS)]
    baseline = next(iter(WORK))
    protocol = read_protocol(cases[0].protocol)
    print(f"{len(cases)} cases, {len(protocol.rules)} rules, {len(protocol.findings)} findings")
    for name in WORK:
        median = statistics.median(times[name] for times in rounds)
        ratio = statistics.median(times[name] / times[baseline] for times in rounds)
        print(f"{name:<34}{median:>8.0f} µs{1e6 / median:>10.0f} /s{ratio:>7.3f} ×")
    show_growth()


if __name__ == "__main__":
    main()
