"""How many questions it takes to the final disposition: the next question, or a fixed order.

    python -m benchmarks.questions

Every case of the protocols in `fixtures/` is asked from nothing but age and sex until asking may
stop. What a case does not list is answered "don't know", and in a second run "no". Both orders stop
by the same rule, and end with the disposition of all answers, or the run fails.
"""

import statistics
from collections import defaultdict

from benchmarks.conversations import (
    Choose,
    answer_everything,
    choose_adaptively,
    choose_in_order,
    converse,
)
from benchmarks.setting import set_up

set_up()

from tests.triage.case_files import list_cases, read_protocol  # noqa: E402 - needs Django set up
from triage.core.facts import Presence  # noqa: E402


def count(choose: dict[str, Choose], unlisted: Presence) -> dict[str, list[int]]:
    """The numbers of questions, by final disposition."""
    counts: dict[str, list[int]] = defaultdict(list)
    for case in list_cases():
        protocol = read_protocol(case.protocol)
        number, urgency = converse(protocol, case.facts, unlisted, choose[case.protocol])
        if urgency is not answer_everything(protocol, case.facts, unlisted):
            raise SystemExit(f"{case.id}: stopped at {urgency}, which is not final")
        counts["all"].append(number)
        counts[urgency].append(number)
    return counts


def main() -> None:
    """A table of means."""
    slugs = sorted({case.protocol for case in list_cases()})
    orders: dict[str, dict[str, Choose]] = {
        "fixed": {slug: choose_in_order(read_protocol(slug)) for slug in slugs},
        "adaptive": dict.fromkeys(slugs, choose_adaptively),
    }
    for unlisted in (Presence.UNKNOWN, Presence.ABSENT):
        counts = {name: count(choose, unlisted) for name, choose in orders.items()}
        print(f"what a case does not list: {unlisted}")
        print(f"{'':12}{'cases':>7}" + "".join(f"{name:>10}" for name in orders) + f"{'saved':>8}")
        for group, numbers in counts["fixed"].items():
            means = [statistics.mean(counts[name][group]) for name in orders]
            saved = 1 - means[1] / means[0]
            shown = "".join(f"{mean:10.1f}" for mean in means)
            print(f"{group:12}{len(numbers):>7}{shown}{saved:>8.0%}")


if __name__ == "__main__":
    main()
