"""How fast a protocol answers in one process, beside the readable definition of its language.

    python -m benchmarks.triage

Runs every case of the protocols in `fixtures/`, in interleaved rounds: the whole answer with
explanations, questions and scores (`evaluate`); the same as JSON-able data (`to_answer`); and, as
the baseline, `interpret` walking the tree of every rule and nothing more.
Prints medians per case, and ratios to the baseline within the same run.
"""

import statistics
import time
from collections.abc import Callable

from tests.triage.case_files import Case, list_cases, read_protocol
from triage.core.answer import to_answer
from triage.core.evaluate import evaluate
from triage.core.interpret import interpret

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


WORK: dict[str, Callable[[Case], None]] = {
    "interpret every rule (baseline)": walk_every_rule,
    "evaluate": answer_in_full,
    "evaluate + to_answer": write_answer,
}


def measure(work: Callable[[Case], None], cases: list[Case]) -> float:
    """Microseconds for one case, as the mean over all of them."""
    start = time.perf_counter()
    for case in cases:
        work(case)
    return (time.perf_counter() - start) / len(cases) * MICROSECONDS


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
        print(f"{name:<34}{median:>8.0f} µs{1e6 / median:>10.0f} /s{ratio:>7.2f} ×")


if __name__ == "__main__":
    main()
