"""How well free text is read, and how fast: precision and recall on labelled sentences.

    python -m benchmarks.parsing            # what the reader was made with
    python -m benchmarks.parsing held_out   # what was put aside

`--errors` lists each sentence that is read otherwise than it is labelled.
"""

import argparse
import statistics
import time
from collections.abc import Callable

from tests.triage.parsing.sentences import Scores, list_findings, list_sentences, score
from triage.parsing import Reader

ROUNDS = 9


def show(name: str, scores: Scores) -> None:
    """One line of the table."""
    counts = f"{scores.right:>6}{scores.wrong:>7}{scores.missed:>8}"
    print(f"{name:<20}{counts}{scores.precision:>11.1%}{scores.recall:>9.1%}")


def measure(work: Callable[[], object]) -> float:
    """The median of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1_000)
    return statistics.median(times)


def main() -> None:
    """Read every sentence, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", default="development")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    findings = list_findings("calf-pain")
    sentences = list_sentences(arguments.part)
    reader = Reader(findings)
    result = score(reader, sentences, findings)
    if arguments.errors:
        print("\n".join(result.errors), end="\n\n")
    print(f"{len(sentences)} sentences ({arguments.part}), {len(findings)} findings")
    print(f"{'':20}{'right':>6}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>9}")
    for name, scores in (
        ("all", result.overall),
        ("present", result.present),
        ("absent", result.absent),
    ):
        show(name, scores)
    print(f"warning signs called absent that are not: {len(result.false_absents)}")
    each = measure(lambda: [reader.read(one.text) for one in sentences]) / len(sentences)
    long = " ".join(one.text for one in sentences)[:2_000]
    print(
        f"one sentence {each:.2f} ms, 2,000 characters {measure(lambda: reader.read(long)):.1f} ms"
    )
    print(f"compiling the vocabulary {measure(lambda: Reader(findings)):.0f} ms")


if __name__ == "__main__":
    main()
