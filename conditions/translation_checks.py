"""Whether a page may stand beside its other languages: it may not warn of less than they do.

A translation is measured against the edition that it translates; a page that says it is none,
against the pages in other languages at the same address that say so too. Pure.
"""

from collections.abc import Callable, Iterator, Sequence

from calfcms.publishing.kinds import SourceEdition
from calfcms.publishing.problem import Problem
from calfcms.urgency import Urgency
from conditions.content import Content

GetSource = Callable[[str, int], SourceEdition | None]
"""An edition of the same slug by locale and number, and what became of it."""

_POINTER = "/translation_of"
_EDITION = f"{_POINTER}/edition"


def check_translation(
    content: Content, *, get_source: GetSource, others: Sequence[Content]
) -> Iterator[Problem]:
    """What stands against the page; `others` is what is live of it in other locales."""
    pinned = content.get("translation_of")
    if not pinned:
        for other in others:
            if not other.get("translation_of"):
                yield from _check_against_sibling(content, other)
        return
    source = get_source(pinned["locale"], pinned["edition"])
    yield from check_pin(content, source)
    if source:
        yield from _check_against_source(content, source.content)


def check_pin(content: Content, source: SourceEdition | None) -> Iterator[Problem]:
    """What stands against translating this edition; the same for every kind of content."""
    pinned = content["translation_of"]
    if source is None:
        yield _say_unknown(content)
        return
    named = f"Edition {pinned['edition']} in {pinned['locale']}"
    if source.content.get("translation_of"):
        yield Problem(
            "source_is_translation",
            f"{named} is itself a translation.",
            "Translate what was written first; what a second translation loses nobody sees.",
            _EDITION,
        )
    if source.is_recalled:
        yield Problem(
            "source_recalled",
            f"{named} was recalled: what it says may do harm.",
            "Translate the edition that has taken its place, or take this back too.",
            _EDITION,
        )
    elif source.is_withdrawn:
        yield Problem(
            "source_withdrawn",
            f"{named} was withdrawn, and nothing has taken its place.",
            "Wait until it is published again, or take this back too.",
            _EDITION,
        )


def _check_against_source(content: Content, source: Content) -> Iterator[Problem]:
    """The same red flags at the same urgency; causes at no less than theirs."""
    yield from _check_missing(content, source)
    known = {flag["id"]: flag for flag in source["red_flags"]}
    for position, flag in enumerate(content["red_flags"]):
        if flag["id"] not in known:
            yield _say_not_in_source(flag, source, position)
        else:
            yield from _compare_flags(flag, known[flag["id"]], source, position)
    yield from _check_causes(content, source)


def _check_against_sibling(content: Content, other: Content) -> Iterator[Problem]:
    """No red flag of the other may be missing or less urgent; more may be said."""
    yield from _check_missing(content, other)
    known = {flag["id"]: flag for flag in other["red_flags"]}
    for position, flag in enumerate(content["red_flags"]):
        if flag["id"] in known and _is_weaker(flag, known[flag["id"]]):
            yield _say_weaker(flag, known[flag["id"]], other, position)


def _check_missing(content: Content, other: Content) -> Iterator[Problem]:
    own = {flag["id"] for flag in content["red_flags"]}
    for flag in other["red_flags"]:
        if flag["id"] not in own:
            yield Problem(
                "red_flag_missing_in_translation",
                f"The page in {other['locale']} warns of this, and this one does not: "
                f"“{flag['sign']}” (`{flag['id']}`, {flag['urgency']}).",
                f"Add the red flag with the anchor {flag['id']}, at the same urgency.",
                "/red_flags",
            )


def _compare_flags(
    flag: Content, original: Content, source: Content, position: int
) -> Iterator[Problem]:
    if _is_weaker(flag, original):
        yield _say_weaker(flag, original, source, position)
    elif flag["urgency"] != original["urgency"]:
        yield Problem(
            "red_flag_differs_in_translation",
            f"The red flag `{flag['id']}` is {flag['urgency']} here and {original['urgency']} in "
            f"{source['locale']}.",
            "A translation says what its source says: change it there first.",
            f"/red_flags/{position}/urgency",
        )


def _check_causes(content: Content, source: Content) -> Iterator[Problem]:
    known = {cause["id"]: cause for cause in source["causes"]}
    for position, cause in enumerate(content["causes"]):
        original = known.get(cause["id"])
        if original and _is_weaker(cause, original):
            yield Problem(
                "cause_weaker_in_translation",
                f"The cause `{cause['id']}` is {cause['urgency']} here and {original['urgency']} "
                f"in {source['locale']}.",
                f"Make it {original['urgency']}.",
                f"/causes/{position}/urgency",
            )


def _is_weaker(part: Content, original: Content) -> bool:
    return Urgency(part["urgency"]).rank < Urgency(original["urgency"]).rank


def _say_weaker(flag: Content, original: Content, source: Content, position: int) -> Problem:
    return Problem(
        "red_flag_weaker_in_translation",
        f"The red flag `{flag['id']}` is {flag['urgency']} here but {original['urgency']} in "
        f"{source['locale']}.",
        f"Make it {original['urgency']}.",
        f"/red_flags/{position}/urgency",
    )


def _say_not_in_source(flag: Content, source: Content, position: int) -> Problem:
    return Problem(
        "red_flag_not_in_source",
        f"The page in {source['locale']} has no red flag `{flag['id']}`.",
        "Give it the anchor that it has there; what is new is added there first.",
        f"/red_flags/{position}/id",
    )


def _say_unknown(content: Content) -> Problem:
    pinned = content["translation_of"]
    return Problem(
        "source_not_published",
        f"There is no edition {pinned['edition']} of `{content['slug']}` in {pinned['locale']}.",
        "Choose an edition that was published.",
        _EDITION,
    )
