"""How long the proof of the protocol in `fixtures/` takes, and how long loading the solver does.

    DJANGO_SETTINGS_MODULE=calfcms.settings python -m benchmarks.proving

Prints seconds of CPU (loading) and the median of several proofs, for all red flags that its rules
answer for, each at the highest urgency among those rules.
"""

import statistics
import time

import django

django.setup()

from tests.triage.case_files import read_protocol  # noqa: E402 - it needs the models

ROUNDS = 3


def main() -> None:
    """Load, prove, and print."""
    protocol = read_protocol("calf-pain")
    begun = time.process_time()
    from triage.proof.proving import prove

    print(f"loading z3 {time.process_time() - begun:15.2f} s")
    ordered = sorted(protocol.rules, key=lambda rule: rule.urgency.rank)
    red_flags = {str(link): rule.urgency for rule in ordered for link in rule.red_flags}
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        proof = prove(protocol, red_flags)
        taken.append(time.process_time() - begun)
    print(f"{len(protocol.findings)} findings, {len(protocol.rules)} rules", end=", ")
    print(f"{len(red_flags)} red flags, {len(proof.problems)} problems")
    print(f"proof {statistics.median(taken):20.2f} s, {proof.solver}")


if __name__ == "__main__":
    main()
