"""How the protocols in `fixtures/` do on their cases, beside what is asked of them.

    python -m benchmarks.scorecard

Prints the figures of `triage.scorecard` for each case set and for all together, and ends with 1
where a bound is missed.
"""

import os
import sys

import django

os.environ |= {"DJANGO_SETTINGS_MODULE": "calfcms.settings", "CALFCMS_LOCAL": "1"}
django.setup()

from calfcms.urgency import Urgency  # noqa: E402
from tests.triage.case_files import FIXTURES, read_definition  # noqa: E402
from triage.scorecard import Tally, bound_rate, score_content  # noqa: E402

HEAD = "cases  unknown   exact    safe    over    home  hazardous (bound)"


def main() -> int:
    """Print every scorecard; 1 where a protocol misses a bound."""
    missed = []
    for path in sorted(FIXTURES.glob("*.yaml")):
        card = score_content(read_definition(path.stem))
        print(f"{path.stem:<24}{HEAD}")
        for score in card.sets:
            print(_write_row(score.case_set["id"], score.tally))
        print(_write_row("all", card.total))
        missed += _list_missed(card.total)
    print("\n".join(f"missed: {bound}" for bound in missed) or "every bound is met")
    return int(bool(missed))


def _write_row(name: str, tally: Tally) -> str:
    home = tally.at(Urgency.SELF_CARE)
    counts = (tally.mostly_unknown, tally.exact, tally.safe, tally.over_triaged)
    shares = "".join(f"{count / tally.cases:>8.1%}" for count in counts)
    bound = bound_rate(tally.hazardous, tally.cases)
    at_home = f"{home.exact}/{home.cases}"
    return f"{name:<24}{tally.cases:>5} {shares}{at_home:>8}{tally.hazardous:>11} ({bound:.1%})"


def _list_missed(tally: Tally) -> list[str]:
    home = tally.at(Urgency.SELF_CARE)
    bounds = {
        "300 cases": tally.cases >= 300,
        "a third with most findings unknown": tally.mostly_unknown >= tally.cases / 3,
        "no hazardous under-triage": not tally.hazardous,
        "98 % safe": tally.safe >= 0.98 * tally.cases,
        "85 % exact": tally.exact >= 0.85 * tally.cases,
        "at most 12 % over-triaged": tally.over_triaged <= 0.12 * tally.cases,
        "60 % of self-care exact": home.exact >= 0.6 * home.cases,
    }
    return [name for name, is_met in bounds.items() if not is_met]


if __name__ == "__main__":
    sys.exit(main())
