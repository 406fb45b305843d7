"""Writes receipts with their answers, which every later version must give again.

    make receipts NAME=calf-pain-2

takes the edition in `receipts/<name>.edition.json.gz` and asks it the questions below. Editions and
receipts that are there stay as they are: they were given out.
"""

import gzip
import json
import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "receipts"
SECRET: Final = "signs nothing but the receipts in this folder"
QUESTIONS: Final = 12
"""For each edition: its first findings present, absent or unknown in turns that differ."""


def read_edition(name: str) -> Any:
    """The edition, ready to evaluate."""
    from triage.published import compile_edition

    content = gzip.decompress((FOLDER / f"{name}.edition.json.gz").read_bytes())
    return compile_edition(json.loads(content)["digest"], content)


def ask(published: Any, turn: int) -> str:
    """The answer to one question, as it is sent."""
    from triage.answering import answer
    from triage.receipts import ReceiptKey

    return answer(
        published, _build_question(published, turn), keys=[ReceiptKey.derive(SECRET)]
    ).decode()


def _build_question(published: Any, turn: int) -> Any:
    from triage.core.facts import Facts, Presence, Sex
    from triage.core.wording import Speaker
    from triage.question import LivePage, Overdue, Question, RepeatContact

    names = sorted(finding.id for finding in published.protocol.findings)
    values = list(Presence)
    findings: Mapping[str, Presence] = {
        name: values[(place + turn) % 3]
        for place, name in enumerate(names)
        if (place * 7 + turn) % (turn + 1) == 0
    }
    ages: list[dict[str, int]] = [{}, {"age_years": 5 * turn}, {"age_months": turn}]
    regions = sorted(region.code for region in published.protocol.regions)
    return Question(
        facts=Facts(findings, sex=list(Sex)[turn % 4], **ages[turn % 3]),
        region=regions[turn % len(regions)],
        speaker=list(Speaker)[turn % 3],
        pages=tuple(LivePage(slug, "en", 1) for slug in published.protocol.conditions[: turn % 3]),
        overdue=(Overdue(None, date(2027, 1, 1)),) if turn % 4 == 3 else (),
        repeat_contact=RepeatContact(names[0], (names[1],)) if turn % 5 == 4 else None,
    )


def main() -> None:
    """Write the receipts of the edition that is named."""
    import django

    os.environ["CALFCMS_LOCAL"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "calfcms.settings")
    django.setup()
    [name] = sys.argv[1:]
    published = read_edition(name)
    lines = [ask(published, turn) for turn in range(QUESTIONS)]
    with (FOLDER / f"{name}.answers.jsonl.gz").open("xb") as file:
        file.write(gzip.compress("\n".join(lines).encode(), mtime=0))


if __name__ == "__main__":
    main()
