"""What the pack shows of the standards that publishers of health information are held to. Pure.

The clauses are those of the NHS "Standard for creating health content" and the ten criteria of the
PIF TICK, in our own words. Each says plainly what this system can show and what it cannot.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

Pack = Mapping[str, Any]


class Shown(StrEnum):
    """How far the system can show that a clause is met."""

    YES = "shown"
    PARTLY = "partly shown"
    NO = "not shown"
    OUTSIDE = "outside this system"


@dataclass(frozen=True)
class Finding:
    """What the pack says about one clause."""

    standard: str
    clause: str
    shown: Shown
    statement: str
    members: tuple[str, ...] = ()
    """The members of the pack to look at."""


Judge = Callable[[Pack], tuple[Shown, str]]

NHS: Final = "NHS Standard for creating health content"
PIF: Final = "PIF TICK"


def list_findings(pack: Pack) -> list[Finding]:
    """Every clause with what the pack shows of it, in the order of the standards."""
    return [
        Finding(standard, clause, *judge(pack), members)
        for standard, clause, members, judge in _CLAUSES
    ]


def _get_live(pack: Pack) -> Mapping[str, Any] | None:
    return next((edition for edition in pack["editions"] if edition["is_live"]), None)


def _list_clinical(edition: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in edition["sign_offs"] if one["role"] == "clinical"]


def _judge_approval(pack: Pack) -> tuple[Shown, str]:
    live = _get_live(pack)
    if live is None:
        return Shown.NO, "Nothing is live."
    if live["break_glass"]:
        return (
            Shown.NO,
            f"Edition {live['number']} went out in an emergency and is not signed. It lapses at "
            f"{live['break_glass']['deadline_at']} unless it is.",
        )
    if signed := _list_clinical(live):
        names = ", ".join(one["reviewer"]["name"] for one in signed)
        return Shown.YES, f"Edition {live['number']} was signed by {names}, for exactly its words."
    return (
        Shown.PARTLY,
        f"Edition {live['number']} changed no clinical content: the last clinical sign-off, of "
        f"{live['last_reviewed']}, still stands.",
    )


def _judge_cycle(pack: Pack) -> tuple[Shown, str]:
    live = _get_live(pack)
    if live is None:
        return Shown.NO, "Nothing is live, so no review is due."
    due = live["next_review_due"]
    if due < pack["made_on"]:
        extended = " A clinician let it stay; see its extensions." if live["extensions"] else ""
        return Shown.NO, f"The review was due on {due} and has not been done.{extended}"
    return (
        Shown.YES,
        f"The next review is due on {due}; people are reminded 90, 30 and 0 days before.",
    )


def _judge_conflicts(pack: Pack) -> tuple[Shown, str]:
    signed = [one for edition in pack["editions"] for one in edition["sign_offs"]]
    if not signed:
        return Shown.NO, "Nobody has signed, so nobody has declared anything."
    return (
        Shown.PARTLY,
        f"Sign-offs: {len(signed)}, each with a declaration of conflicts of interest. Who "
        "paid for the content is not recorded here: the publisher must say so.",
    )


def _judge_versions(pack: Pack) -> tuple[Shown, str]:
    editions = pack["editions"]
    if not editions:
        return Shown.NO, "Nothing was ever published."
    return (
        Shown.YES,
        f"Editions: {len(editions)}, numbered without gaps, each kept byte for byte with its "
        "digest; the database refuses to change or delete them.",
    )


def _judge_dates(pack: Pack) -> tuple[Shown, str]:
    live = _get_live(pack)
    if live is None:
        return Shown.NO, "Nothing is live."
    return (
        Shown.YES,
        f"Readers are shown “last reviewed {live['last_reviewed']}” and “next review due "
        f"{live['next_review_due']}”, and a notice once that day has passed.",
    )


def _judge_sources(pack: Pack) -> tuple[Shown, str]:
    references = pack["references"]
    if not references:
        return Shown.NO, "What is live cites no source."
    return Shown.YES, f"{len(references)} sources, each cited where it is used."


def _judge_checks(pack: Pack) -> tuple[Shown, str]:
    live = _get_live(pack)
    keys = {reference["key"] for reference in pack["references"]}
    if live is None or not keys:
        return Shown.NO, "There is no live edition with sources."
    ticked = {key for one in live["sign_offs"] for key in one["checked_references"] or ()}
    count = len(keys & ticked)
    if count == len(keys):
        return Shown.YES, f"The reviewers say that they checked all {len(keys)} sources."
    return (
        Shown.PARTLY if count else Shown.NO,
        f"The reviewers say that they checked {count} of {len(keys)} sources.",
    )


def _judge_translation(pack: Pack) -> tuple[Shown, str]:
    if not pack["translations"]:
        return Shown.OUTSIDE, "There is no translation of this document."
    return (
        Shown.PARTLY,
        f"Each translation ({', '.join(pack['translations'])}) is a document with sign-offs of its "
        "own. Whether a signer reads both languages is not recorded.",
    )


def _judge_feedback(pack: Pack) -> tuple[Shown, str]:
    feedback = pack.get("feedback", [])
    still_open = sum(1 for one in feedback if not one["closed_at"])
    if not feedback:
        return Shown.PARTLY, "Readers can send feedback on each part; none has come."
    return (
        Shown.PARTLY if still_open else Shown.YES,
        f"{len(feedback)} messages; {len(feedback) - still_open} closed with an outcome, "
        f"{still_open} open.",
    )


def _judge_system(pack: Pack) -> tuple[Shown, str]:
    return (
        Shown.YES,
        "Every edition went through submission, sign-off by somebody who did not write it, and "
        f"publication; {len(pack['events'])} events of this document stand in the audit log.",
    )


def _say(shown: Shown, statement: str) -> Judge:
    return lambda _pack: (shown, statement)


_CLAUSES: Final[Sequence[tuple[str, str, tuple[str, ...], Judge]]] = (
    (NHS, "Clinical approval", ("editions",), _judge_approval),
    (NHS, "Planned review cycle", ("editions",), _judge_cycle),
    (NHS, "Conflicts of interest and funding are open", ("editions",), _judge_conflicts),
    (NHS, "Version control and archiving", ("editions", "events"), _judge_versions),
    (NHS, "Dates last checked and next due are shown", ("editions",), _judge_dates),
    (NHS, "Record of sources", ("references",), _judge_sources),
    (NHS, "Evidence checked at every review", ("editions", "references"), _judge_checks),
    (NHS, "Accuracy of translations", ("translations",), _judge_translation),
    (NHS, "Feedback invited, managed and answered", ("feedback",), _judge_feedback),
    (PIF, "1. Information creation system", ("events",), _judge_system),
    (
        PIF,
        "2. Training",
        (),
        _say(Shown.OUTSIDE, "What the people who write were trained in is not recorded here."),
    ),
    (
        PIF,
        "3. Need",
        (),
        _say(Shown.OUTSIDE, "Why this page was needed is not recorded here."),
    ),
    (PIF, "4. Evidence", ("references",), _judge_sources),
    (
        PIF,
        "5. User involvement",
        ("contributors",),
        lambda pack: (
            (Shown.PARTLY, f"Patient advisers are named: {', '.join(named)}.")
            if (named := _list_patient_advisers(pack))
            else (Shown.NO, "No patient adviser is named among the contributors.")
        ),
    ),
    (
        PIF,
        "6. Inequalities",
        (),
        _say(
            Shown.OUTSIDE,
            "Whom the page might leave out, and what was done about it, is not recorded here.",
        ),
    ),
    (
        PIF,
        "7. Content and design",
        (),
        _say(
            Shown.PARTLY,
            "Editors see reading age and length while they write; pictures need a description; "
            "pages are plain, accessible HTML. Testing with readers is outside this system.",
        ),
    ),
    (PIF, "8. Feedback", ("feedback",), _judge_feedback),
    (
        PIF,
        "9. Dissemination",
        ("editions",),
        _say(
            Shown.PARTLY,
            "Who was live when is recorded for every edition. Who showed it to how many readers "
            "is not.",
        ),
    ),
    (
        PIF,
        "10. Impact",
        ("feedback",),
        _say(
            Shown.OUTSIDE,
            "Readers can say whether a page helped. What it changed for them is not measured here.",
        ),
    ),
)


def _list_patient_advisers(pack: Pack) -> list[str]:
    return [one["name"] for one in pack["contributors"] if one["role"] == "patient_adviser"]
